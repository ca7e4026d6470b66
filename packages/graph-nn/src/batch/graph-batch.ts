import { GraphError } from '../graph/graph-error';
import { batchOccupations, type NodeOccupations } from './batch-occupations';
import type { CrystalGraph } from './crystal-graph';
import { sortByKey } from './sort-by-key';

/**
 * Many crystals as one disconnected graph, ready for upload; G graphs, N nodes, E edges.
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
  /** E, Å. */
  readonly edgeDistance: Float32Array;
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
 * Joins graphs into one batch, in the given order; each graph keeps its own order of nodes and edges.
 *
 * @throws {@link GraphError} NO_GRAPHS when the list is empty.
 */
export function batchGraphs(graphs: readonly CrystalGraph[]): GraphBatch {
  if (graphs.length === 0) {
    throw new GraphError(
      'NO_GRAPHS',
      'batchGraphs: a batch must hold at least one graph, got none. Leave empty batches out.',
    );
  }
  const nodeCount = graphs.reduce((sum, graph) => sum + graph.atomicNumbers.length, 0);
  const edgeCount = graphs.reduce((sum, graph) => sum + graph.edgeSource.length, 0);
  const atomicNumbers = new Int32Array(nodeCount);
  const nodeGraph = new Int32Array(nodeCount);
  const graphOffsets = new Int32Array(graphs.length + 1);
  const edgeDistance = new Float32Array(edgeCount);
  const edgeSource = new Int32Array(edgeCount);
  const edgeTarget = new Int32Array(edgeCount);
  const targetOffsets = new Int32Array(nodeCount + 1);
  let [node, edge] = [0, 0];
  graphs.forEach((graph, g) => {
    const n = graph.atomicNumbers.length;
    atomicNumbers.set(graph.atomicNumbers, node);
    nodeGraph.fill(g, node, node + n);
    edgeDistance.set(graph.edgeDistance, edge);
    for (let e = 0; e < graph.edgeSource.length; e++) edgeSource[edge + e] = node + graph.edgeSource[e]!;
    for (let i = 0; i < n; i++) {
      const end = edge + graph.targetOffsets[i + 1]!;
      edgeTarget.fill(node + i, edge + graph.targetOffsets[i]!, end);
      targetOffsets[node + i + 1] = end;
    }
    node += n;
    edge += graph.edgeSource.length;
    graphOffsets[g + 1] = node;
  });
  const { offsets, order } = sortByKey(edgeSource, nodeCount);
  const occupations = batchOccupations(graphs);
  return {
    graphCount: graphs.length,
    nodeCount,
    edgeCount,
    atomicNumbers,
    ...(occupations ? { occupations } : {}),
    edgeDistance,
    edgeSource,
    edgeTarget,
    targetOffsets,
    bySource: { offsets, edgeIds: order },
    graphOffsets,
    nodeGraph,
  };
}
