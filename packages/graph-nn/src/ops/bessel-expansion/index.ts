import { defineOp, type Op, showShape, TensorError, type TensorSpec } from '@bravais/tensor-core';
import { besselExpansionForward } from './kernel';

/** Attributes of {@link besselExpansionOp}. */
export interface BesselExpansionAttrs {
  /** How many functions, N. */
  readonly functions: number;
  /** c, Å. */
  readonly cutoffAngstrom: number;
  /** p of the envelope, 1 at least. */
  readonly exponent: number;
  /** Whether distances are columns: `[N, K]` in place of `[K, N]`. */
  readonly transposed: boolean;
}

/**
 * e_n(d) = √(2/c) u_p(d/c) sin(n π d/c) / d for n = 1 … N and distances `[K]` in Å: `[K, N]` or `[N, K]`, 1/Å^(3/2).
 *
 * At d = 0 it is the limit √(2/c) n π/c, from d = c on 0. Distances are data: there is no gradient of them, and one that is asked
 * for throws NOT_DIFFERENTIABLE.
 *
 * Right to 5e-7 of its value at d = 0: the phase of the sine carries a few roundings.
 */
export const besselExpansionOp: Op<BesselExpansionAttrs> = defineOp({
  name: 'besselExpansion',
  shape([distance], { functions, transposed }) {
    const { dtype, shape } = distance as TensorSpec;
    if (dtype !== 'f32' || shape.length !== 1) {
      throw new TensorError(
        'SHAPE',
        `besselExpansion: expected f32 distances [K], got ${dtype} ${showShape(shape)}. Flatten them first.`,
      );
    }
    const count = shape[0]!;
    return { dtype: 'f32', shape: transposed ? [functions, count] : [count, functions] };
  },
  forward: ([distance], attrs, { shape }) => ({ output: besselExpansionForward(distance!, attrs, shape) }),
  vjp: null,
});
