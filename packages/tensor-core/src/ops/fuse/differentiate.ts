import { callLine, type Line, operandSlots, valueLines } from './lines';
import type { Program, Slot } from './program';

/** The slot of the gradient that arrives at a program's result. */
export const ARRIVING: Slot = 'g';

/** A program with its gradient: values first, then the gradients against the order of computation. */
export interface Differentiated {
  readonly lines: readonly Line[];
  /** Where dL/d(input) is kept, `null` for inputs the result does not depend on smoothly. */
  readonly gradients: readonly (Slot | null)[];
}

/** Reverse mode over a program: each value's gradient is the sum over its uses. */
export function differentiate(program: Program): Differentiated {
  const lines = valueLines(program);
  const arrivals = new Map<Slot, Slot[]>([[program.result, [ARRIVING]]]);
  let count = 0;
  const total = (slot: Slot): Slot | null => {
    const parts = arrivals.get(slot);
    if (!parts) return null;
    if (parts.length === 1) return parts[0]!;
    const result = `d${count++}`;
    lines.push({ result, text: parts.join(' + '), reads: parts, callee: null });
    return result;
  };
  for (const { result, function: callee, operands } of [...program.instructions].reverse()) {
    const gradient = total(result);
    if (!gradient) continue;
    const slots = operandSlots(operands).set('y', result).set('g', gradient);
    callee.vjp.forEach((expression, position) => {
      const operand = operands[position]!;
      if (expression === null || operand.startsWith('n')) return;
      let part = gradient;
      if (expression !== 'g') {
        part = `d${count++}`;
        lines.push(callLine(part, callee, `vjp_${'abc'[position]}`, expression, slots));
      }
      const parts = arrivals.get(operand);
      if (parts) parts.push(part);
      else arrivals.set(operand, [part]);
    });
  }
  const gradients = Array.from({ length: program.inputs }, (_, index) => total(`x${index}`));
  return { lines, gradients };
}
