import { densityGramPerCm3 } from '../structure/composition';
import { latticeVolume } from '../structure/lattice';
import { referenceCrystals } from './reference-crystals';
import type { ReferenceRecord } from './reference-record';
import { decodeSpectra } from './simulated-spectra';
import { SIMULATED_SPECTRA } from './simulated-spectra.generated';
import { splitOfFormula } from './split-of-formula';

/**
 * The embedded reference set: about 1,500 real inorganic crystals (experimental lattice constants, space group, Wyckoff
 * positions) with a *simulated* phonon density of states, in a fixed order and a fixed split of about 70/10/20.
 *
 * Structures are primitive cells. No reduced formula crosses the splits. Scalars: `densityGramPerCm3`,
 * `volumePerAtomAngstrom3`, both following from the structure. Works in Node and the browser; nothing is fetched.
 *
 * @example
 * ```ts
 * const train = referenceSet().filter((record) => record.split === 'train');
 * ```
 */
export function referenceSet(): ReferenceRecord[] {
  const crystals = referenceCrystals();
  const spectra = decodeSpectra(SIMULATED_SPECTRA, crystals.length);
  return crystals.map(({ id, formula, structure, prototype, wyckoff }, index) => ({
    id,
    formula,
    structure,
    split: splitOfFormula(formula),
    views: { phononDos: spectra[index]! },
    scalars: {
      densityGramPerCm3: densityGramPerCm3(structure),
      volumePerAtomAngstrom3: latticeVolume(structure.latticeAngstrom) / structure.atomicNumbers.length,
    },
    prototype: prototype.name,
    spaceGroupNumber: prototype.spaceGroupNumber,
    wyckoff,
    source: prototype.source,
    phononDosOrigin: 'simulated',
  }));
}
