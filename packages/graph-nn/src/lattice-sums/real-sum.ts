import { type CellList, collectNeighbors } from '../graph/cell-list';
import { EdgeBuffer } from '../graph/edge-buffer';
import type { NumberedSublattices } from './sublattices';

/** Images that the search around one site may return; about 110 MB. */
const MAXIMUM_NEAR = 4_000_000;

/** A function of the distance, Å, out to a reach, and the n · S sums that it is summed into. */
export interface RealSum {
  readonly term: (distance: number) => number;
  readonly reachAngstrom: number;
  readonly sums: Float64Array;
}

/**
 * Adds Σ o_j term(r) over the images of sublattice s within the term's reach of site i to the sum of i and s, o_j the filling of the
 * site; r = 0 is left out.
 *
 * @throws {@link GraphError} OVERLAPPING_SITES, TOO_MANY_NEIGHBORS
 */
export function addRealSums(
  op: string,
  cells: CellList,
  { sublatticeCount, sublatticeOf, filling }: NumberedSublattices,
  targets: readonly RealSum[],
): void {
  const reach = Math.max(...targets.map(({ reachAngstrom }) => reachAngstrom));
  const near = new EdgeBuffer(op, MAXIMUM_NEAR);
  for (let i = 0; i < sublatticeOf.length; i++) {
    near.length = 0;
    collectNeighbors(cells, i, reach, near);
    for (const { term, reachAngstrom, sums } of targets) {
      for (let e = 0; e < near.length; e++) {
        const distance = near.distance[e]!;
        if (distance > reachAngstrom) continue;
        const j = near.source[e]!;
        sums[i * sublatticeCount + sublatticeOf[j]!]! += filling[j]! * term(distance);
      }
    }
  }
}
