import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import { countedKinds } from './counted-kinds';
import { edgeKinds } from './edge-kinds';
import type { GraphBatch } from './graph-batch';

/** The edges of N nodes, sorted by receiver, in both directions. */
export interface EdgeArrays<Integers> {
  /** i32 `[E]`: the sender of each edge. */
  readonly edgeSource: Integers;
  /** i32 `[E]`: the receiver of each edge, ascending. */
  readonly edgeTarget: Integers;
  /** i32 `[N + 1]`: edges by receiver. */
  readonly targetOffsets: Integers;
  /** i32 `[N + 1]`: edges by sender, as positions in `sourceOrder`. */
  readonly sourceOffsets: Integers;
  /** i32 `[E]`: edge numbers sorted by sender. */
  readonly sourceOrder: Integers;
}

/** What the device holds of a {@link GraphBatch}, as arrays of one type; G graphs, N nodes, E edges. */
export interface GraphArrays<Integers, Floats> extends EdgeArrays<Integers> {
  /** i32 `[N]`; of one of the species where a site holds several. */
  readonly atomicNumbers: Integers;
  /** Species of every node; only where a crystal of the batch is disordered. */
  readonly occupations?: OccupationArrays<Integers, Floats>;
  /** f32 `[N · F]`, F features of each node; only where the crystals' graphs have them. */
  readonly siteFeatures?: Floats;
  /** f32 `[E]`: how many equal edges of a crystal each stands for. */
  readonly edgeMultiplicity: Floats;
  /** i32 `[E]`: kind + 2²⁴ · multiplicity. */
  readonly countedKind: Integers;
  /** Edges equally long: what follows from the distance alone is made once for each kind. */
  readonly kinds: DistanceKinds<Integers, Floats>;
  /** i32 `[G + 1]`: nodes by graph. */
  readonly graphOffsets: Integers;
}

/** Species of the nodes, M of them. */
export interface OccupationArrays<Integers, Floats> {
  /** i32 `[N + 1]`: species by node. */
  readonly offsets: Integers;
  /** i32 `[M]`. */
  readonly atomicNumbers: Integers;
  /** f32 `[M]`. */
  readonly occupancies: Floats;
}

/** Edges by distance, K of them. Symmetry makes most distances of a crystal occur many times over. */
export interface DistanceKinds<Integers, Floats> {
  /** f32 `[K]`, Å, ascending; the last may belong to no edge. */
  readonly distance: Floats;
  /** i32 `[E]`: the kind of each edge. */
  readonly ofEdge: Integers;
  /** i32 `[K + 1]`: edges by kind, as positions in `order`. */
  readonly offsets: Integers;
  /** i32 `[E]`: edge numbers sorted by kind. */
  readonly order: Integers;
}

/** What attributions vary of a batch on the device. */
export interface GatedSites {
  /** f32 `[N]`: scales the row of elements that each node starts with; all are 1 where left out, and 0 leaves a site without an element. */
  readonly siteGates?: Tensor;
}

/** A batch on the device. */
export type GraphTensors = GraphArrays<Tensor, Tensor> & GatedSites;

/** The arrays of a batch on the host, under the names they have on the device: inputs of a captured step. */
export function graphArrays(batch: GraphBatch): GraphArrays<Int32Array, Float32Array> {
  const kinds = edgeKinds(batch.edgeDistance);
  return {
    atomicNumbers: batch.atomicNumbers,
    ...(batch.occupations ? { occupations: batch.occupations } : {}),
    ...(batch.siteFeatures ? { siteFeatures: batch.siteFeatures } : {}),
    edgeSource: batch.edgeSource,
    edgeTarget: batch.edgeTarget,
    targetOffsets: batch.targetOffsets,
    sourceOffsets: batch.bySource.offsets,
    sourceOrder: batch.bySource.edgeIds,
    edgeMultiplicity: new Float32Array(batch.edgeMultiplicity),
    countedKind: countedKinds(kinds.ofEdge, batch.edgeMultiplicity),
    kinds,
    graphOffsets: batch.graphOffsets,
  };
}

/** Sends a batch to the device; the tensors belong to the caller's scope. */
export function uploadGraphs(device: Device, batch: GraphBatch): GraphTensors {
  return uploadGraphArrays(device, graphArrays(batch));
}

/** As {@link uploadGraphs}, from the arrays of a batch. */
export function uploadGraphArrays(
  device: Device,
  { kinds, occupations, siteFeatures, edgeMultiplicity, ...integers }: GraphArrays<Int32Array, Float32Array>,
): GraphTensors {
  const upload = (values: Int32Array): Tensor => tensor(device, values);
  return {
    atomicNumbers: upload(integers.atomicNumbers),
    ...(occupations ? { occupations: uploadOccupations(device, occupations) } : {}),
    ...(siteFeatures ? { siteFeatures: tensor(device, siteFeatures) } : {}),
    edgeSource: upload(integers.edgeSource),
    edgeTarget: upload(integers.edgeTarget),
    targetOffsets: upload(integers.targetOffsets),
    sourceOffsets: upload(integers.sourceOffsets),
    sourceOrder: upload(integers.sourceOrder),
    edgeMultiplicity: tensor(device, edgeMultiplicity),
    countedKind: upload(integers.countedKind),
    kinds: {
      distance: tensor(device, kinds.distance),
      ofEdge: upload(kinds.ofEdge),
      offsets: upload(kinds.offsets),
      order: upload(kinds.order),
    },
    graphOffsets: upload(integers.graphOffsets),
  };
}

/** Sends the species of nodes to the device; the tensors belong to the caller's scope. */
export function uploadOccupations(
  device: Device,
  { offsets, atomicNumbers, occupancies }: OccupationArrays<Int32Array, Float32Array>,
): OccupationArrays<Tensor, Tensor> {
  return {
    offsets: tensor(device, offsets),
    atomicNumbers: tensor(device, atomicNumbers),
    occupancies: tensor(device, occupancies),
  };
}
