import { GraphError } from '../graph/graph-error';
import type { GraphBatch } from './graph-batch';
import { bucketSize } from './pad-batch';
import type { PotentialEdges } from './potential-edges';

/** Sublattices and their edges are few beside nodes and local edges; few sizes, for few recordings, are worth more padding. */
const STEPS_PER_OCTAVE = 2;

/** Infinite edges of a whole batch, by receiving node. */
export interface JoinedPotentials {
  /** N. */
  readonly sublatticeOf: Int32Array;
  readonly sublatticeCount: number;
  /** Q. */
  readonly potential: Float32Array;
  /** Q; the sublattice each comes from. */
  readonly senderOf: Int32Array;
  /** N + 1. */
  readonly offsets: Int32Array;
}

/**
 * Numbers the sublattices and infinite edges of all crystals through the batch. Padding nodes, where there are any, are one more
 * sublattice, and edges from it to them, spread evenly, fill the edges up to a bucket; empty sublattices fill those up.
 *
 * @throws {@link GraphError} LENGTH_MISMATCH
 */
export function joinPotentials(batch: GraphBatch, potentials: readonly PotentialEdges[]): JoinedPotentials {
  checkCrystals(batch, potentials);
  const { nodeCount, graphCount, graphOffsets } = batch;
  const sites = graphOffsets[graphCount]!;
  const padding = nodeCount - sites;
  const counts = potentials.map(({ potential, sublatticeOf }) => potential.length / sublatticeOf.length);
  const own = counts.reduce((sum, count) => sum + count, 0);
  const ownEdges = potentials.reduce((sum, { potential }) => sum + potential.length, 0);
  const [sublatticeCount, edgeCount] =
    padding === 0
      ? [own, ownEdges]
      : [bucketSize(own + 1, STEPS_PER_OCTAVE), bucketSize(ownEdges, STEPS_PER_OCTAVE)];
  const sublatticeOf = new Int32Array(nodeCount).fill(own, sites);
  const potential = new Float32Array(edgeCount);
  const senderOf = new Int32Array(edgeCount).fill(own, ownEdges);
  const offsets = new Int32Array(nodeCount + 1).fill(edgeCount);
  let [node, edge, first] = [0, 0, 0];
  potentials.forEach((each, g) => {
    const count = counts[g]!;
    potential.set(each.potential, edge);
    for (const s of each.sublatticeOf) {
      sublatticeOf[node] = first + s;
      offsets[node++] = edge;
      for (let sender = 0; sender < count; sender++) senderOf[edge++] = first + sender;
    }
    first += count;
  });
  for (let extra = 0; extra < padding; extra++) {
    offsets[sites + extra] = ownEdges + Math.floor((extra * (edgeCount - ownEdges)) / padding);
  }
  return { sublatticeOf, sublatticeCount, potential, senderOf, offsets };
}

function checkCrystals(
  { graphCount, graphOffsets }: GraphBatch,
  potentials: readonly PotentialEdges[],
): void {
  const given = potentials.map(({ sublatticeOf }) => sublatticeOf.length);
  const sites = Array.from({ length: graphCount }, (_, g) => graphOffsets[g + 1]! - graphOffsets[g]!);
  if (given.length !== graphCount || sites.some((n, g) => n !== given[g])) {
    throw new GraphError(
      'LENGTH_MISMATCH',
      `potentialGraphArrays: expected potentials of ${graphCount} crystals of ${sites.join(', ')} sites, got those of ${given.length} of ${given.join(', ')}. Give those of the batch, in its order.`,
    );
  }
  const uneven = potentials.findIndex(
    ({ potential, sublatticeOf }) => potential.length % sublatticeOf.length,
  );
  if (uneven < 0) return;
  throw new GraphError(
    'LENGTH_MISMATCH',
    `potentialGraphArrays: expected a whole number of potentials a site, got ${potentials[uneven]!.potential.length} for the ${given[uneven]} sites of crystal ${uneven}. Take them from potentialEdges.`,
  );
}
