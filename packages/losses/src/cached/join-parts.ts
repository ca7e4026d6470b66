import { concat, split, type Tensor, zeros } from '@bravais/tensor-core';
import type { Embeddings } from '../embeddings';
import { LossError } from '../errors';

/**
 * z_m = [z_m of part 0; z_m of part 1; …] for every modality m: embeddings `[n, D]` of the parts of a batch to `[B, D]`, rows in the
 * order of the parts.
 *
 * A part that lacks a modality which another has gets rows of zeros: tell the loss by its presence masks.
 *
 * @throws {LossError} `OPTION` for no parts, `TOO_FEW_MODALITIES` for a part without embeddings, `SHAPE` where embeddings of one
 * part differ in rows, or those of one modality in features
 *
 * @example
 * ```ts
 * const { structure } = joinParts([{ structure: first }, { structure: second }]);
 * ```
 */
export function joinParts(parts: readonly Embeddings[]): Embeddings {
  if (parts.length === 0) {
    throw new LossError('OPTION', 'joinParts: expected at least one part, got none.');
  }
  const rows = parts.map(rowsOf);
  const names = new Set(parts.flatMap((part) => Object.keys(part)));
  const joined = [...names].map((name) => [name, joinModality(parts, rows, name)] as const);
  return Object.fromEntries(joined);
}

/** Rows of `[B, D]` back to the parts they belong to, each with the modalities that it has: undoes {@link joinParts}. */
export function splitParts(joined: Embeddings, parts: readonly Embeddings[]): Embeddings[] {
  const rows = parts.map(rowsOf);
  const pieces = Object.entries(joined).map(([name, each]) => [name, split(each, rows)] as const);
  return parts.map((part, index) =>
    Object.fromEntries(
      pieces.filter(([name]) => name in part).map(([name, each]) => [name, each[index]!] as const),
    ),
  );
}

function joinModality(parts: readonly Embeddings[], rows: readonly number[], name: string): Tensor {
  const { device, shape } = parts.find((part) => part[name])![name]!;
  const features = shape[1]!;
  return concat(
    parts.map((part, index) => {
      const own = part[name];
      if (own && own.shape[1] !== features) {
        throw new LossError(
          'SHAPE',
          `joinParts: expected ${features} features of ${name} in every part, got ${own.shape[1]} in part ${index}.`,
        );
      }
      return own ?? zeros(device, [rows[index]!, features]);
    }),
  );
}

function rowsOf(part: Embeddings, index: number): number {
  const shapes = Object.entries(part).map(([name, { shape }]) => ({ name, shape }));
  const [first] = shapes;
  if (!first) {
    throw new LossError(
      'TOO_FEW_MODALITIES',
      `joinParts: expected an embedding of one modality or more in every part, got none in part ${index}. Leave the part out.`,
    );
  }
  const [rows] = first.shape;
  if (!shapes.every(({ shape }) => shape.length === 2 && shape[0] === rows)) {
    const got = shapes.map(({ name, shape }) => `[${shape.join(', ')}] for ${name}`).join(' and ');
    throw new LossError(
      'SHAPE',
      `joinParts: expected embeddings [n, D] of as many rows in part ${index}, got ${got}.`,
    );
  }
  return rows!;
}
