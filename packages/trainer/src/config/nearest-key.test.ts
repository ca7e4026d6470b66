import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { editDistance, nearestKey } from './nearest-key';

const words = fc.string({ maxLength: 8 });

describe('editDistance', () => {
  property.prop([words, words])('is symmetric, zero only for equals, at most the longer length', (a, b) => {
    const distance = editDistance(a, b);
    expect(distance).toBe(editDistance(b, a));
    expect(distance === 0).toBe(a === b);
    expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
    expect(distance).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
  });

  property.prop([fc.string({ minLength: 2, maxLength: 8 }), fc.nat(6)])(
    'counts a swap of neighbours once',
    (a, at) => {
      const i = at % (a.length - 1);
      const swapped = a.slice(0, i) + a[i + 1] + a[i] + a.slice(i + 2);
      expect(editDistance(a, swapped)).toBe(a === swapped ? 0 : 1);
    },
  );
});

describe('nearestKey', () => {
  it.each([
    ['embedingDim', 'embeddingDim'],
    ['EMBEDDINGDIM', 'embeddingDim'],
    ['sede', 'seed'],
    ['colour', undefined],
    ['', undefined],
  ])('%s → %s', (misspelt, expected) => {
    expect(nearestKey(misspelt, ['embeddingDim', 'seed', 'structure'])).toBe(expected);
  });

  it('has no answer without keys', () => {
    expect(nearestKey('seed', [])).toBeUndefined();
  });
});
