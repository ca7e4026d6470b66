import { hermitianEigenvalues } from '../lattice-dynamics/hermitian-eigenvalues';
import type { Structure } from '../structure/structure';
import { type AtomicOrbitals, atomicOrbitals } from './atomic-orbitals';
import { blochHamiltonian, type Coupling } from './bloch-hamiltonian';
import { bondShell } from './bond-shell';
import { harrisonIntegrals } from './harrison-integrals';
import { BLOCK_ORBITALS, slaterKosterBlock } from './slater-koster';

/** A crystal's tight-binding model: its orbitals and what couples them. */
export interface TightBindingModel {
  readonly orbitals: AtomicOrbitals;
  readonly couplings: readonly Coupling[];
}

/** Harrison's model of a crystal, with the blocks of all bonds worked out. */
export function tightBindingModel(structure: Structure): TightBindingModel {
  const orbitals = atomicOrbitals(structure);
  const { blockOrbitals, dRadiiAngstrom } = orbitals;
  const couplings = bondShell(structure).map(
    ({ source, target, image, vectorAngstrom, distanceAngstrom, weight }) => {
      const [x, y, z] = vectorAngstrom;
      const integrals = harrisonIntegrals(distanceAngstrom, dRadiiAngstrom[source]!, dRadiiAngstrom[target]!);
      const full = slaterKosterBlock(
        [x / distanceAngstrom, y / distanceAngstrom, z / distanceAngstrom],
        integrals,
      );
      const block = blockOrbitals[source]!.flatMap((mu) =>
        blockOrbitals[target]!.map((nu) => weight * full[mu * BLOCK_ORBITALS + nu]!),
      );
      return { source, target, image, block: Float64Array.from(block) };
    },
  );
  return { orbitals, couplings };
}

/**
 * ε_n(k) of the tight-binding crystal in eV, rising: as many bands as orbitals. Zero is the vacuum of the free atoms.
 *
 * Orbitals of the valence shells, couplings of nearest neighbours after Harrison; see `simulatedElectronicStructure` for what
 * this leaves out.
 *
 * @param k wave vectors in units of the reciprocal lattice vectors
 * @returns one array of energies for each k
 * @throws {TightBindingError} `NO_TERM_VALUES`, `DISORDERED`
 */
export function bandEnergies(
  structure: Structure,
  k: readonly (readonly [number, number, number])[],
): Float64Array[] {
  const { orbitals, couplings } = tightBindingModel(structure);
  return k.map((point) =>
    hermitianEigenvalues(blochHamiltonian(orbitals, couplings, structure.fracCoords, point)),
  );
}
