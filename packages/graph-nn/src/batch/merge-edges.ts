import { GraphError } from '../graph/graph-error';
import { maximumMultiplicity } from './counted-kinds';
import type { CrystalGraph } from './crystal-graph';

/** Edges of crystals in which no two agree in both ends and length; M of them, N nodes. */
export interface MergedEdges {
  /** M node numbers, through all crystals: the sender. */
  readonly source: Int32Array;
  /** M, Å. */
  readonly distance: Float32Array;
  /** M; how many edges of the crystal the edge stands for, 1 to 127. */
  readonly multiplicity: Int32Array;
  /** N + 1; the edges into node i are targetOffsets[i] … targetOffsets[i + 1] − 1. */
  readonly targetOffsets: Int32Array;
}

/**
 * One edge in place of all that come from one site to one other with one length, to the last bit: images of a neighbour, alike for a
 * network that sees distances alone. (More than 127 take a second edge.) Edges keep the order in which the first of them came.
 *
 * @throws {@link GraphError} OUT_OF_RANGE where a sender is no site of its crystal
 */
export function mergeEqualEdges(graphs: readonly CrystalGraph[]): MergedEdges {
  const nodeCount = graphs.reduce((sum, { targetOffsets }) => sum + targetOffsets.length - 1, 0);
  const most = graphs.reduce((sum, { edgeSource }) => sum + edgeSource.length, 0);
  const source = new Int32Array(most);
  const distance = new Float32Array(most);
  const multiplicity = new Int32Array(most);
  const offsets = new Int32Array(nodeCount + 1);
  // The last merged edge from each node, and of each merged edge the one before it from the same node.
  const last = new Int32Array(nodeCount).fill(-1);
  const before = new Int32Array(most);
  let count = 0;
  let firstNode = 0;
  for (const { edgeSource, edgeDistance, targetOffsets } of graphs) {
    const sites = targetOffsets.length - 1;
    for (let site = 0; site < sites; site++) {
      const first = count;
      const end = targetOffsets[site + 1]!;
      for (let e = targetOffsets[site]!; e < end; e++) {
        const sender = edgeSource[e]!;
        if (!(sender >= 0 && sender < sites)) {
          throw new GraphError(
            'OUT_OF_RANGE',
            `batchGraphs: the sender of an edge must be a site from 0 to ${sites - 1}, got ${sender} at edge ${e}. The graph is damaged; make it again.`,
          );
        }
        const from = firstNode + sender;
        const length = edgeDistance[e]!;
        let same = last[from]!;
        while (same >= first && (distance[same] !== length || multiplicity[same] === maximumMultiplicity)) {
          same = before[same]!;
        }
        if (same < first) {
          same = count++;
          source[same] = from;
          distance[same] = length;
          before[same] = last[from]!;
          last[from] = same;
        }
        multiplicity[same]!++;
      }
      offsets[firstNode + site + 1] = count;
    }
    firstNode += sites;
  }
  return {
    source: source.slice(0, count),
    distance: distance.slice(0, count),
    multiplicity: multiplicity.slice(0, count),
    targetOffsets: offsets,
  };
}
