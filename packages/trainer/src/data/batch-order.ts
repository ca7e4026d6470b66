import { foldIn, type Key, permutation } from '@bravais/tensor-core/random';

/** Steps of one epoch: whole batches only; at least one, of whatever there is. */
export function stepsPerEpoch(materials: number, batchSize: number): number {
  return Math.max(1, Math.floor(materials / batchSize));
}

/** Positions of the materials in the batch of a step, counted from 0: the same for a step whatever was asked before. */
export interface BatchSequence {
  at(step: number): Int32Array;
}

/**
 * Which materials are in the batch of a step: a pure function of (key, step).
 *
 * Every epoch is a fresh permutation keyed by its number, of which the remainder past whole batches is left out. A
 * run resumed at any step therefore sees the same batches.
 */
export class BatchOrder implements BatchSequence {
  readonly #key: Key;
  readonly #materials: number;
  readonly #batchSize: number;
  #epoch = -1;
  #order: Int32Array = new Int32Array();

  constructor(key: Key, materials: number, batchSize: number) {
    this.#key = key;
    this.#materials = materials;
    this.#batchSize = Math.min(batchSize, materials);
  }

  /** Positions of the materials in the batch of a step, counted from 0. */
  at(step: number): Int32Array {
    const steps = stepsPerEpoch(this.#materials, this.#batchSize);
    const epoch = Math.floor(step / steps);
    if (epoch !== this.#epoch) {
      this.#order = permutation(foldIn(this.#key, epoch), this.#materials);
      this.#epoch = epoch;
    }
    const start = (step % steps) * this.#batchSize;
    return this.#order.slice(start, start + this.#batchSize);
  }
}
