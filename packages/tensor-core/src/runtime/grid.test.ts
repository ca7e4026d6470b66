import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { linearGrid } from './grid';

test.prop([fc.integer({ min: 0, max: 65_535 ** 2 - 65_535 })])(
  'a grid covers the count within the limit and little more',
  (count) => {
    const [x, y, z] = linearGrid(count);
    expect(z).toBe(1);
    expect(x * y).toBeGreaterThanOrEqual(count);
    expect(x).toBeLessThanOrEqual(65_535);
    expect(y).toBeLessThanOrEqual(65_535);
    expect(x * y - count).toBeLessThan(Math.max(1, y));
  },
);
