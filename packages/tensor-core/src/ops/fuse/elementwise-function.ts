/**
 * A function applied to each element, as the fuser composes it. All WGSL is over `vec4f`: four neighbouring
 * elements at once.
 *
 * Names usable in the expressions: the operands `a`, `b`, `c` in order, and in `vjp` also `y`, the value, and
 * `g`, the gradient with respect to it.
 */
export interface ElementwiseFunction {
  /** The op's name; also the stem of its WGSL functions. */
  readonly name: string;
  /** WGSL expression of the value. */
  readonly value: string;
  /**
   * WGSL expression of `g * d(value)/d(operand)` for each operand, `null` where the derivative is zero or
   * undefined everywhere. The text `g` alone hands the gradient through without a kernel.
   */
  readonly vjp: readonly (string | null)[];
  /** WGSL functions that the expressions call, each text written once per kernel. */
  readonly uses?: readonly string[];
  /** The same value in float64: the reference of its tests. */
  readonly reference: (...operands: number[]) => number;
}

/** Names of the operands in WGSL, by position. */
export const OPERANDS: readonly string[] = ['a', 'b', 'c'];
