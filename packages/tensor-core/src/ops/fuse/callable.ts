import { apply, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { Tensor } from '../../tensor';
import type { ElementwiseFunction } from './elementwise-function';
import { call, type Expression } from './expression';
import { application, single } from './forward';
import type { Fused } from './fused';
import { type ElementwiseAttrs, fusedOp } from './fused-op';

/** A function of one tensor, or of one expression inside `fuse`. */
export interface Unary {
  (x: Tensor): Tensor;
  (x: Expression): Expression;
}

/** A function of two tensors or numbers, or of two expressions or numbers inside `fuse`. Shapes broadcast. */
export interface Binary {
  (a: Tensor | number, b: Tensor | number): Tensor;
  (a: Expression | number, b: Expression | number): Expression;
}

/** What an elementwise function takes: at least one tensor, or at least one expression, and numbers. */
export type Operand = Tensor | Expression | number;

/** Applies a function to tensors at once, or writes it down where an operand is an expression. */
export function applyOrTrace(callee: ElementwiseFunction, operands: readonly Operand[]): Tensor | Expression {
  const tensors = operands.filter((operand) => operand instanceof Tensor).length;
  const expressions = operands.filter((operand) => typeof operand === 'object').length - tensors;
  if (expressions > 0 && tensors > 0) {
    throw new TensorError(
      'ARGUMENT',
      `${callee.name}: operands must be all tensors or all expressions, got both. Make the tensor a parameter of the fused function.`,
    );
  }
  if (expressions > 0) return call(callee, operands as readonly (Expression | number)[]);
  const { computation, inputs, numbers } = application(callee, operands as readonly (Tensor | number)[]);
  return applyFused(computation, inputs, numbers);
}

/** Applies a fused computation; a result without gradient, such as a mask, is not tracked. */
export function applyFused(
  computation: Fused,
  inputs: readonly Tensor[],
  numbers: readonly number[],
): Tensor {
  const op = fusedOp(computation);
  const untracked = op.vjp ? inputs : inputs.map((input) => (input.node ? input.detach() : input));
  return apply(op, untracked, { numbers });
}

/** The public form of a function of one operand. */
export function unary(callee: ElementwiseFunction): Unary {
  return ((x: Operand) => applyOrTrace(callee, [x])) as Unary;
}

/** The public form of a function of two operands. */
export function binary(callee: ElementwiseFunction): Binary {
  return ((a: Operand, b: Operand) => applyOrTrace(callee, [a, b])) as Binary;
}

/** The op behind a function: `kinds` says for each operand whether it is a tensor `x` or a number `n`. */
export function opOf(
  callee: ElementwiseFunction,
  kinds: string = 'x'.repeat(callee.vjp.length),
): Op<ElementwiseAttrs> {
  return fusedOp(single(callee, kinds));
}
