import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import { distanceOrder } from './distance-order';
import type { GraphBatch } from './graph-batch';

/** What the device holds of a {@link GraphBatch}, as arrays of one kind; G graphs, N nodes, E edges. */
export interface GraphArrays<Integers, Floats> {
  /** i32 `[N]`. */
  readonly atomicNumbers: Integers;
  /** f32 `[E]`, Å. */
  readonly edgeDistance: Floats;
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
  /** i32 `[E]`: edge numbers by distance, ascending but for differences of a thousandth of the range. */
  readonly distanceOrder: Integers;
  /** i32 `[G + 1]`: nodes by graph. */
  readonly graphOffsets: Integers;
}

/** A batch on the device. */
export type GraphTensors = GraphArrays<Tensor, Tensor>;

/** The arrays of a batch on the host, under the names they have on the device: inputs of a captured step. */
export function graphArrays(batch: GraphBatch): GraphArrays<Int32Array, Float32Array> {
  return {
    atomicNumbers: batch.atomicNumbers,
    edgeDistance: batch.edgeDistance,
    edgeSource: batch.edgeSource,
    edgeTarget: batch.edgeTarget,
    targetOffsets: batch.targetOffsets,
    sourceOffsets: batch.bySource.offsets,
    sourceOrder: batch.bySource.edgeIds,
    distanceOrder: distanceOrder(batch.edgeDistance),
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
  { edgeDistance, ...integers }: GraphArrays<Int32Array, Float32Array>,
): GraphTensors {
  const upload = (values: Int32Array): Tensor => tensor(device, values);
  return {
    edgeDistance: tensor(device, edgeDistance),
    atomicNumbers: upload(integers.atomicNumbers),
    edgeSource: upload(integers.edgeSource),
    edgeTarget: upload(integers.edgeTarget),
    targetOffsets: upload(integers.targetOffsets),
    sourceOffsets: upload(integers.sourceOffsets),
    sourceOrder: upload(integers.sourceOrder),
    distanceOrder: upload(integers.distanceOrder),
    graphOffsets: upload(integers.graphOffsets),
  };
}
