import type { Device } from '@bravais/tensor-core';
import { describeOp, firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { infoNceOp } from '.';
import { infoNceReference } from './reference';
import type { Direction } from './request';
import { attrs, reference, run, VARIANTS } from './testing';

const DIRECTIONS: readonly Direction[] = ['both', 'forward', 'backward'];

/** Rows of a, rows of b, columns, pairs. */
const small = [
  [5, 5, 4, 5],
  [7, 5, 4, 5],
  [5, 8, 3, 5],
  [8, 7, 4, 3],
  [6, 4, 4, 1],
] as const;

describeOp({
  op: infoNceOp,
  reference: infoNceReference,
  tolerance: { relative: 2e-5, ofLargest: 1e-6 },
  gradientTolerance: { relative: 1e-3, ofLargest: 1e-4 },
  cases: VARIANTS.flatMap((variant) =>
    small.flatMap(([rowsA, rowsB, columns, pairs]) =>
      DIRECTIONS.map((direction) => ({
        inputs: [[rowsA, columns], [rowsB, columns], [1]],
        attrs: attrs(variant, { scale: 0, pairs, direction, margin: rowsA === 5 ? 0.4 : 0 }),
        gradient: true,
      })),
    ),
  ),
});

describe.each(VARIANTS)('infoNce by %s', (variant) => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  const values = (rows: number, columns: number, seed: number) => ({
    shape: [rows, columns],
    values: sampleUniform([rows, columns], seed),
  });

  it.each([
    [300, 260, 64, 257, 'both', 0, 1],
    [300, 260, 64, 257, 'both', 0.3, 2 ** 26],
    [70, 300, 33, 40, 'both', 0.5, 2 ** 26],
    [300, 70, 33, 70, 'both', 0.1, 4 * 96 * 64],
    [300, 70, 130, 33, 'forward', 0.2, 1],
    [70, 300, 6, 64, 'backward', 0.2, 4 * 320 * 32],
    [129, 129, 17, 129, 'forward', 0, 2 ** 26],
  ] as const)(
    'has the loss and gradients on paper: %i and %i rows of %i, %i pairs, %s, margin %f, %i bytes at a time',
    async (rowsA, rowsB, columns, pairs, direction, margin, chunkBytes) => {
      const inputs = [values(rowsA, columns, 1), values(rowsB, columns, 2)];
      const options = attrs(variant, { scale: 0, pairs, direction, margin, chunkBytes });
      const actual = await run(device, inputs, options, Math.log(14));
      const expected = reference(inputs, options, Math.log(14));
      expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(2e-5);
      expect(Math.abs(actual.logScale! / expected.logScale - 1)).toBeLessThan(1e-4);
      const tolerance = { relative: 1e-4, ofLargest: 3e-5 };
      expect(firstMismatch(actual.a, expected.a, tolerance)).toBeNull();
      expect(firstMismatch(actual.b, expected.b, tolerance)).toBeNull();
    },
  );

  it('rows beyond the pairs of what asks have no gradient', async () => {
    const inputs = [values(9, 8, 3), values(5, 8, 4)];
    const { a } = await run(device, inputs, attrs(variant, { pairs: 5, direction: 'forward' }));
    expect(a.subarray(0, 40).some((each) => each !== 0)).toBe(true);
    expect(a.subarray(40).every((each) => each === 0)).toBe(true);
  });

  it.each([3e38, 1e25, 1e19, 1e-20, 1e-30, 1e-38])(
    'is finite, gradients too, for elements of %f',
    async (size) => {
      const rows = values(12, 40, 5);
      rows.values.forEach((value, i) => {
        if (i % 80 < 40) rows.values[i] = Math.sign(value) * size;
      });
      for (const pair of [
        [rows, values(12, 40, 6)],
        [values(12, 40, 6), rows],
        [rows, rows],
      ]) {
        const result = await run(device, pair, attrs(variant, { pairs: 10, margin: 0.2, scale: 0 }), 3);
        expect(Number.isFinite(result.loss)).toBe(true);
        expect([...result.a, ...result.b, result.logScale!].every(Number.isFinite)).toBe(true);
      }
    },
  );

  it('an infinite element shows', async () => {
    const inputs = [values(12, 8, 5), values(12, 8, 6)];
    inputs[1]!.values[17] = Number.POSITIVE_INFINITY;
    expect((await run(device, inputs, attrs(variant, { pairs: 12 }))).loss).toBeNaN();
  });
});

describe('infoNceOp.shape', () => {
  const spec = (shape: number[], dtype: 'f32' | 'i32' = 'f32') => ({ shape, dtype });
  const options = attrs('tiles', { pairs: 3 });

  it.each([
    [[spec([3, 4]), spec([3, 5])], 'got [3, 4] and [3, 5]'],
    [[spec([3, 4]), spec([3, 4, 1])], 'got [3, 4] and [3, 4, 1]'],
    [[spec([0, 4]), spec([0, 4])], 'at least one row and column'],
    [[spec([3, 4], 'i32'), spec([3, 4])], 'got i32 and f32'],
    [[spec([2, 4]), spec([3, 4])], 'of 3 paired rows or more'],
    [[spec([3, 4]), spec([3, 4]), spec([2])], 'logScale must be one f32 value, got f32 [2]'],
  ])('names what is wrong: %j', (inputs, message) => {
    expect(() => infoNceOp.shape(inputs, options)).toThrow(message);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the fixed scale %f', (scale) => {
    expect(() => infoNceOp.shape([spec([3, 4]), spec([3, 4])], { ...options, scale })).toThrow(
      '1 / temperature must be positive and finite',
    );
  });

  it.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('refuses the margin %f', (margin) => {
    expect(() => infoNceOp.shape([spec([3, 4]), spec([3, 4])], { ...options, margin })).toThrow(
      'margin must be finite and not negative',
    );
  });
});
