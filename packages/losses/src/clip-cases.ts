import { type Device, readAll, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { fc } from '@fast-check/vitest';
import type { AlignmentLoss } from './alignment-loss';
import { type ClipReferenceOptions, pairedRows, type Rows } from './reference/clip';

/** A batch of embeddings with the options of a loss, for tests of the CLIP family. */
export interface ClipCase {
  readonly embeddings: Readonly<Record<string, Rows>>;
  readonly options: ClipReferenceOptions;
}

const NAMES = ['structure', 'phononDos', 'text', 'density'];

/** What a row can be besides any: rows of zeros, long and short ones, and the one before it again. */
const KINDS = ['plain', 'plain', 'plain', 'zero', 'long', 'short', 'again'] as const;

/** Random B, D, temperature, margin, direction and masks, with at most so many modalities. */
export function clipCases(most: number): fc.Arbitrary<ClipCase> {
  return fc
    .record({
      count: fc.integer({ min: 2, max: most }),
      batch: fc.constantFrom(0, 1, 2, 3, 5, 8, 13, 33),
      dim: fc.constantFrom(1, 2, 3, 4, 6),
    })
    .chain(({ count, batch, dim }) => {
      const names = NAMES.slice(0, count);
      const element = fc.integer({ min: -1000, max: 1000 }).map((value) => Math.fround(value / 500));
      const row = fc.array(element, { minLength: dim, maxLength: dim });
      const rows = fc
        .array(fc.tuple(row, fc.constantFrom(...KINDS)), { minLength: batch, maxLength: batch })
        .map(shaped);
      const mask = fc.oneof(
        { weight: 4, arbitrary: fc.array(fc.constantFrom(0, 1, 1), { minLength: batch, maxLength: batch }) },
        { weight: 1, arbitrary: fc.constant(new Array<number>(batch).fill(0)) },
      );
      return fc.record({
        embeddings: fc.record(Object.fromEntries(names.map((name) => [name, rows]))),
        options: fc.record({
          temperature: fc.constantFrom(0.05, 0.2, 1),
          presence: fc.record(Object.fromEntries(names.map((name) => [name, mask])), { requiredKeys: [] }),
          direction: fc.constantFrom('both', 'both', 'forward', 'backward'),
          margin: fc.constantFrom(0, 0, 0.25, 1),
          unpaired: fc.constantFrom('ignore', 'negatives'),
        }),
      }) as fc.Arbitrary<ClipCase>;
    });
}

function shaped(rows: readonly (readonly [readonly number[], (typeof KINDS)[number]])[]): Rows {
  const factors = { plain: 1, zero: 0, long: 1e4, short: 1e-3, again: 1 };
  const made: (readonly number[])[] = [];
  for (const [row, kind] of rows) {
    const before = made.at(-1);
    made.push(kind === 'again' && before ? before : row.map((value) => Math.fround(value * factors[kind])));
  }
  return made;
}

/** Total, terms and gradients of a loss; of log(1/τ) too where the loss is given one. */
export async function evaluated(
  device: Device,
  embeddings: Readonly<Record<string, Rows>>,
  loss: (tree: Record<string, Tensor>, logScale: Tensor) => AlignmentLoss,
  logScale = 0,
): Promise<{
  total: number;
  terms: Record<string, number>;
  grads: Record<string, Float32Array>;
  ofScale: number;
}> {
  const tree = Object.fromEntries(
    Object.entries(embeddings).map(([name, rows]) => [
      name,
      tensor(device, Float32Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 3]),
    ]),
  );
  const parameters = { tree, logScale: tensor(device, [logScale]) };
  const { value, grads, aux } = valueAndGrad(parameters, (all) => {
    const { total, terms } = loss(all.tree, all.logScale);
    return { loss: total, aux: terms };
  });
  const named = aux!;
  const tensors = [value, grads.logScale, ...Object.values(named), ...Object.values(grads.tree)];
  const [total, ofScale, ...rest] = (await readAll(tensors)) as Float32Array[];
  for (const each of [...tensors, parameters.logScale, ...Object.values(tree)]) each.dispose();
  const terms = Object.keys(named).map((name, index) => [name, rest[index]![0]!] as const);
  const ofRows = Object.keys(tree).map((name, index) => [name, rest[terms.length + index]!] as const);
  return {
    ...{ total: total![0]!, ofScale: ofScale![0]! },
    ...{ terms: Object.fromEntries(terms), grads: Object.fromEntries(ofRows) },
  };
}

/**
 * The largest difference of a gradient from central differences of a float64 loss, over rows brought to length 1, as a
 * share of the largest element; 0 is taken as the gradient of a row of zeros. Where all of it is small, as for rows of
 * one column, whose direction cannot change, the share is that of a hundredth of 1 / (τ rows pairs), what one logit adds.
 */
export function gradientError(
  actual: Readonly<Record<string, Float32Array>>,
  embeddings: Readonly<Record<string, Rows>>,
  loss: (moved: Readonly<Record<string, Rows>>) => number,
  pairs: readonly (readonly [string, string])[],
  { temperature, presence }: ClipReferenceOptions,
): number {
  const sizes = pairs
    .map((pair) => pairedRows(embeddings, pair, presence).length)
    .filter((size) => size >= 2);
  let [largest, error] = [0.01 / (temperature * Math.min(...sizes, 33) * Math.max(1, sizes.length)), 0];
  for (const [name, rows] of Object.entries(embeddings)) {
    for (const [r, row] of rows.entries()) {
      const norm = Math.hypot(...row);
      const step = 1e-5 * norm;
      for (const k of row.keys()) {
        const moved = (by: number): number => {
          const changed = rows.map((each, i) =>
            i === r ? each.map((x, j) => (j === k ? x + by : x)) : each,
          );
          return loss({ ...embeddings, [name]: changed });
        };
        const expected = norm === 0 ? 0 : (moved(step) - moved(-step)) / 2e-5;
        const scaled = actual[name]![r * row.length + k]! * (norm === 0 ? 1 : norm);
        largest = Math.max(largest, Math.abs(expected));
        error = Math.max(error, Math.abs(scaled - expected));
      }
    }
  }
  return error / largest;
}
