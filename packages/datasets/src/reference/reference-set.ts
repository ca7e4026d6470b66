import { densityGramPerCm3 } from '../structure/composition';
import { latticeVolume } from '../structure/lattice';
import { type MeasuredFacts, measuredFacts } from './facts/measured-facts';
import { type ReferenceCrystal, referenceCrystals } from './reference-crystals';
import type { ReferenceRecord } from './reference-record';
import { referenceViews } from './reference-views';
import { SIMULATED_ELECTRONIC_SPECTRA } from './simulated-electronic-spectra.generated';
import { spectrumLines } from './simulated-spectra';
import { SIMULATED_SPECTRA } from './simulated-spectra.generated';
import { splitOfFormula } from './split-of-formula';

/**
 * The embedded reference set: about 1,500 real inorganic crystals (experimental lattice constants, space group, Wyckoff
 * positions) with *simulated* views, in a fixed order and a fixed split of about 70/10/20.
 *
 * Structures are primitive cells. No reduced formula crosses the splits. Views: phonon and electronic density of states, promolecular charge
 * density and its features, STEM images of simple types; each is worked out when it is first read. Scalars: `densityGramPerCm3`,
 * `volumePerAtomAngstrom3`, both following from the structure, and, where measured, `bandGapEv`, `bulkModulusGPa`, `mohsHardness`,
 * `vickersHardnessGPa`, whose sources `measured` names. Works in Node and the browser; nothing is fetched.
 *
 * @example
 * ```ts
 * const train = referenceSet().filter((record) => record.split === 'train');
 * ```
 */
export function referenceSet(): ReferenceRecord[] {
  const crystals = referenceCrystals();
  const phonons = spectrumLines(SIMULATED_SPECTRA, crystals.length);
  const electrons = spectrumLines(SIMULATED_ELECTRONIC_SPECTRA, crystals.length);
  const facts = measuredFacts();
  return crystals.map((crystal, index) => {
    const { id, formula, structure, prototype, wyckoff } = crystal;
    const measured = facts.get(id) ?? {};
    return {
      id,
      formula,
      structure,
      split: splitOfFormula(formula),
      views: referenceViews(crystal, phonons[index]!, electrons[index]!),
      scalars: { ...scalarsOfStructure(crystal), ...valuesOf(measured) },
      prototype: prototype.name,
      spaceGroupNumber: prototype.spaceGroupNumber,
      wyckoff,
      source: prototype.source,
      measured,
      viewsOrigin: 'simulated',
    };
  });
}

function scalarsOfStructure({ structure }: ReferenceCrystal): Record<string, number> {
  return {
    densityGramPerCm3: densityGramPerCm3(structure),
    volumePerAtomAngstrom3: latticeVolume(structure.latticeAngstrom) / structure.atomicNumbers.length,
  };
}

function valuesOf(measured: MeasuredFacts): Record<string, number> {
  return Object.fromEntries(Object.entries(measured).map(([property, { value }]) => [property, value]));
}
