import {
  matmul,
  mul,
  segmentMean,
  segmentSoftmax,
  segmentSum,
  type Tensor,
  TensorError,
} from '@bravais/tensor-core';
import { constant, type HostParameter } from '@bravais/tensor-core/nn';
import type { GraphTensors } from '../batch/graph-tensors';

/**
 * How the features x_i of sites become those of a crystal: `'mean'` (1/n) Σ x_i; `'attention'` Σ α_i x_i, α = softmax(a · x_i) over
 * the crystal; `'sum'` Σ x_i, which grows with the cell, so that a supercell does not embed as its primitive cell.
 */
export type Pooling = 'mean' | 'sum' | 'attention';

/** Parameters of attention. */
export interface AttentionPooling<P = Tensor> {
  /** a, `[1, W]`. */
  readonly weight: P;
}

/** The parameters that a pooling has: none but for attention, which starts as the mean. */
export function initPooling(
  pooling: Pooling | undefined,
  width: number,
): { readonly attention?: AttentionPooling<HostParameter> } {
  return pooling === 'attention' ? { attention: { weight: constant([1, width], 0) } } : {};
}

/**
 * Features of sites `[N, W]` to features of crystals `[G, W]`.
 *
 * @throws {TensorError} `ARGUMENT` where the parameters of attention are missing, or are there for another pooling
 */
export function pool(
  op: string,
  sites: Tensor,
  { graphOffsets }: Pick<GraphTensors, 'graphOffsets'>,
  pooling: Pooling = 'mean',
  attention?: AttentionPooling,
): Tensor {
  if ((pooling === 'attention') !== (attention !== undefined)) {
    throw new TensorError(
      'ARGUMENT',
      `${op}: expected parameters made for the pooling '${pooling}', got some ${attention ? 'with' : 'without'} attention. Give the same pooling to the parameters and to the input.`,
    );
  }
  if (pooling === 'sum') return segmentSum(sites, graphOffsets);
  if (!attention) return segmentMean(sites, graphOffsets);
  const scores = matmul(sites, attention.weight, { transposeB: true });
  return segmentSum(mul(sites, segmentSoftmax(scores, graphOffsets)), graphOffsets);
}
