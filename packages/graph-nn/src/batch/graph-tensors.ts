import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import type { GraphBatch } from './graph-batch';

/** A {@link GraphBatch} on the device; G graphs, N nodes, E edges. */
export interface GraphTensors {
  readonly graphCount: number;
  /** i32 `[N]`. */
  readonly atomicNumbers: Tensor;
  /** f32 `[E]`, Å. */
  readonly edgeDistance: Tensor;
  /** i32 `[E]`: the sender of each edge. */
  readonly edgeSource: Tensor;
  /** i32 `[E]`: the receiver of each edge, ascending. */
  readonly edgeTarget: Tensor;
  /** i32 `[N + 1]`: edges by receiver. */
  readonly targetOffsets: Tensor;
  /** i32 `[N + 1]`: edges by sender, as positions in `sourceOrder`. */
  readonly sourceOffsets: Tensor;
  /** i32 `[E]`: edge numbers sorted by sender. */
  readonly sourceOrder: Tensor;
  /** i32 `[G + 1]`: nodes by graph. */
  readonly graphOffsets: Tensor;
}

/** Sends a batch to the device; the tensors belong to the caller's scope. */
export function uploadGraphs(device: Device, batch: GraphBatch): GraphTensors {
  return {
    graphCount: batch.graphCount,
    atomicNumbers: tensor(device, batch.atomicNumbers),
    edgeDistance: tensor(device, batch.edgeDistance),
    edgeSource: tensor(device, batch.edgeSource),
    edgeTarget: tensor(device, batch.edgeTarget),
    targetOffsets: tensor(device, batch.targetOffsets),
    sourceOffsets: tensor(device, batch.bySource.offsets),
    sourceOrder: tensor(device, batch.bySource.edgeIds),
    graphOffsets: tensor(device, batch.graphOffsets),
  };
}
