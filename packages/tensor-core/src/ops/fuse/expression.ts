import type { ElementwiseFunction } from './elementwise-function';

/** An elementwise computation that has been written down but not run: what {@link fuse} traces. */
export type Expression =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'call';
      readonly function: ElementwiseFunction;
      readonly operands: readonly Expression[];
    };

/** The expression of a function applied to expressions and numbers. */
export function call(callee: ElementwiseFunction, operands: readonly (Expression | number)[]): Expression {
  return {
    kind: 'call',
    function: callee,
    operands: operands.map((operand) =>
      typeof operand === 'number' ? { kind: 'number', value: operand } : operand,
    ),
  };
}
