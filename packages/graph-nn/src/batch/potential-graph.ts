import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import { edgeKinds } from './edge-kinds';
import type { GraphBatch } from './graph-batch';
import { type EdgeArrays, type GatedSites, type OccupationArrays, uploadOccupations } from './graph-tensors';
import { joinPotentials } from './join-potentials';
import type { PotentialEdges } from './potential-edges';
import { sortByKey } from './sort-by-key';

/** A batch with local and infinite edges in one list; G graphs, N nodes, S sublattices, E edges of both sorts. */
export interface PotentialGraphArrays<Integers, Floats> {
  /** i32 `[N]`; of one of the species where a site holds several. */
  readonly atomicNumbers: Integers;
  /** Species of every node; only where a crystal of the batch is disordered. */
  readonly occupations?: OccupationArrays<Integers, Floats>;
  /** i32 `[G + 1]`: nodes by graph. */
  readonly graphOffsets: Integers;
  readonly sublattices: NodesBySublattice<Integers>;
  /** Edges of N + S senders: the nodes, then the sublattices. Nodes alone receive; local edges come before infinite ones. */
  readonly edges: EdgeArrays<Integers>;
  /** f32 `[E]`: how many equal edges of a crystal each stands for; 1 for an infinite edge. */
  readonly edgeMultiplicity: Floats;
  /** i32 `[N + 1]`: edges by receiving node, the beginning of `edges.targetOffsets`. */
  readonly nodeOffsets: Integers;
  readonly features: RowFeatures<Integers, Floats>;
}

/** Nodes in compressed rows by sublattice. */
export interface NodesBySublattice<Integers> {
  /** i32 `[S + 1]`. */
  readonly offsets: Integers;
  /** i32 `[N]`. */
  readonly order: Integers;
}

/** What edges are made of: K distances that local edges share, then Q potentials, one for each infinite edge. */
export interface RowFeatures<Integers, Floats> {
  /** f32 `[K]`, Å, ascending. */
  readonly distance: Floats;
  /** f32 `[Q]`. */
  readonly potential: Floats;
  /** i32 `[E]`: the row of each edge among all K + Q. */
  readonly ofEdge: Integers;
  /** i32 `[K + Q + 1]`: edges by row, as positions in `order`. */
  readonly offsets: Integers;
  /** i32 `[E]`: edge numbers sorted by row. */
  readonly order: Integers;
}

/** A batch with infinite edges on the device. */
export type PotentialGraphTensors = PotentialGraphArrays<Tensor, Tensor> & GatedSites;

/**
 * Adds the infinite edges of every crystal to a batch of their graphs.
 *
 * A batch that `padBatch` has padded stays apart from its padding: padding nodes are a sublattice of their own, and
 * sublattices and infinite edges are filled up to buckets with its kind.
 *
 * @param potentials of each crystal, in the order of the batch
 * @throws {@link GraphError} LENGTH_MISMATCH where the crystals are others than those of the batch
 */
export function potentialGraphArrays(
  batch: GraphBatch,
  potentials: readonly PotentialEdges[],
): PotentialGraphArrays<Int32Array, Float32Array> {
  const { nodeCount } = batch;
  const {
    sublatticeOf,
    sublatticeCount,
    potential,
    senderOf,
    offsets: rows,
  } = joinPotentials(batch, potentials);
  const kinds = edgeKinds(batch.edgeDistance);
  const edgeCount = batch.edgeCount + potential.length;
  const [edgeSource, edgeTarget, ofEdge] = [0, 0, 0].map(() => new Int32Array(edgeCount)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const edgeMultiplicity = new Float32Array(edgeCount).fill(1);
  const targetOffsets = new Int32Array(nodeCount + sublatticeCount + 1).fill(edgeCount);
  let edge = 0;
  for (let i = 0; i < nodeCount; i++) {
    targetOffsets[i] = edge;
    for (let e = batch.targetOffsets[i]!; e < batch.targetOffsets[i + 1]!; e++, edge++) {
      edgeSource[edge] = batch.edgeSource[e]!;
      edgeMultiplicity[edge] = batch.edgeMultiplicity[e]!;
      ofEdge[edge] = kinds.ofEdge[e]!;
    }
    for (let q = rows[i]!; q < rows[i + 1]!; q++, edge++) {
      edgeSource[edge] = nodeCount + senderOf[q]!;
      ofEdge[edge] = kinds.distance.length + q;
    }
    edgeTarget.fill(i, targetOffsets[i], edge);
  }
  const bySource = sortByKey(edgeSource, nodeCount + sublatticeCount);
  return {
    atomicNumbers: batch.atomicNumbers,
    ...(batch.occupations ? { occupations: batch.occupations } : {}),
    graphOffsets: batch.graphOffsets,
    sublattices: sortByKey(sublatticeOf, sublatticeCount),
    edges: {
      edgeSource,
      edgeTarget,
      targetOffsets,
      sourceOffsets: bySource.offsets,
      sourceOrder: bySource.order,
    },
    edgeMultiplicity,
    nodeOffsets: targetOffsets.slice(0, nodeCount + 1),
    features: {
      distance: kinds.distance,
      potential,
      ofEdge,
      ...sortByKey(ofEdge, kinds.distance.length + potential.length),
    },
  };
}

/** Sends a batch with infinite edges to the device; the tensors belong to the caller's scope. */
export function uploadPotentialGraph(
  device: Device,
  arrays: PotentialGraphArrays<Int32Array, Float32Array>,
): PotentialGraphTensors {
  const upload = (values: Int32Array): Tensor => tensor(device, values);
  const { occupations, sublattices, edges, features } = arrays;
  return {
    atomicNumbers: upload(arrays.atomicNumbers),
    ...(occupations ? { occupations: uploadOccupations(device, occupations) } : {}),
    graphOffsets: upload(arrays.graphOffsets),
    sublattices: { offsets: upload(sublattices.offsets), order: upload(sublattices.order) },
    edges: {
      edgeSource: upload(edges.edgeSource),
      edgeTarget: upload(edges.edgeTarget),
      targetOffsets: upload(edges.targetOffsets),
      sourceOffsets: upload(edges.sourceOffsets),
      sourceOrder: upload(edges.sourceOrder),
    },
    edgeMultiplicity: tensor(device, arrays.edgeMultiplicity),
    nodeOffsets: upload(arrays.nodeOffsets),
    features: {
      distance: tensor(device, features.distance),
      potential: tensor(device, features.potential),
      ofEdge: upload(features.ofEdge),
      offsets: upload(features.offsets),
      order: upload(features.order),
    },
  };
}
