import type { ElementwiseFunction } from './elementwise-function';
import type { Expression } from './expression';

/** Where a value of a program is kept: input `x0`, number `n0`, intermediate value `v0`. */
export type Slot = string;

/** `result = function(operands)` over four elements. */
export interface Instruction {
  readonly result: Slot;
  readonly function: ElementwiseFunction;
  readonly operands: readonly Slot[];
}

/** An expression in the order of its computation, each shared part once. */
export interface Program {
  readonly inputs: number;
  /** How many numbers the kernel takes as params; their values belong to a call, not to the program. */
  readonly numbers: number;
  readonly instructions: readonly Instruction[];
  readonly result: Slot;
}

/** Writes an expression down as a program, with the values of the numbers in it. */
export function compile(root: Expression, inputs: number): { program: Program; numbers: readonly number[] } {
  const slots = new Map<Expression, Slot>();
  const known = new Map<string, Slot>();
  const numbers: number[] = [];
  const instructions: Instruction[] = [];
  const slotOf = (expression: Expression): Slot => {
    const found = slots.get(expression);
    if (found) return found;
    const slot = place(expression);
    slots.set(expression, slot);
    return slot;
  };
  const place = (expression: Expression): Slot => {
    switch (expression.kind) {
      case 'input':
        return `x${expression.index}`;
      case 'number':
        return `n${numbers.push(expression.value) - 1}`;
      case 'call': {
        const operands = expression.operands.map(slotOf);
        const key = `${expression.function.name}(${operands.join()})`;
        const same = known.get(key);
        if (same) return same;
        const result = `v${instructions.length}`;
        known.set(key, result);
        instructions.push({ result, function: expression.function, operands });
        return result;
      }
    }
  };
  const result = slotOf(root);
  return { program: { inputs, numbers: numbers.length, instructions, result }, numbers };
}

/** Text that two programs share exactly when they compute the same. */
export function programKey({ inputs, numbers, instructions, result }: Program): string {
  const lines = instructions.map((line) => `${line.result}=${line.function.name}(${line.operands.join()})`);
  return `${inputs} ${numbers} ${lines.join(' ')} ${result}`;
}
