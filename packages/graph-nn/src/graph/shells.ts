/** What decides how many neighbours of a site are kept. */
export interface ShellRule {
  /** At least this many neighbours, where the cutoff allows. */
  readonly neighbors: number;
  /** A shell starts within this distance or is left out, Å; Infinity for none. */
  readonly cutoff: number;
  /** Sorted distances whose gaps are no larger than this belong to one shell, Å. */
  readonly tolerance: number;
}

/**
 * How many of the nearest neighbours to keep so that no shell is cut; −1 when `searchedRadius` is too small to say.
 *
 * A shell is a maximal run of sorted distances in which each follows the previous one within `tolerance`. Shells are taken
 * from the nearest on until at least `neighbors` are in, or until the next one starts beyond `cutoff`.
 *
 * @param distances - all distances up to `searchedRadius`, ascending, Å.
 */
export function countInWholeShells(
  distances: ArrayLike<number>,
  searchedRadius: number,
  rule: ShellRule,
): number {
  let kept = 0;
  while (kept < rule.neighbors) {
    if (kept === distances.length) return searchedRadius >= rule.cutoff ? kept : -1;
    if (distances[kept]! > rule.cutoff) return kept;
    let last = kept;
    while (last + 1 < distances.length && distances[last + 1]! - distances[last]! <= rule.tolerance) last++;
    if (last + 1 === distances.length && searchedRadius - distances[last]! <= rule.tolerance) return -1;
    kept = last + 1;
  }
  return kept;
}
