import { type Matrix3, reciprocalLattice, rowDot } from '../graph/lattice';
import type { NumberedSublattices } from './sublattices';

/** Sites of a crystal in its reduced cell. */
export interface ReducedSites {
  /** Row vectors, Å. */
  readonly lattice: Matrix3;
  /** 3n. */
  readonly frac: Float64Array;
}

/** A function of the wave number k, 1/Å, and the n · S sums that it is summed into. */
export interface ReciprocalSum {
  readonly term: (waveNumber: number) => number;
  readonly sums: Float64Array;
}

/**
 * Adds Σ_k term(|k|) Σ_j o_j cos(k · (r_j − r_i)) to the sum of every site i over every sublattice of sites j, o_j their filling, over
 * the wave vectors 0 < |k| ≤ reach of the crystal.
 *
 * k and −k are one term. Cosines and sines of each site are made once for a wave vector, so the time is that of
 * (wave vectors) · n · (S + 1) products.
 */
export function addReciprocalSums(
  { lattice, frac }: ReducedSites,
  { sublatticeCount, sublatticeOf, filling }: NumberedSublattices,
  reach: number,
  targets: readonly ReciprocalSum[],
): void {
  const n = sublatticeOf.length;
  const rows = reciprocalLattice(lattice);
  const [cos, sin] = [new Float64Array(n), new Float64Array(n)];
  const [cosSum, sinSum] = [new Float64Array(sublatticeCount), new Float64Array(sublatticeCount)];
  // h = k · a / 2π, so |h| ≤ reach · |a| / 2π.
  const bound = (axis: 0 | 1 | 2): number =>
    Math.floor((reach * Math.sqrt(rowDot(lattice, axis, axis))) / (2 * Math.PI));
  const [mh, mk, ml] = [bound(0), bound(1), bound(2)];
  for (let h = 0; h <= mh; h++) {
    for (let k = h === 0 ? 0 : -mk; k <= mk; k++) {
      for (let l = h === 0 && k === 0 ? 1 : -ml; l <= ml; l++) {
        const component = (c: number): number => h * rows[c]! + k * rows[3 + c]! + l * rows[6 + c]!;
        const waveNumber = 2 * Math.PI * Math.hypot(component(0), component(1), component(2));
        if (waveNumber > reach) continue;
        cosSum.fill(0);
        sinSum.fill(0);
        for (let j = 0; j < n; j++) {
          const phase = 2 * Math.PI * (h * frac[3 * j]! + k * frac[3 * j + 1]! + l * frac[3 * j + 2]!);
          const s = sublatticeOf[j]!;
          cos[j] = Math.cos(phase);
          sin[j] = Math.sin(phase);
          cosSum[s]! += filling[j]! * cos[j]!;
          sinSum[s]! += filling[j]! * sin[j]!;
        }
        for (const { term, sums } of targets) addWave(2 * term(waveNumber), cos, sin, cosSum, sinSum, sums);
      }
    }
  }
}

/** sums[i, s] += weight · (cos_i Σ_j o_j cos_j + sin_i Σ_j o_j sin_j), j over the sublattice s. */
function addWave(
  weight: number,
  cos: Float64Array,
  sin: Float64Array,
  cosSum: Float64Array,
  sinSum: Float64Array,
  sums: Float64Array,
): void {
  const width = cosSum.length;
  for (let i = 0; i < cos.length; i++) {
    const [c, s] = [weight * cos[i]!, weight * sin[i]!];
    for (let t = 0; t < width; t++) sums[i * width + t]! += c * cosSum[t]! + s * sinSum[t]!;
  }
}
