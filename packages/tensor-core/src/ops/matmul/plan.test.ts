import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planProduct, tileOf, variantFor } from './plan';
import { subgroupSource } from './subgroup-source';

const extents = fc.record({
  rows: fc.integer({ min: 1, max: 200_000 }),
  columns: fc.integer({ min: 1, max: 5_000 }),
  depth: fc.integer({ min: 0, max: 200_000 }),
  batches: fc.integer({ min: 1, max: 100 }),
});

describe('planProduct', () => {
  it('splits only what leaves cores idle, and never below a worthwhile depth', () => {
    fc.assert(
      fc.property(extents, fc.constantFrom(null, 4, 8), (item, lanes) => {
        const { subgroup, splits, transposed } = planProduct(lanes, item);
        const tile = tileOf(subgroup);
        const [high, wide] = transposed ? [item.columns, item.rows] : [item.rows, item.columns];
        const tiles = Math.ceil(high / tile.rows) * Math.ceil(wide / tile.columns) * item.batches;
        expect(splits).toBeGreaterThanOrEqual(1);
        if (splits > 1) {
          expect(tiles * splits).toBeLessThanOrEqual(lanes === null ? 512 : 64);
          expect(item.depth / splits).toBeGreaterThanOrEqual(256);
        }
      }),
    );
  });

  it('writes directly only whole vectors in the order of the result', () => {
    fc.assert(
      fc.property(extents, (item) => {
        const plan = planProduct(8, item);
        if (plan.direct) {
          expect(item.columns % 4).toBe(0);
          expect(plan).toMatchObject({ transposed: false, splits: 1 });
        }
      }),
    );
  });

  it('turns a product of few columns into one of few rows', () => {
    expect(planProduct(8, { rows: 4096, columns: 1, depth: 128, batches: 1 })).toMatchObject({
      transposed: true,
      subgroup: { rowsPerLane: 1 },
    });
    expect(planProduct(null, { rows: 4096, columns: 1, depth: 128, batches: 1 }).transposed).toBe(false);
  });

  it('uses the subgroup kernels on software drivers of a known subgroup size only', () => {
    expect(variantFor('software', 8)).toBe('subgroup');
    expect(variantFor('software', 4)).toBe('subgroup');
    expect(variantFor('software', 16)).toBe('tiled');
    expect(variantFor('software', null)).toBe('tiled');
    expect(variantFor('hardware', 8)).toBe('tiled');
  });
});

describe('subgroupSource', () => {
  it.each([
    [4, 1, 1],
    [4, 4, 1],
    [8, 4, 2],
  ] as const)(
    'writes the products of two depths for each row and load: %i lanes, %i rows each, %i loads of B',
    (lanes, rowsPerLane, loadsOfB) => {
      const source = subgroupSource({ lanes, rowsPerLane, loadsOfB });
      expect(source.match(/= fma\(/g)).toHaveLength(lanes * rowsPerLane * loadsOfB);
      expect(source.match(/subgroupBroadcast\(/g)).toHaveLength(2 * lanes * rowsPerLane);
      expect(source).not.toMatch(/\/\/ \[/);
    },
  );
});
