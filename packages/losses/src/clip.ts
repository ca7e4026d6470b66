import {
  add,
  exp,
  l2Normalize,
  logSumExp,
  matmul,
  mean,
  minimum,
  mul,
  sub,
  sum,
  type Tensor,
} from '@bravais/tensor-core';

/** Largest factor a learned temperature may reach: log 100, as in CLIP. */
export const MAX_LOG_SCALE: number = Math.log(100);

/** 1/τ: fixed, or learned as a tensor that holds log(1/τ), clamped to at most log 100. */
export type LogitScale = { readonly temperature: number } | { readonly logScale: Tensor };

/**
 * L = ½ [ mean_i CE(S_i·, i) + mean_j CE(S_·j, j) ] with S = ẑ_a ẑ_bᵀ / τ: symmetric InfoNCE.
 *
 * Row i of both is the same material; all other rows of the batch are negatives. Rows are scaled to unit
 * length first. CE(s, i) = log Σ exp(s) - s_i, computed with the maximum subtracted.
 *
 * Shapes: a, b `[B, D]`, result a scalar. Source: Radford et al., ICML 2021, figure 3; MultiMat (arXiv
 * 2312.00111) uses τ = 0.2.
 *
 * @example
 * ```ts
 * const loss = clip(structureEmbedding, spectrumEmbedding, { temperature: 0.07 });
 * ```
 */
export function clip(a: Tensor, b: Tensor, scale: LogitScale): Tensor {
  const za = l2Normalize(a);
  const zb = l2Normalize(b);
  const cosine = matmul(za, zb, { transposeB: true });
  const factor = 'logScale' in scale ? exp(minimum(scale.logScale, MAX_LOG_SCALE)) : 1 / scale.temperature;
  const logits = mul(cosine, factor);
  const positives = mul(sum(mul(za, zb), 1), factor);
  const rows = mean(sub(logSumExp(logits, 1), positives));
  const columns = mean(sub(logSumExp(logits, 0), positives));
  return mul(add(rows, columns), 0.5);
}
