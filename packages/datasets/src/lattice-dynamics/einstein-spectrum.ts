import type { Structure } from '../structure/structure';
import { simulatedSprings } from './bond-stiffness';
import { hermitianEigenvalues } from './hermitian-eigenvalues';
import { spectrumOfModes, wavenumberPerCm } from './mode-spectrum';
import { siteMassesU } from './simulated-phonons';

/** Settings of {@link einsteinSpectrum}. */
export interface EinsteinSpectrumOptions {
  /** Standard deviation of the Gaussian put on every mode, cm⁻¹; 20 by default, one bin. */
  readonly smearingPerCm?: number;
}

const DEFAULT_SMEARING_PER_CM = 20;
const NO_IMAGINARY_PART = new Float64Array(9);

/**
 * The spectrum of atoms that move one at a time on the springs of `simulatedSprings`, all others held:
 * ω² are the eigenvalues of Σ_j Φ_ij / m_i, three for each atom (Einstein's model of a solid).
 *
 * It says how stiffly each atom is held and how heavy it is, in a fraction of a millisecond, where `simulatedPhononDos` solves for the waves of the
 * whole crystal. A primitive cell and its supercells have one spectrum. Shared sites count as the species of `atomicNumbers`.
 *
 * @returns [66] values in [0, 1] on `PHONON_DOS_BINS`, maximum 1; 0 where an atom has no spring
 * @example
 * ```ts
 * const [silicon] = referenceSet();
 * einsteinSpectrum(silicon!.structure).length; // 66
 * ```
 */
export function einsteinSpectrum(structure: Structure, options: EinsteinSpectrumOptions = {}): Float32Array {
  const masses = siteMassesU(structure);
  const blocks = Array.from(masses, () => new Float64Array(9));
  for (const { source, vectorAngstrom: r, ...stiffness } of simulatedSprings(structure)) {
    const transverse = stiffness.transverseNewtonPerMeter;
    const anisotropy =
      (stiffness.longitudinalNewtonPerMeter - transverse) / (r[0] ** 2 + r[1] ** 2 + r[2] ** 2);
    const block = blocks[source]!;
    for (let entry = 0; entry < 9; entry++) {
      const [alpha, beta] = [Math.floor(entry / 3), entry % 3];
      const phi = anisotropy * r[alpha]! * r[beta]! + (alpha === beta ? transverse : 0);
      block[entry]! += phi / masses[source]!;
    }
  }
  const modes = blocks.map((re) => ({
    wavenumbersPerCm: hermitianEigenvalues({ order: 3, re, im: NO_IMAGINARY_PART }).map(wavenumberPerCm),
    weight: 1,
  }));
  return spectrumOfModes(modes, options.smearingPerCm ?? DEFAULT_SMEARING_PER_CM);
}
