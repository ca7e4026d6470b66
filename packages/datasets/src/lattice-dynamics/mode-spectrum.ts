import { PHONON_DOS_BINS } from '../modalities/phonon-dos';

/** √(1 N/m / 1 u) / 2πc in cm⁻¹. */
const WAVENUMBER_PER_CM: number = 130.2791;
/** A Gaussian ends at so many standard deviations. */
const REACH_DEVIATIONS = 5;

/** Modes of one wave vector, and how much they count. */
export interface WeightedModes {
  readonly wavenumbersPerCm: ArrayLike<number>;
  readonly weight: number;
}

/** ω = √λ / 2πc in cm⁻¹ of an eigenvalue λ of a dynamical matrix in N/(m u); an imaginary mode is negative. */
export function wavenumberPerCm(square: number): number {
  return Math.sign(square) * Math.sqrt(Math.abs(square)) * WAVENUMBER_PER_CM;
}

/**
 * g(ν) = Σ w exp(−(ν − ν_s)² / 2σ²) on {@link PHONON_DOS_BINS}, scaled to maximum 1; 0 everywhere where no mode comes near the grid.
 *
 * @returns [66] values in [0, 1]
 */
export function spectrumOfModes(modes: readonly WeightedModes[], smearingPerCm: number): Float32Array {
  const { count, firstPerCm, stepPerCm } = PHONON_DOS_BINS;
  const dos = new Float64Array(count);
  const reach = (REACH_DEVIATIONS * smearingPerCm) / stepPerCm;
  for (const { wavenumbersPerCm, weight } of modes) {
    for (let mode = 0; mode < wavenumbersPerCm.length; mode++) {
      const center = (wavenumbersPerCm[mode]! - firstPerCm) / stepPerCm;
      const last = Math.min(count - 1, center + reach);
      for (let bin = Math.max(0, Math.ceil(center - reach)); bin <= last; bin++) {
        dos[bin]! += weight * Math.exp(-0.5 * (((bin - center) * stepPerCm) / smearingPerCm) ** 2);
      }
    }
  }
  const maximum = dos.reduce((max, value) => Math.max(max, value), 0);
  return Float32Array.from(dos, (value) => (maximum === 0 ? 0 : value / maximum));
}
