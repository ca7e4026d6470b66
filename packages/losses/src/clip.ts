import type { Tensor } from '@bravais/tensor-core';
import { infoNce } from './ops/info-nce';

export { MAX_LOG_SCALE } from './ops/info-nce';

/** 1/τ: fixed, or learned as a tensor that holds log(1/τ), clamped to at most log 100. */
export type LogitScale = { readonly temperature: number } | { readonly logScale: Tensor };

/** How {@link clip} runs. */
export interface ClipOptions {
  /** Most bytes of logits in memory at a time. Default 64 MiB, all logits of B = 4,096. */
  readonly chunkBytes?: number;
}

/**
 * L = ½ [ mean_i CE(S_i·, i) + mean_j CE(S_·j, j) ] with S = ẑ_a ẑ_bᵀ / τ: symmetric InfoNCE.
 *
 * Row i of both is the same material; all other rows of the batch are negatives. Rows are scaled to unit
 * length first. CE(s, i) = log Σ exp(s) - s_i, computed with the maximum subtracted. Forward and gradient take
 * memory in proportion to `chunkBytes`, not to B².
 *
 * Shapes: a, b `[B, D]`, result a scalar. Source: Radford et al., ICML 2021, figure 3; MultiMat (arXiv
 * 2312.00111) uses τ = 0.2.
 *
 * @throws {TensorError} `SHAPE` where a and b differ in shape or are empty, `DTYPE`, `ARGUMENT` for a temperature
 * that is not positive
 *
 * @example
 * ```ts
 * const loss = clip(structureEmbedding, spectrumEmbedding, { temperature: 0.07 });
 * ```
 */
export function clip(a: Tensor, b: Tensor, scale: LogitScale, options: ClipOptions = {}): Tensor {
  return infoNce(a, b, 'logScale' in scale ? scale.logScale : 1 / scale.temperature, options.chunkBytes);
}
