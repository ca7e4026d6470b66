import { type ElementwiseFunction, OPERANDS } from './elementwise-function';
import type { Program, Slot } from './program';

/** A small WGSL function over `vec4f`, made of one expression of an {@link ElementwiseFunction}. */
export interface WgslFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly expression: string;
  readonly uses: readonly string[];
}

/** `let result = text;` in a kernel, and what the text refers to. */
export interface Line {
  readonly result: Slot;
  readonly text: string;
  readonly reads: readonly Slot[];
  readonly callee: WgslFunction | null;
}

/** Calls the part of `from` that `expression` states; `slots` says where each name it may use is kept. */
export function callLine(
  result: Slot,
  from: ElementwiseFunction,
  part: string,
  expression: string,
  slots: ReadonlyMap<string, Slot>,
): Line {
  const parameters = [...slots.keys()].filter((name) => mentions(expression, name));
  const reads = parameters.map((name) => slots.get(name)!);
  const callee = { name: `${from.name}_${part}`, parameters, expression, uses: from.uses ?? [] };
  return { result, text: `${callee.name}(${reads.join(', ')})`, reads, callee };
}

/** The lines that compute every value of a program. */
export function valueLines({ instructions }: Program): Line[] {
  return instructions.map(({ result, function: callee, operands }) =>
    callLine(result, callee, 'value', callee.value, operandSlots(operands)),
  );
}

/** Operand names of a function call and where they are kept. */
export function operandSlots(operands: readonly Slot[]): Map<string, Slot> {
  return new Map(operands.map((slot, position) => [OPERANDS[position]!, slot]));
}

/** The lines that `results` need, directly or through others, in order. */
export function linesFor(lines: readonly Line[], results: readonly Slot[]): Line[] {
  const wanted = new Set(results);
  const kept: Line[] = [];
  for (const line of [...lines].reverse()) {
    if (!wanted.has(line.result)) continue;
    for (const slot of line.reads) wanted.add(slot);
    kept.push(line);
  }
  return kept.reverse();
}

function mentions(expression: string, name: string): boolean {
  return new RegExp(`(?<![\\w.])${name}\\b`).test(expression);
}
