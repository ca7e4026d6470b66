import { exp, l2Normalize, minimum, mul, type Tensor } from '@bravais/tensor-core';
import { type LogitScale, MAX_LOG_SCALE } from './clip';
import { trilinearCrossEntropy } from './ops/trilinear/tensor-clip';
import type { TrilinearOptions } from './ops/trilinear/variant';

/**
 * L = mean over i and over the three modalities of [log Σ exp of slice i - T_iii] with T_abc = Σ_d x̂_ad ŷ_bd ẑ_cd / τ:
 * TensorCLIP, in which each member of a true triple is told from all B² triples that it could be part of.
 *
 * Rows are scaled to unit length first. Every pair of the other two modalities is a negative, pairs that share an index
 * with the positive included. T is never stored: memory grows with B², time with B³ D.
 *
 * A high T does not mean that three rows point the same way: for one unit vector three times it is Σ_d z_d³, and two of
 * the three may change sign.
 *
 * Shapes: x, y, z `[B, D]`, rows aligned, result a scalar. Source: MultiMat (arXiv 2312.00111, first version); Symile
 * (NeurIPS 2024) has the same objective.
 *
 * @param scale 1/τ, fixed or learned, as of `clip`
 * @throws {TensorError} `SHAPE`, `DTYPE`, `ARGUMENT`
 *
 * @example
 * ```ts
 * const loss = tensorClip(structure, spectrum, density, { temperature: 0.1 });
 * ```
 */
export function tensorClip(
  x: Tensor,
  y: Tensor,
  z: Tensor,
  scale: LogitScale,
  options: TrilinearOptions = {},
): Tensor {
  const [a, b, c] = [l2Normalize(x), l2Normalize(y), l2Normalize(z)];
  if (!('logScale' in scale)) {
    return trilinearCrossEntropy(a, b, c, { ...options, scale: 1 / scale.temperature });
  }
  const factor = exp(minimum(scale.logScale, MAX_LOG_SCALE));
  return trilinearCrossEntropy(mul(a, factor), b, c, options);
}
