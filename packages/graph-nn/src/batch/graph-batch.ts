import { GraphError } from '../graph/graph-error';
import { batchOccupations, type NodeOccupations } from './batch-occupations';
import { batchSiteFeatures } from './batch-site-features';
import type { CrystalGraph } from './crystal-graph';
import { mergeEqualEdges } from './merge-edges';
import { sortByKey } from './sort-by-key';

/**
 * Many crystals as one disconnected graph, ready for upload; G graphs, N nodes, E edges.
 *
 * Edges of a crystal with equal ends and equal length, to the last bit, are one edge here, with a multiplicity: their messages
 * are equal, so a sum counts it that often.
 *
 * Node and edge numbers run through the whole batch; edges are sorted by target, so a segment sum over
 * `targetOffsets` gathers the messages of each node, and one over `bySource` the gradient of the gather.
 */
export interface GraphBatch {
  readonly graphCount: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** N; of one of the species where a site holds several. */
  readonly atomicNumbers: Int32Array;
  /** Species of every node; only where a crystal of the batch is disordered. */
  readonly occupations?: NodeOccupations;
  /** `[N, F]`, row after row; only where the crystals' graphs have them. */
  readonly siteFeatures?: Float32Array;
  /** E, Å. */
  readonly edgeDistance: Float32Array;
  /** E; how many equal edges of the crystal this one stands for, 1 at least. */
  readonly edgeMultiplicity: Int32Array;
  /** E node numbers: the sender. */
  readonly edgeSource: Int32Array;
  /** E node numbers: the receiver, ascending. */
  readonly edgeTarget: Int32Array;
  /** N + 1; the edges into node i are targetOffsets[i] … targetOffsets[i + 1] − 1. */
  readonly targetOffsets: Int32Array;
  /** The edges out of node i are edgeIds[offsets[i] … offsets[i + 1] − 1], ascending. */
  readonly bySource: EdgesBySource;
  /** G + 1; the nodes of graph g are graphOffsets[g] … graphOffsets[g + 1] − 1. */
  readonly graphOffsets: Int32Array;
  /** N graph numbers, ascending. */
  readonly nodeGraph: Int32Array;
}

/** Edges in compressed rows by source. */
export interface EdgesBySource {
  /** N + 1. */
  readonly offsets: Int32Array;
  /** E; a permutation of the edge numbers. */
  readonly edgeIds: Int32Array;
}

/**
 * Joins graphs into one batch, in the given order; each graph keeps its own order of nodes and edges, equal edges merged.
 *
 * @throws {@link GraphError} NO_GRAPHS when the list is empty; LENGTH_MISMATCH where graphs differ in their site features.
 */
export function batchGraphs(graphs: readonly CrystalGraph[]): GraphBatch {
  if (graphs.length === 0) {
    throw new GraphError(
      'NO_GRAPHS',
      'batchGraphs: a batch must hold at least one graph, got none. Leave empty batches out.',
    );
  }
  const { source, distance, multiplicity, targetOffsets } = mergeEqualEdges(graphs);
  const nodeCount = targetOffsets.length - 1;
  const edgeCount = source.length;
  const atomicNumbers = new Int32Array(nodeCount);
  const nodeGraph = new Int32Array(nodeCount);
  const graphOffsets = new Int32Array(graphs.length + 1);
  let node = 0;
  graphs.forEach((graph, g) => {
    const end = node + graph.atomicNumbers.length;
    atomicNumbers.set(graph.atomicNumbers, node);
    nodeGraph.fill(g, node, end);
    graphOffsets[g + 1] = end;
    node = end;
  });
  const edgeTarget = new Int32Array(edgeCount);
  for (let i = 0; i < nodeCount; i++) edgeTarget.fill(i, targetOffsets[i], targetOffsets[i + 1]);
  const { offsets, order } = sortByKey(source, nodeCount);
  const occupations = batchOccupations(graphs);
  const siteFeatures = batchSiteFeatures(graphs);
  return {
    graphCount: graphs.length,
    nodeCount,
    edgeCount,
    atomicNumbers,
    ...(occupations ? { occupations } : {}),
    ...(siteFeatures ? { siteFeatures } : {}),
    edgeDistance: distance,
    edgeMultiplicity: multiplicity,
    edgeSource: source,
    edgeTarget,
    targetOffsets,
    bySource: { offsets, edgeIds: order },
    graphOffsets,
    nodeGraph,
  };
}
