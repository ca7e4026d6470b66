import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { broadcastShapes, normalizeAxes, sizeOf, stridesOf } from '.';

const shape = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 5 });

test.prop([shape])('the last element lies at size - 1', (extents) => {
  const strides = stridesOf(extents);
  const last = extents.reduce((sum, extent, axis) => sum + (extent - 1) * strides[axis]!, 0);
  expect(last).toBe(sizeOf(extents) - 1);
});

test.prop([shape])('a shape broadcasts with itself and with any of its axes set to 1', (extents) => {
  expect(broadcastShapes('test', [extents, extents])).toEqual(extents);
  for (let axis = 0; axis < extents.length; axis++) {
    const ones = extents.map((extent, index) => (index === axis ? 1 : extent));
    expect(broadcastShapes('test', [ones, extents])).toEqual(extents);
    expect(broadcastShapes('test', [extents, ones.slice(axis)])).toEqual(extents);
  }
});

it('broadcasting stretches zero like any other extent', () => {
  expect(broadcastShapes('test', [[0, 3], [1, 3], [3]])).toEqual([0, 3]);
});

it('names the op and both shapes where they do not fit', () => {
  expect(() => broadcastShapes('add', [[2, 3], [4]])).toThrow(
    'add: shapes must agree from the right or be 1, got [2, 3] and [4].',
  );
  expect(() => normalizeAxes('sum', [0, -2], 2)).toThrow('sum: axes must be distinct');
  expect(() => normalizeAxes('sum', 2, 2)).toThrow('sum: axis must lie in -2..1 for rank 2, got 2.');
});
