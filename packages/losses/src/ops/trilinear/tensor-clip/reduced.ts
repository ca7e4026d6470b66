import { type Device, empty, type Tensor, VIEW_ALIGNMENT_BYTES } from '@bravais/tensor-core';

/** Floats from one axis' term to the next, so that each is a view. */
export const TERM_STRIDE: number = VIEW_ALIGNMENT_BYTES / 4;

/** What a pass over T comes to. */
export interface Reduced {
  /** []. */
  readonly loss: Tensor;
  /** log Σ exp of the slices of each axis, f32 [3, N']. */
  readonly logSums: Tensor;
  /** The mean cross-entropy of each axis, f32 [3, {@link TERM_STRIDE}], at the start of its row. */
  readonly terms: Tensor;
}

/** Memory for {@link Reduced.terms}. */
export function emptyTerms(device: Device): Tensor {
  return empty(device, [3, TERM_STRIDE], 'f32', 'tensorClip terms');
}

/** The term of each axis as a scalar. */
export function termsOf(terms: Tensor): [a: Tensor, b: Tensor, c: Tensor] {
  const term = (axis: number): Tensor => terms.view([], null, axis * VIEW_ALIGNMENT_BYTES);
  return [term(0), term(1), term(2)];
}
