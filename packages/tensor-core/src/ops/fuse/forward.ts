import { TensorError } from '../../errors';
import { broadcastShapes } from '../../shape';
import type { Tensor } from '../../tensor';
import type { ElementwiseFunction } from './elementwise-function';
import { call, type Expression } from './expression';
import { type Fused, fused } from './fused';
import { launch } from './launch';
import { compile, type Slot } from './program';

/** Value of a fused computation on tensors; nothing is tracked. */
export function value(computation: Fused, inputs: readonly Tensor[], numbers: readonly number[]): Tensor {
  const shape = broadcastShapes(
    computation.name,
    inputs.map((input) => input.shape),
  );
  return launch(computation.value, shape, tensorSlots(inputs), numberSlots(numbers))[0]!;
}

/** The tensor in each input slot. */
export function tensorSlots(inputs: readonly Tensor[]): Map<Slot, Tensor> {
  return new Map(inputs.map((input, index) => [`x${index}`, input]));
}

/** The value in each number slot. */
export function numberSlots(numbers: readonly number[]): Map<Slot, number> {
  return new Map(numbers.map((number, index) => [`n${index}`, number]));
}

/** A call of one function: which operands are tensors, which numbers, and what computes it. */
export interface Application {
  readonly computation: Fused;
  readonly inputs: readonly Tensor[];
  readonly numbers: readonly number[];
}

/** Sorts the operands of one function into tensors and numbers. */
export function application(
  callee: ElementwiseFunction,
  operands: readonly (Tensor | number)[],
): Application {
  const inputs: Tensor[] = [];
  const numbers: number[] = [];
  let key = '';
  for (const operand of operands) {
    if (typeof operand === 'number') numbers.push(operand);
    else inputs.push(operand);
    key += typeof operand === 'number' ? 'n' : 'x';
  }
  if (inputs.length === 0) {
    throw new TensorError(
      'ARGUMENT',
      `${callee.name}: expected at least one tensor, got numbers only. Compute it on the host.`,
    );
  }
  return { computation: single(callee, key), inputs, numbers };
}

const singles = new WeakMap<ElementwiseFunction, Map<string, Fused>>();

/** The computation of one function; `kinds` says for each operand whether it is a tensor `x` or a number `n`. */
export function single(callee: ElementwiseFunction, kinds: string): Fused {
  let variants = singles.get(callee);
  if (!variants) {
    variants = new Map();
    singles.set(callee, variants);
  }
  let found = variants.get(kinds);
  if (!found) {
    let inputs = 0;
    const operands = [...kinds].map((kind): Expression | number =>
      kind === 'n' ? 0 : { kind: 'input', index: inputs++ },
    );
    found = fused(callee.name, compile(call(callee, operands), inputs).program, `${callee.name}(${kinds})`);
    variants.set(kinds, found);
  }
  return found;
}

/** Applies one function to tensors and numbers; nothing is tracked. */
export function applyFunction(callee: ElementwiseFunction, operands: readonly (Tensor | number)[]): Tensor {
  const { computation, inputs, numbers } = application(callee, operands);
  return value(computation, inputs, numbers);
}
