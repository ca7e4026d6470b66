import { TensorError } from '../../errors';
import type { Tensor } from '../../tensor';
import { applyFused } from './callable';
import type { Expression } from './expression';
import { type Fused, fused } from './fused';
import { compile } from './program';

/** The elementwise function that {@link fuse} makes: as many tensors as the expression has names. */
export type FusedFunction<Inputs extends readonly Expression[]> = (
  ...inputs: { readonly [Index in keyof Inputs]: Tensor }
) => Tensor;

/**
 * One kernel for a chain of elementwise functions, and one for all its gradients.
 *
 * `expression` is called once, with an expression for each of its parameters, and writes the computation down
 * with the same functions that work on tensors. Intermediate values never reach memory; the gradient computes
 * them again. Shapes broadcast. Numbers become params of the kernel: another number is no new kernel. Best
 * kept in a module constant.
 *
 * @param name shown in errors, traces and profiles; by default the functions in order of computation
 * @throws {TensorError} `ARGUMENT` where the expression has no parameters or does not use one of them
 *
 * @example
 * ```ts
 * const gate = fuse((x, y) => mul(sigmoid(x), softplus(y)));
 * const message = gate(filter, core);
 * ```
 */
export function fuse<Inputs extends readonly Expression[]>(
  expression: (...inputs: Inputs) => Expression,
  name?: string,
): FusedFunction<Inputs> {
  const { computation, numbers } = trace(expression, name);
  return (...inputs) => applyFused(computation, inputs as readonly Tensor[], numbers);
}

/** Writes down what a function does with its parameters, and the numbers it does it with. */
export function trace<Inputs extends readonly Expression[]>(
  expression: (...inputs: Inputs) => Expression,
  name?: string,
): { computation: Fused; numbers: readonly number[] } {
  if (expression.length === 0) {
    throw new TensorError(
      'ARGUMENT',
      'fuse: expected a function with at least one named parameter, got none.',
    );
  }
  const inputs = Array.from(
    { length: expression.length },
    (_, index): Expression => ({ kind: 'input', index }),
  );
  const { program, numbers } = compile(
    expression(...(inputs as readonly Expression[] as Inputs)),
    inputs.length,
  );
  const title = name ?? program.instructions.map((line) => line.function.name).join(' ');
  const read = new Set(program.instructions.flatMap((line) => line.operands)).add(program.result);
  const unused = inputs.findIndex((_, index) => !read.has(`x${index}`));
  if (unused >= 0) {
    throw new TensorError(
      'ARGUMENT',
      `fuse: expected an expression that uses all its parameters, got ${title} without number ${unused + 1}. Leave it out.`,
    );
  }
  return { computation: fused(title, program), numbers };
}
