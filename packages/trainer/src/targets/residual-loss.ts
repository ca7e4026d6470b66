import { add, fuse, maximum, minimum, mul, square, sub, sum, type Tensor } from '@bravais/tensor-core';

/** Where the Huber loss turns from a square into a straight line, in deviations of the target. */
const HUBER_WIDTH = 0.1;

/** One loss a row, before the sum. */
type RowPenalty = (y: Tensor, t: Tensor, above: Tensor, below: Tensor) => Tensor;

/** Each row's penalty of what the prediction y lies above the label t, and of what it lies below, by name. */
const PENALTIES: Readonly<Record<'l1' | 'huber' | 'mse', RowPenalty>> = {
  l1: fuse(
    (y, t, above, below) => add(mul(above, maximum(sub(y, t), 0)), mul(below, maximum(sub(t, y), 0))),
    'l1',
  ),
  // r² / 2w within the width w, |r| - w/2 beyond it.
  huber: fuse((y, t, above, below) => {
    const [over, under] = [maximum(sub(y, t), 0), maximum(sub(t, y), 0)];
    const [overNear, underNear] = [minimum(over, HUBER_WIDTH), minimum(under, HUBER_WIDTH)];
    return add(
      mul(above, add(mul(square(overNear), 0.5 / HUBER_WIDTH), sub(over, overNear))),
      mul(below, add(mul(square(underNear), 0.5 / HUBER_WIDTH), sub(under, underNear))),
    );
  }, 'huber'),
  mse: fuse(
    (y, t, above, below) =>
      add(mul(above, square(maximum(sub(y, t), 0))), mul(below, square(maximum(sub(t, y), 0)))),
    'mse',
  ),
};

/**
 * Σ above · ρ(max(y - t, 0)) + below · ρ(max(t - y, 0)), with ρ(r) = r (`l1`), r² (`mse`), or Huber's with width 0.1.
 *
 * Equal weights give the plain weighted loss; a weight of 0 on one side makes the label a bound, on both sides leaves the row out.
 *
 * @param outputs y `[B, 1]`
 * @param values t `[B, 1]`
 * @param above weight `[B, 1]` of a prediction that is too large
 * @param below weight `[B, 1]` of one that is too small
 */
export function residualLoss(
  kind: keyof typeof PENALTIES,
  outputs: Tensor,
  values: Tensor,
  above: Tensor,
  below: Tensor,
): Tensor {
  return sum(PENALTIES[kind](outputs, values, above, below));
}
