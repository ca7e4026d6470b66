import { TensorError } from '@bravais/tensor-core';

/** @throws {TensorError} `ARGUMENT` for a size that is not a positive integer */
export function checkSizes(op: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (Number.isSafeInteger(value) && value > 0) continue;
    throw new TensorError('ARGUMENT', `${op}: ${name} must be a positive integer, got ${value}.`);
  }
}
