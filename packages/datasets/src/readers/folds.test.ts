import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { assignFolds } from './folds';

test.prop([fc.nat(300), fc.integer({ min: 2, max: 10 }), fc.integer()])(
  'folds differ in size by one at most and repeat with the seed',
  (count, folds, seed) => {
    const fold = assignFolds(count, folds, seed);
    const sizes = Array.from({ length: folds }, (_, k) => fold.filter((each) => each === k).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count);
    expect(assignFolds(count, folds, seed)).toEqual(fold);
  },
);

it('another seed makes other folds', () => {
  const folds = [0, 1, 2].map((seed) => assignFolds(60, 5, seed).join());
  expect(new Set(folds).size).toBe(3);
});
