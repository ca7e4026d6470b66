import { type Device, readAll, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { sampleUniform } from '@bravais/tensor-core/testing';
import { fc } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { AlignmentLoss } from '../alignment-loss';
import { dot, type HostEmbeddings, type Rows } from './references/vectors';

/** Value, terms and gradients of a loss, read back. */
export interface Run {
  readonly value: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly gradients: Readonly<Record<string, Float32Array>>;
}

/** Runs a loss on host values; scalars besides the embeddings come as `[[value]]`. Leaves nothing on the device. */
export async function run(
  device: Device,
  embeddings: HostEmbeddings,
  loss: (tree: Record<string, Tensor>) => AlignmentLoss,
): Promise<Run> {
  const names = Object.keys(embeddings);
  const before = device.stats.liveBuffers;
  const tree = Object.fromEntries(names.map((name) => [name, upload(device, embeddings[name]!)]));
  const { value, grads, aux } = valueAndGrad(tree, (tracked) => {
    const { total, terms } = loss(tracked);
    return { loss: total, aux: terms };
  });
  const [termNames, gradientNames] = [Object.keys(aux!), Object.keys(grads)];
  const tensors = [value, ...Object.values(aux!), ...Object.values(grads)];
  const [total, ...read] = await readAll(tensors);
  for (const each of [...tensors, ...Object.values(tree)]) each.dispose();
  expect(device.stats.liveBuffers).toBe(before);
  return {
    value: total![0]!,
    terms: Object.fromEntries(termNames.map((name, index) => [name, read[index]![0]!])),
    gradients: Object.fromEntries(
      gradientNames.map((name, index) => [name, read[termNames.length + index] as Float32Array]),
    ),
  };
}

/** Rows on the device, where there are none as [0, D]. */
export function upload(device: Device, rows: Rows): Tensor {
  return tensor(device, Float32Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 4]);
}

/**
 * Expects the value and every gradient of a loss to be those of its float64 form, to 1e-4.
 *
 * Gradients are compared times the length of their row (they go as 1 / |x|), against central differences of the reference.
 * Each is a sum of up to `termSize`, and roundings are in proportion to that. Rows of zeros have gradient 0.
 */
export async function expectReference(
  device: Device,
  embeddings: HostEmbeddings,
  loss: (tree: Record<string, Tensor>) => AlignmentLoss,
  reference: (embeddings: HostEmbeddings) => number,
  termSize: number,
): Promise<void> {
  const { value, gradients } = await run(device, embeddings, loss);
  const expected = reference(embeddings);
  expect(Math.abs(value - expected), `value ${value}, expected ${expected}`).toBeLessThanOrEqual(
    1e-4 * Math.max(Math.abs(expected), 0.1 * termSize),
  );
  for (const [name, rows] of Object.entries(embeddings)) {
    const wanted = scaledDifferences(rows, (moved) => reference({ ...embeddings, [name]: moved }));
    const largest = Math.max(termSize / rows.length, ...wanted.flat().map(Math.abs));
    for (const [r, row] of rows.entries()) {
      const length = Math.sqrt(dot(row, row));
      for (const [k, want] of wanted[r]!.entries()) {
        const got = gradients[name]![r * row.length + k]! * length;
        const allowed = 1e-4 * (Math.abs(want) + largest);
        expect(Math.abs(got - want), `${name}[${r}, ${k}]: ${got}, expected ${want}`).toBeLessThanOrEqual(
          allowed,
        );
      }
    }
  }
}

/** |x| dL/dx by central differences in float64; 0 for rows of zeros. */
function scaledDifferences(rows: Rows, loss: (moved: Rows) => number): number[][] {
  return rows.map((row, r) => {
    const length = Math.sqrt(dot(row, row));
    if (length === 0) return row.map(() => 0);
    return row.map((_, k) => {
      const moved = (step: number): Rows =>
        rows.map((each, i) => (i === r ? each.map((x, j) => (j === k ? x + step * length : x)) : each));
      return (loss(moved(1e-5)) - loss(moved(-1e-5))) / 2e-5;
    });
  });
}

/** Rows with values in [-1, 1), exact in float32. */
export function sampleRows(batch: number, features: number, seed: number): Rows {
  const values = sampleUniform([batch, features], seed, -1, 1);
  return Array.from({ length: batch }, (_, row) => [
    ...values.subarray(row * features, (row + 1) * features),
  ]);
}

/** A batch with masks and odd rows: what every loss must bear. */
export interface OddBatch {
  readonly embeddings: HostEmbeddings;
  readonly presence: Readonly<Record<string, number[]>>;
  readonly temperature: number;
}

/** What may befall a row: as it is, equal to the row before it, equal to the first modality's, scaled, or zero. */
const FATES = ['plain', 'plain', 'duplicate', 'agreeing', 'huge', 'tiny', 'zero'] as const;

/** Batches of 1 to 6 rows of 4 to 7 features in 2 to `most` modalities, with any masks, duplicates, huge, tiny and zero rows. */
export function oddBatch(most: number): fc.Arbitrary<OddBatch> {
  return fc
    .record({
      batch: fc.integer({ min: 1, max: 6 }),
      features: fc.integer({ min: 4, max: 7 }),
      seed: fc.nat(9999),
      temperature: fc.constantFrom(0.1, 0.2, 0.5, 1),
      fates: fc.array(fc.array(fc.constantFrom(...FATES), { minLength: 6, maxLength: 6 }), {
        minLength: 2,
        maxLength: most,
      }),
      masks: fc.array(fc.option(fc.array(fc.constantFrom(0, 1, 1), { minLength: 6, maxLength: 6 })), {
        minLength: most,
        maxLength: most,
      }),
    })
    .map(({ batch, features, seed, temperature, fates, masks }) => {
      const first = sampleRows(batch, features, seed);
      const names = fates.map((_, m) => 'abcdefgh'[m]!);
      const embeddings = Object.fromEntries(
        fates.map((ofRows, m) => [
          names[m]!,
          befallen(first, sampleRows(batch, features, seed + 7 * m), ofRows),
        ]),
      );
      const presence = Object.fromEntries(
        names.flatMap((name, m) => (masks[m] ? [[name, masks[m].slice(0, batch)]] : [])),
      );
      return { embeddings, presence, temperature };
    });
}

function befallen(first: Rows, rows: Rows, fates: readonly (typeof FATES)[number][]): Rows {
  return rows.map((row, r) => {
    switch (fates[r]) {
      case 'duplicate':
        return rows[Math.max(0, r - 1)]!;
      case 'agreeing':
        return first[r]!;
      case 'huge':
        return row.map((value) => Math.fround(value * 1e30));
      case 'tiny':
        return row.map((value) => Math.fround(value * 1e-9));
      case 'zero':
        return row.map(() => 0);
      default:
        return row;
    }
  });
}

/** The rows of a batch in another order. */
export function reordered(embeddings: HostEmbeddings, order: readonly number[]): HostEmbeddings {
  return Object.fromEntries(
    Object.entries(embeddings).map(([name, rows]) => [name, order.map((row) => rows[row]!)]),
  );
}
