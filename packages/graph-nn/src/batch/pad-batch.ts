import { GraphError } from '../graph/graph-error';
import { padOccupations } from './batch-occupations';
import { padSiteFeatures } from './batch-site-features';
import type { GraphBatch } from './graph-batch';

/** Extents of a batch on the device. */
export interface BatchExtents {
  readonly nodes: number;
  readonly edges: number;
}

/** Sizes between a power of two and the next that buckets of nodes and edges have. */
const STEPS_PER_OCTAVE = 8;
/** Å: length of padding edges in a batch without edges. */
const LONELY_DISTANCE_ANGSTROM = 3;

/**
 * The least of `stepsPerOctave` sizes to the octave that holds `count`: at most one part in as many is padding, and batches
 * of nearly equal size share one.
 */
export function bucketSize(count: number, stepsPerOctave: number = STEPS_PER_OCTAVE): number {
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(count, 1))) - 1) / stepsPerOctave;
  return step <= 1 ? count : Math.ceil(count / step) * step;
}

/** The bucket of a batch; it has room for a padding node at least. */
export function bucketOf({ nodeCount, edgeCount }: GraphBatch): BatchExtents {
  return { nodes: bucketSize(nodeCount + 1), edges: bucketSize(edgeCount) };
}

/**
 * The batch with nodes and edges added up to the given extents, for steps that are recorded once for each shape.
 *
 * Padding nodes have atomic number 0 (at occupancy 0, where there are occupations; site features 0) and belong to no graph; padding edges are loops on them, spread evenly. So
 * nothing flows between them and the crystals, and pooling by `graphOffsets` passes them over. Padding edges are as long
 * as the batch's own, one after the other, so that they add no distance to it and none becomes frequent.
 *
 * @throws {@link GraphError} OUT_OF_RANGE where the extents are smaller than the batch, or leave no node for padding edges
 */
export function padBatch(batch: GraphBatch, { nodes, edges }: BatchExtents): GraphBatch {
  const { nodeCount, edgeCount, graphCount, occupations, siteFeatures } = batch;
  const [extraNodes, extraEdges] = [nodes - nodeCount, edges - edgeCount];
  if (extraNodes < 0 || extraEdges < 0 || (extraEdges > 0 && extraNodes === 0)) {
    throw new GraphError(
      'OUT_OF_RANGE',
      `padBatch: expected room for ${nodeCount} nodes and ${edgeCount} edges, and a node for padding edges, got ${nodes} and ${edges}. Take the extents from bucketOf.`,
    );
  }
  const firstEdge = (extra: number): number => edgeCount + Math.floor((extra * extraEdges) / extraNodes);
  const edgeSource = extended(batch.edgeSource, edges, 0);
  const targetOffsets = extended(batch.targetOffsets, nodes + 1, edges);
  const sourceOffsets = extended(batch.bySource.offsets, nodes + 1, edges);
  for (let extra = 0; extra < extraNodes; extra++) {
    const first = firstEdge(extra);
    edgeSource.fill(nodeCount + extra, first, firstEdge(extra + 1));
    targetOffsets[nodeCount + extra] = first;
    sourceOffsets[nodeCount + extra] = first;
  }
  const edgeTarget = extended(batch.edgeTarget, edges, 0);
  edgeTarget.set(edgeSource.subarray(edgeCount), edgeCount);
  const edgeIds = extended(batch.bySource.edgeIds, edges, 0);
  for (let edge = edgeCount; edge < edges; edge++) edgeIds[edge] = edge;
  const edgeDistance = new Float32Array(edges);
  edgeDistance.set(batch.edgeDistance);
  for (let edge = edgeCount; edge < edges; edge++) {
    edgeDistance[edge] = edgeDistance[edge - edgeCount] || LONELY_DISTANCE_ANGSTROM;
  }
  return {
    ...batch,
    nodeCount: nodes,
    edgeCount: edges,
    atomicNumbers: extended(batch.atomicNumbers, nodes, 0),
    ...(occupations ? { occupations: padOccupations(occupations, extraNodes, bucketSize) } : {}),
    ...(siteFeatures ? { siteFeatures: padSiteFeatures(siteFeatures, nodeCount, nodes) } : {}),
    nodeGraph: extended(batch.nodeGraph, nodes, graphCount),
    edgeDistance,
    edgeMultiplicity: extended(batch.edgeMultiplicity, edges, 1),
    edgeSource,
    edgeTarget,
    targetOffsets,
    bySource: { offsets: sourceOffsets, edgeIds },
  };
}

function extended(values: Int32Array, length: number, fill: number): Int32Array {
  const longer = new Int32Array(length).fill(fill, values.length);
  longer.set(values);
  return longer;
}
