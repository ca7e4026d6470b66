import type { Tensor } from '@bravais/tensor-core';
import type { Scale } from './scale';

/** What a variant of the op is asked for. */
export interface Request {
  /** Embeddings `[B, D]`. */
  readonly a: Tensor;
  readonly b: Tensor;
  /** s = 1/τ, or log s as a tensor of rank 0. */
  readonly scale: Scale;
  /** Most bytes of logits in memory at a time; they fit one storage binding. */
  readonly chunkBytes: number;
}

/** Which gradients are wanted. */
export interface Wanted {
  readonly a: boolean;
  readonly b: boolean;
  readonly scale: boolean;
}

/** dL/da and dL/db `[B, D]`, and dL/d(log s), one value; `null` where not wanted. */
export interface Gradients {
  readonly a: Tensor | null;
  readonly b: Tensor | null;
  readonly scale: Tensor | null;
}
