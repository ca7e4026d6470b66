import type { Structure } from '@bravais/datasets';
import type { NeighborList } from '@bravais/graph-nn';
import type { InspectedNeighbor, NeighborRequest } from './inspection';

/** Distances that a search within a radius adds for round-off, Å. */
const ROUND_OFF_ANGSTROM = 1e-8;

/** Neighbours of every site, nearest first: within a radius, the nearest k, or the nearest k within a radius. */
export async function inspectedNeighbors(
  structure: Structure,
  { neighbors, cutoff }: NeighborRequest,
): Promise<InspectedNeighbor[] | undefined> {
  if (neighbors === undefined && cutoff === undefined) return undefined;
  const { nearestNeighbors, neighborsWithin } = await import('@bravais/graph-nn');
  const list =
    neighbors === undefined
      ? neighborsWithin(structure, cutoff!)
      : nearestNeighbors(structure, neighbors, { symmetric: false });
  const rows = rowsOf(list);
  return neighbors === undefined || cutoff === undefined
    ? rows
    : rows.filter(({ distance }) => distance <= cutoff + ROUND_OFF_ANGSTROM);
}

function rowsOf({ target, source, image, distanceAngstrom }: NeighborList): InspectedNeighbor[] {
  return Array.from(target, (i, e) => ({
    i,
    j: source[e]!,
    image: Array.from(image.subarray(3 * e, 3 * e + 3)),
    distance: distanceAngstrom[e]!,
  }));
}
