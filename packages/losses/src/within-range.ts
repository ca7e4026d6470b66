import { clamp, type Tensor } from '@bravais/tensor-core';

/** 2^27 squares of numbers up to this one add up to a finite number. */
const LARGEST = 2 ** 50;

/** Numbers beyond ±2^50 as those, with gradient 0, so that sums of squares of any finite embedding are finite. */
export function withinRange(x: Tensor): Tensor {
  return clamp(x, -LARGEST, LARGEST);
}
