import { buildCellList, collectNeighbors } from './cell-list';
import { type Crystal, checkCrystal } from './crystal';
import { EdgeBuffer, tooManyNeighbors } from './edge-buffer';
import { GraphError } from './graph-error';
import { cellVolume } from './lattice';
import { type NeighborList, sortedNeighborList } from './neighbor-list';

/** Edges that one search may return unless told otherwise: about 130 MB of edges. */
export const defaultMaximumEdges = 4_000_000;

/** Options of {@link neighborsWithin}. */
export interface NeighborsWithinOptions {
  /** Refuse to return more edges than this; default 4,000,000. */
  readonly maximumEdges?: number;
}

/** Throws INVALID_OPTION unless the cutoff is a positive finite number. */
export function checkCutoff(op: string, cutoffAngstrom: number): void {
  if (Number.isFinite(cutoffAngstrom) && cutoffAngstrom > 0) return;
  throw new GraphError(
    'INVALID_OPTION',
    `${op}: cutoffAngstrom must be a positive finite number, got ${cutoffAngstrom}. Give a radius in Å, for example 5.`,
  );
}

/** Throws INVALID_OPTION unless `value` is an integer ≥ 1. */
export function checkPositiveInteger(op: string, field: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new GraphError(
    'INVALID_OPTION',
    `${op}: ${field} must be a positive integer, got ${value}. Give a whole number of at least 1.`,
  );
}

/**
 * All (i, j, n) with 0 < |r_j + n · L − r_i| ≤ cutoff: every neighbour of every site i, its own images included.
 *
 * Exact for any cell, skewed or smaller than the cutoff, because the search runs in the reduced cell and bounds the images
 * by its plane spacings; linear in the number of sites for a large cell. Both directions of an edge are present, with the
 * same distance to the last bit. A neighbour exactly at the cutoff (to 1e-8 Å) is inside. A site may have no neighbour.
 *
 * @param cutoffAngstrom - radius in Å.
 * @returns edges j → i sorted by (target, distance, source, image).
 * @throws {@link GraphError} what {@link checkCrystal} throws; INVALID_OPTION; OVERLAPPING_SITES (two atoms within 0.01 Å);
 * TOO_MANY_NEIGHBORS.
 *
 * @example
 * ```ts
 * const copper = { latticeAngstrom: [0, 1.8, 1.8, 1.8, 0, 1.8, 1.8, 1.8, 0], fracCoords: [0, 0, 0], atomicNumbers: [29] };
 * neighborsWithin(copper, 2.6).source.length; // 12
 * ```
 */
export function neighborsWithin(
  crystal: Crystal,
  cutoffAngstrom: number,
  options: NeighborsWithinOptions = {},
): NeighborList {
  const op = 'neighborsWithin';
  const maximumEdges = options.maximumEdges ?? defaultMaximumEdges;
  const checked = checkCrystal(op, crystal);
  checkCutoff(op, cutoffAngstrom);
  checkPositiveInteger(op, 'maximumEdges', maximumEdges);
  // The mean number of neighbours is density × volume of the sphere, less the site itself and what the surface may miss.
  const expected =
    (checked.siteCount ** 2 * (4 / 3) * Math.PI * cutoffAngstrom ** 3) / cellVolume(checked.lattice);
  if (expected > 8 * maximumEdges) {
    throw tooManyNeighbors(
      op,
      `about ${expected.toPrecision(2)} for a cutoff of ${cutoffAngstrom} Å`,
      maximumEdges,
    );
  }
  const cells = buildCellList(checked, cutoffAngstrom);
  const edges = new EdgeBuffer(op, maximumEdges);
  for (let i = 0; i < checked.siteCount; i++) collectNeighbors(cells, i, cutoffAngstrom, edges);
  return sortedNeighborList(edges, checked.siteCount);
}
