import { key } from '@bravais/tensor-core/random';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { BatchOrder, elementPropertyTable, fitStandardizer, standardize, stepsPerEpoch } from '.';

describe('BatchOrder', () => {
  const run = fc.record({
    seed: fc.nat(1000),
    materials: fc.integer({ min: 1, max: 60 }),
    batchSize: fc.integer({ min: 1, max: 70 }),
    epoch: fc.nat(5),
  });

  test.prop([run])(
    'an epoch visits no material twice, and all but the remainder',
    ({ seed, materials, batchSize, epoch }) => {
      const steps = stepsPerEpoch(materials, batchSize);
      const order = new BatchOrder(key(seed), materials, batchSize);
      const batches = Array.from({ length: steps }, (_, i) => [...order.at(epoch * steps + i)]);
      const seen = batches.flat();
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.every((row) => row >= 0 && row < materials)).toBe(true);
      expect(materials - seen.length).toBeLessThan(Math.max(1, Math.min(batchSize, materials)));
      expect(batches.every((batch) => batch.length === Math.min(batchSize, materials))).toBe(true);
    },
  );

  it('is another order in every epoch and for every key', () => {
    const order = (seed: number, epoch: number) => [...new BatchOrder(key(seed), 50, 50).at(epoch)].join();
    expect(new Set([order(0, 0), order(0, 1), order(1, 0)]).size).toBe(3);
  });

  test.prop([run, fc.array(fc.nat(30), { maxLength: 12 })])(
    'gives a step the same batch whatever was asked before',
    ({ seed, materials, batchSize }, steps) => {
      const order = new BatchOrder(key(seed), materials, batchSize);
      for (const step of steps) {
        expect(order.at(step)).toEqual(new BatchOrder(key(seed), materials, batchSize).at(step));
      }
    },
  );
});

describe('standardize', () => {
  const rows = fc.array(fc.float32Array({ minLength: 4, maxLength: 4, noNaN: true, min: -1e4, max: 1e4 }), {
    minLength: 2,
    maxLength: 30,
  });

  test.prop([rows, fc.array(fc.nat(119), { maxLength: 20 })])(
    'passes over what is not known: the rest of a column counts as if it stood alone, and NaN becomes the mean',
    (whole, holes) => {
      const holed = whole.map((row) => row.slice());
      for (const hole of holes) {
        const row = holed[hole % holed.length]!;
        if (hole % holed.length > 0) row[hole % 4] = Number.NaN;
      }
      const fitted = fitStandardizer(holed);
      const matrix = standardize(fitted, holed);
      for (let column = 0; column < 4; column++) {
        const known = holed.filter((row) => !Number.isNaN(row[column]!));
        const alone = fitStandardizer(known);
        expect([fitted.mean[column], fitted.scale[column]]).toEqual([
          alone.mean[column],
          alone.scale[column],
        ]);
        holed.forEach((row, at) => {
          if (Number.isNaN(row[column]!)) expect(matrix[4 * at + column]).toBe(0);
        });
      }
    },
  );

  test.prop([rows])(
    'gives each varying column mean 0 and deviation 1 on what it was fitted on, apart from cut values',
    (fitted) => {
      const standardizer = fitStandardizer(fitted);
      const matrix = standardize(standardizer, fitted);
      for (let column = 0; column < 4; column++) {
        const values = fitted.map((_, row) => matrix[4 * row + column]!);
        expect(values.every((value) => Math.abs(value) <= 6)).toBe(true);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        // The stored mean is a float32: its rounding counts where a column varies little.
        const rounding = (Math.abs(standardizer.mean[column]!) * 2 ** -23) / standardizer.scale[column]!;
        expect(Math.abs(mean)).toBeLessThan(rounding + 1e-4);
        expect(variance).toBeLessThan(1.01 + rounding);
      }
    },
  );

  it('leaves leading columns as they are where asked to', () => {
    const rows = [Float32Array.of(5, 1), Float32Array.of(2, 3)];
    expect([...standardize(fitStandardizer(rows, 1), rows)]).toEqual([5, -1, 2, 1]);
  });

  it('leaves a column that does not vary at 0, and cuts a jump', () => {
    const standardizer = fitStandardizer([Float32Array.of(5, 1), Float32Array.of(5, 3)]);
    expect([...standardize(standardizer, [Float32Array.of(5, 2), Float32Array.of(1e9, 3)])]).toEqual([
      0, 0, 6, 1,
    ]);
  });
});

it('the property table has a finite number for every element', () => {
  const { names, values } = elementPropertyTable();
  expect(values.length).toBe(118 * names.length);
  expect(Array.from(values).every(Number.isFinite)).toBe(true);
});
