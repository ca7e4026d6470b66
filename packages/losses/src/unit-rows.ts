import {
  abs,
  type Expression,
  type FusedFunction,
  fuse,
  l2Normalize,
  max,
  maximum,
  mul,
  reciprocal,
  type Tensor,
} from '@bravais/tensor-core';

/** Norm below which rows are divided by it instead of by their own, as `l2Normalize` has it. */
const LEAST_NORM = 1e-12;

/** Keeps the largest float32 away from where GPUs take reciprocals for 0; a power of two, so that nothing is rounded. */
const STEP_DOWN = 2 ** -8;

const shrunk: FusedFunction<[Expression, Expression]> = fuse(
  (x: Expression, peak: Expression) =>
    mul(mul(x, STEP_DOWN), reciprocal(mul(maximum(peak, 2 * LEAST_NORM), STEP_DOWN))),
  'unit-rows-shrunk',
);

/**
 * x̂ = x / max(|x|, 1e-12) row by row, for every finite x: rows are divided by their largest element first, so that no square
 * overflows or vanishes. Rows of zeros stay zero, with zero gradient.
 */
export function unitRows(x: Tensor): Tensor {
  const peak = max(abs(x.detach()), 1, { keepDims: true });
  // |x / peak| is at least 1, or peak was the floor of 2e-12 and 1e-12 has become ½.
  return l2Normalize(shrunk(x, peak), { epsilon: 0.5 });
}
