import { gatherRows, type Tensor, tensor } from '@bravais/tensor-core';
import { LossError } from './errors';

/** Which of the B materials have each modality (non-zero = present); a modality left out has all of them. */
export type Presence = Readonly<Record<string, ArrayLike<number>>>;

/** @throws {LossError} `SHAPE` where a mask has another length than the batch, `UNKNOWN_MODALITY` where it has no embedding. */
export function checkPresence(
  loss: string,
  presence: Presence,
  names: readonly string[],
  batch: number,
): void {
  for (const [name, mask] of Object.entries(presence)) {
    if (!names.includes(name)) {
      throw new LossError(
        'UNKNOWN_MODALITY',
        `${loss}: expected presence masks of ${names.join(', ')}, got one of ${name}. Name it as its embedding.`,
      );
    }
    if (mask.length !== batch) {
      throw new LossError(
        'SHAPE',
        `${loss}: expected a presence mask of ${batch} rows for ${name}, got ${mask.length}.`,
      );
    }
  }
}

/** Whether a material has a modality. */
export function isPresent(presence: Presence, name: string, row: number): boolean {
  return (presence[name]?.[row] ?? 1) !== 0;
}

/** The rows of the materials that have every one of the modalities, in order. */
export function rowsWithAll(presence: Presence, names: readonly string[], batch: number): number[] {
  return Array.from({ length: batch }, (_, row) => row).filter((row) =>
    names.every((name) => isPresent(presence, name, row)),
  );
}

/** The given rows of an embedding; the embedding itself where they are all of its rows in order. */
export function takeRows(embedding: Tensor, rows: readonly number[]): Tensor {
  const whole = rows.length === embedding.shape[0] && rows.every((row, index) => row === index);
  return whole ? embedding : gatherRows(embedding, tensor(embedding.device, Int32Array.from(rows)));
}
