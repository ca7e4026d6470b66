import { foldIn, type Key, permutation } from '@bravais/tensor-core/random';

/** Steps of one epoch: whole batches only; at least one, of whatever there is. */
export function stepsPerEpoch(materials: number, batchSize: number): number {
  return Math.max(1, Math.floor(materials / batchSize));
}

/**
 * Positions of the materials in the batch of a step.
 *
 * A pure function of (key, step): every epoch is a fresh permutation keyed by its number, of which the
 * remainder past whole batches is left out. A run resumed at any step therefore sees the same batches.
 */
export function batchAt(key: Key, step: number, materials: number, batchSize: number): Int32Array {
  const size = Math.min(batchSize, materials);
  const steps = stepsPerEpoch(materials, batchSize);
  const order = permutation(foldIn(key, Math.floor(step / steps)), materials);
  const start = (step % steps) * size;
  return order.slice(start, start + size);
}
