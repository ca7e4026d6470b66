/** One wave vector of the grid and how many (itself and −q) it stands for. */
export interface GridPoint {
  /** In units of the reciprocal lattice vectors. */
  readonly q: readonly [number, number, number];
  readonly weight: 1 | 2;
}

/**
 * Divisions N_k = max(1, ⌈reach / |a_k|⌉): the same spacing in reciprocal space for every crystal, so more points for
 * smaller cells.
 */
export function gridDivisions(
  latticeAngstrom: ArrayLike<number>,
  reachAngstrom: number,
): [number, number, number] {
  const length = (k: number): number =>
    Math.hypot(latticeAngstrom[3 * k]!, latticeAngstrom[3 * k + 1]!, latticeAngstrom[3 * k + 2]!);
  // A hair is taken off so that a length of reach / 7 does not become 8 divisions by rounding.
  const divisions = (k: number): number => Math.max(1, Math.ceil(reachAngstrom / length(k) - 1e-6));
  return [divisions(0), divisions(1), divisions(2)];
}

/**
 * Half-shifted Monkhorst–Pack grid q_k = (i_k + ½) / N_k, i_k = 0..N_k − 1, one of each pair ±q (ω(q) = ω(−q)).
 *
 * The grid of an n-fold supercell with N_k / n divisions folds onto the grid of the primitive cell exactly.
 * Source: Monkhorst and Pack, Phys. Rev. B 13, 5188 (1976).
 */
export function qGrid([na, nb, nc]: readonly [number, number, number]): GridPoint[] {
  const points: GridPoint[] = [];
  const total = na * nb * nc;
  for (let index = 0; index < total; index++) {
    // Reversing all three indices is −q modulo a reciprocal lattice vector; it maps index to total − 1 − index.
    const partner = total - 1 - index;
    if (partner < index) break;
    const [a, b, c] = [Math.floor(index / (nb * nc)), Math.floor(index / nc) % nb, index % nc];
    points.push({ q: [(a + 0.5) / na, (b + 0.5) / nb, (c + 0.5) / nc], weight: partner === index ? 1 : 2 });
  }
  return points;
}
