import type { Tensor } from '@bravais/tensor-core';

/** What a step hands back, valid until the next one. */
export interface StepResult {
  readonly loss: Tensor;
  /** Before clipping. */
  readonly gradientNorm: Tensor;
  /** What the loss is the mean of, by name: `structure|text`. */
  readonly terms: Readonly<Record<string, Tensor>>;
}
