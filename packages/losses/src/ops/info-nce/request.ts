import type { Tensor } from '@bravais/tensor-core';
import type { Scale } from './scale';

/** Whose rows are told from the rest: those of both embeddings, of the first (`forward`) or of the second (`backward`). */
export type Direction = 'both' | 'forward' | 'backward';

/** What a variant of the op is asked for. */
export interface Request {
  /** Embeddings `[P + E_a, D]`: the first P rows are pairs, the others only negatives. */
  readonly a: Tensor;
  /** `[P + E_b, D]`. */
  readonly b: Tensor;
  /** P. */
  readonly pairs: number;
  /** s = 1/τ, or log s as a tensor of rank 0. */
  readonly scale: Scale;
  /** m, what a pair's own cosine is lowered by. */
  readonly margin: number;
  /** Whether rows of a are told from the rest. */
  readonly forward: boolean;
  /** Whether rows of b are. */
  readonly backward: boolean;
  /** Most bytes of logits in memory at a time; they fit one storage binding. */
  readonly chunkBytes: number;
}

/** 2 P or P: of how many cross-entropies the loss is the mean. */
export function termsOf({ pairs, forward, backward }: Request): number {
  return (Number(forward) + Number(backward)) * pairs;
}

/** Which gradients are wanted. */
export interface Wanted {
  readonly a: boolean;
  readonly b: boolean;
  readonly scale: boolean;
}

/** dL/da and dL/db in the shapes of a and b, and dL/d(log s), one value; `null` where not wanted. */
export interface Gradients {
  readonly a: Tensor | null;
  readonly b: Tensor | null;
  readonly scale: Tensor | null;
}
