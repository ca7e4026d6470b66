/** Where the electrons of a crystal end. */
export interface FermiLevel {
  /** Highest occupied level, or the middle of the gap, eV. */
  readonly fermiEv: number;
  /** Lowest empty level above the highest occupied one on the grid of wave vectors, eV; 0 in a metal. */
  readonly gapEv: number;
}

/** Shares of an electron below which a band counts as full: rounding of the sum over the grid. */
const ROUNDING = 1e-6;
/** Gaps below this are a metal's spacing of levels on the grid, eV. */
const SMALLEST_GAP_EV = 1e-3;

/**
 * E_F of N electrons, two to a level: Σ_k w_k Σ_n 2 θ(E_F − ε_n(k)) = N with Σ w = 1.
 *
 * An even number of electrons with a full band under an empty one gives the middle of the gap, the limit of the chemical
 * potential at low temperature. The gap is that of the grid, so a little too large where an edge lies between its points.
 *
 * @param levelsEv bands of each wave vector, rising
 * @param weights of the wave vectors, in any unit
 */
export function fermiLevel(
  levelsEv: readonly ArrayLike<number>[],
  weights: readonly number[],
  electrons: number,
): FermiLevel {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const filled = electrons / 2;
  const bands = Math.round(filled);
  if (Math.abs(filled - bands) < ROUNDING && bands > 0 && bands < levelsEv[0]!.length) {
    const top = levelsEv.reduce((max, levels) => Math.max(max, levels[bands - 1]!), Number.NEGATIVE_INFINITY);
    const bottom = levelsEv.reduce((min, levels) => Math.min(min, levels[bands]!), Number.POSITIVE_INFINITY);
    if (bottom - top > SMALLEST_GAP_EV) return { fermiEv: (top + bottom) / 2, gapEv: bottom - top };
  }
  const sorted = levelsEv
    .flatMap((levels, k) => Array.from(levels, (energy) => ({ energy, weight: weights[k]! / total })))
    .sort((a, b) => a.energy - b.energy);
  let held = 0;
  for (const { energy, weight } of sorted) {
    held += weight;
    if (held > filled - ROUNDING) return { fermiEv: energy, gapEv: 0 };
  }
  return { fermiEv: sorted[sorted.length - 1]!.energy, gapEv: 0 };
}
