import { upperGamma } from './incomplete-gamma';

/** A term beyond e^(−5.2²) = 2e-12 of its sum is left out, in both spaces. */
const REACH = 5.2;

/** Γ(s/2) of the two exponents. */
const GAMMA = { 1: Math.sqrt(Math.PI), 6: 2 };

/** The parts of the split sum Σ |v + R|^(−s) over a lattice of cell volume V; see {@link epsteinTerms}. */
export interface EpsteinTerms {
  /** Γ(s/2, η²r²) / Γ(s/2) · r^(−s): what an image at the distance r adds. */
  real(distance: number): number;
  /** π^(3/2) / (V Γ(s/2)) · (k/2)^(s−3) Γ((3−s)/2, k²/4η²), to be multiplied by cos(k · v). */
  reciprocal(waveNumber: number): number;
  /** The term of k = 0; for s = 1 it is the neutralising background, −π / (V η²). */
  readonly background: number;
  /** What the reciprocal sum counts for R = 0, v = 0, taken off a site's own sum: 2 η^s / (s Γ(s/2)). */
  readonly self: number;
}

/** η, 1/Å, for which the real and the reciprocal sum over n sites in a cell take about equal time, ∝ n^(3/2). */
export function balancedSplitting(volume: number, sites: number): number {
  return Math.sqrt(Math.PI) * (sites / volume ** 2) ** (1 / 6);
}

/** Å: the distance to which the real sum runs. */
export function realReach(splitting: number): number {
  return REACH / splitting;
}

/** 1/Å: the wave number to which the reciprocal sum runs. */
export function reciprocalReach(splitting: number): number {
  return 2 * splitting * REACH;
}

/**
 * Z_s(v) = Σ'_R |v + R|^(−s) in two sums that converge as Gaussians, for s = 1 and 6 (R = 0 is left out where v = 0).
 *
 * Γ(s/2) r^(−s) = ∫₀^∞ t^(s/2−1) e^(−t r²) dt is split at t = η²; the part below goes to reciprocal space by Poisson's sum. The
 * result does not depend on η. For s ≤ 3, where the sum itself diverges, it is the analytic continuation in s, the Epstein zeta
 * function; for s = 1 that is the potential of unit charges in a uniform background that neutralises them, with mean 0.
 *
 * Source: Crandall, "Fast evaluation of Epstein zeta functions" (1998); for s = 1, Ewald, Ann. Phys. 369, 253 (1921).
 *
 * @param volume Å³, of the cell of the lattice that R runs over
 * @param splitting η, 1/Å
 */
export function epsteinTerms(s: 1 | 6, volume: number, splitting: number): EpsteinTerms {
  const gamma = GAMMA[s];
  const scale = Math.PI ** 1.5 / (volume * gamma);
  return {
    real: (distance) => upperGamma(s / 2, (splitting * distance) ** 2) / (gamma * distance ** s),
    reciprocal: (waveNumber) =>
      scale * (waveNumber / 2) ** (s - 3) * upperGamma((3 - s) / 2, (waveNumber / (2 * splitting)) ** 2),
    background: (scale * 2 * splitting ** (s - 3)) / (s - 3),
    self: (2 * splitting ** s) / (s * gamma),
  };
}
