import type { EdgeBuffer } from './edge-buffer';
import { GraphError } from './graph-error';

/**
 * Directed edges source → target of a periodic graph; n sites, E edges.
 *
 * Sorted by (target, distance, source, image); the distance enters the order rounded to 1e-5 Å, so that round-off
 * does not decide it among equal bonds.
 */
export interface NeighborList {
  /** E; the site whose image sends. */
  readonly source: Int32Array;
  /** E; the site that receives. */
  readonly target: Int32Array;
  /** 3E; edge vector = r_source + image · L − r_target, for the fractional coordinates as given. */
  readonly image: Int32Array;
  /** E; length of that vector, Å. */
  readonly distanceAngstrom: Float64Array;
  /** n + 1; the edges into site i are targetOffsets[i] … targetOffsets[i + 1] − 1. */
  readonly targetOffsets: Int32Array;
}

const orderStepsPerAngstrom = 1e5;

function compareEdges(edges: EdgeBuffer): (a: number, b: number) => number {
  const { distance, source, image } = edges;
  return (a, b) =>
    Math.round(distance[a]! * orderStepsPerAngstrom) - Math.round(distance[b]! * orderStepsPerAngstrom) ||
    source[a]! - source[b]! ||
    image[3 * a]! - image[3 * b]! ||
    image[3 * a + 1]! - image[3 * b + 1]! ||
    image[3 * a + 2]! - image[3 * b + 2]!;
}

/** Sorts the edges of a buffer into a {@link NeighborList}; an edge that stands there twice is kept once. */
export function sortedNeighborList(edges: EdgeBuffer, siteCount: number): NeighborList {
  const compare = compareEdges(edges);
  const bucket = new Int32Array(siteCount + 1);
  for (let e = 0; e < edges.length; e++) bucket[edges.target[e]! + 1]!++;
  for (let i = 0; i < siteCount; i++) bucket[i + 1]! += bucket[i]!;
  const order = new Int32Array(edges.length);
  const cursor = bucket.slice();
  for (let e = 0; e < edges.length; e++) order[cursor[edges.target[e]!]!++] = e;

  const targetOffsets = new Int32Array(siteCount + 1);
  let kept = 0;
  for (let i = 0; i < siteCount; i++) {
    const mine = order.subarray(bucket[i]!, bucket[i + 1]!).sort(compare);
    for (let p = 0; p < mine.length; p++) {
      if (p === 0 || compare(mine[p - 1]!, mine[p]!) !== 0) order[kept++] = mine[p]!;
    }
    targetOffsets[i + 1] = kept;
  }
  return gather(edges, order.subarray(0, kept), targetOffsets);
}

function gather(edges: EdgeBuffer, order: Int32Array, targetOffsets: Int32Array): NeighborList {
  const image = new Int32Array(3 * order.length);
  for (let e = 0; e < order.length; e++) {
    const from = 3 * order[e]!;
    image[3 * e] = edges.image[from]!;
    image[3 * e + 1] = edges.image[from + 1]!;
    image[3 * e + 2] = edges.image[from + 2]!;
  }
  return {
    source: order.map((e) => edges.source[e]!),
    target: order.map((e) => edges.target[e]!),
    image,
    distanceAngstrom: Float64Array.from(order, (e) => edges.distance[e]!),
    targetOffsets,
  };
}

/**
 * Throws when a site receives no edge: it would be cut off from every message.
 *
 * @throws {@link GraphError} ISOLATED_SITE.
 */
export function requireNeighbors(op: string, list: NeighborList, cutoffAngstrom: number): void {
  for (let i = 0; i + 1 < list.targetOffsets.length; i++) {
    if (list.targetOffsets[i] === list.targetOffsets[i + 1]) {
      throw new GraphError(
        'ISOLATED_SITE',
        `${op}: every site must have a neighbour within ${cutoffAngstrom} Å, got none for site ${i}. Raise cutoffAngstrom or check the unit of the lattice.`,
      );
    }
  }
}
