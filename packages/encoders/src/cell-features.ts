import { concat, exp, log, maximum, mul, split, sub, sum, type Tensor } from '@bravais/tensor-core';

/** No axis of a cell is shorter, in Å²: rows of zeros that stand for a missing cell stay finite. */
const LEAST_SQUARE = 1;

/**
 * [log a², log b², log c², cos α, cos β, cos γ] of unit cells: what does not depend on how a cell is turned.
 *
 * @param metric [B, 6] = a·a, b·b, c·c, b·c, a·c, a·b in Å²
 */
export function cellFeatures(metric: Tensor): Tensor {
  const [squares, products] = split(metric, [3, 3], 1) as [Tensor, Tensor];
  const logs = log(maximum(squares, LEAST_SQUARE));
  // cos α = b·c / √(b² c²) = b·c √(a² / (a² b² c²)), and so on.
  const scale = exp(mul(sub(logs, sum(logs, 1, { keepDims: true })), 0.5));
  return concat([logs, mul(products, scale)], 1);
}
