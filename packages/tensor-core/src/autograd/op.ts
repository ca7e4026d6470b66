import type { DType } from '../dtype';
import type { Shape } from '../shape';
import type { Tensor } from '../tensor';

/** Type and extents of a tensor without its values. */
export interface TensorSpec {
  readonly dtype: DType;
  readonly shape: Shape;
}

/** What an op's gradient can use. All tensors are detached: nothing done with them is tracked. */
export interface VjpContext<Attrs> {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  /** What `forward` put aside. */
  readonly saved: readonly Tensor[];
  readonly attrs: Attrs;
  /** Which inputs a gradient is wanted for; others may be answered with `null`. */
  readonly needs: readonly boolean[];
  /**
   * Memory in which the gradient of an input is wanted, a tensor of its shape, or `null`. An op may write there and
   * return that tensor, or return another one, which is then copied.
   */
  readonly into: readonly (Tensor | null)[];
}

/**
 * One operation on tensors: its shape rule, its forward pass and its gradient.
 *
 * `vjp` is the vector-Jacobian product: from dL/d(output) to dL/d(input) for each input. `null` says aloud
 * that the op has no gradient.
 */
export interface Op<Attrs> {
  readonly name: string;
  /** Type and shape of the output; throws a `TensorError` that names the op on operands it cannot take. */
  shape(inputs: readonly TensorSpec[], attrs: Attrs): TensorSpec;
  /** Records the kernels. Returns the output, and tensors the gradient will want. */
  forward(
    inputs: readonly Tensor[],
    attrs: Attrs,
    output: TensorSpec,
  ): { output: Tensor; saved?: readonly Tensor[] };
  readonly vjp: ((context: VjpContext<Attrs>, grad: Tensor) => readonly (Tensor | null)[]) | null;
  /**
   * For ops whose gradients are views of dL/d(output): where dL/d(output) must be written so that they come to lie in
   * `into`; `null` where there is no such place.
   */
  readonly gradientPlace?: (
    inputs: readonly Tensor[],
    into: readonly (Tensor | null)[],
    output: TensorSpec,
  ) => Tensor | null;
}

/** Types an op; it is called through {@link apply}. */
export function defineOp<Attrs>(op: Op<Attrs>): Op<Attrs> {
  return op;
}
