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
}

/** Types an op; it is called through {@link apply}. */
export function defineOp<Attrs>(op: Op<Attrs>): Op<Attrs> {
  return op;
}
