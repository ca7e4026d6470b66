import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costsFor } from './costs';
import { costOf, type ProductTask, planProduct } from './plan';
import { subgroupSource } from './subgroup-source';
import { extentsOf, rowsPerLoad } from './tile';

const tasks: fc.Arbitrary<ProductTask> = fc.record({
  rows: fc.integer({ min: 1, max: 200_000 }),
  columns: fc.integer({ min: 1, max: 5_000 }),
  depth: fc.integer({ min: 0, max: 200_000 }),
  batches: fc.integer({ min: 1, max: 100 }),
  aInVectors: fc.boolean(),
  bInVectors: fc.boolean(),
});
const tables = [4, 8, 16].map((subgroupSize) => costsFor({ kind: 'software', subgroupSize }));
const table = fc.constantFrom(...tables, costsFor({ kind: 'hardware', subgroupSize: 32 }));

describe('planProduct', () => {
  it('reads operands only as they lie, or as they are packed', () => {
    fc.assert(
      fc.property(table, tasks, (costs, task) => {
        const plan = planProduct(costs, task);
        const lies = plan.transposed
          ? { a: task.bInVectors, b: task.aInVectors }
          : { a: task.aInVectors, b: task.bInVectors };
        if (plan.a === 'vector') expect(lies.a || plan.packA).toBe(true);
        if (plan.b === 'vector') expect(lies.b || plan.packB).toBe(true);
        if (plan.packA) expect(plan.a).toBe('vector');
        if (plan.packB) expect(plan.b).toBe('vector');
      }),
    );
  });

  it('writes directly only whole vectors in the order of the result', () => {
    fc.assert(
      fc.property(table, tasks, (costs, task) => {
        const plan = planProduct(costs, task);
        if (!plan.direct) return;
        expect(plan).toMatchObject({ transposed: false, splits: 1 });
        if (plan.tile) expect(task.columns % 4).toBe(0);
      }),
    );
  });

  it('gives a tile of single rows no more rows than it has', () => {
    fc.assert(
      fc.property(table, tasks, (costs, task) => {
        const { a, tile, transposed } = planProduct(costs, task);
        if (a === 'single') {
          expect(transposed ? task.columns : task.rows).toBeLessThanOrEqual(extentsOf(tile).rows);
        }
      }),
    );
  });

  it('splits a deep product of one tile, and no product that has tiles enough', () => {
    for (const costs of tables) {
      const deep = { rows: 8, columns: 32, depth: 100_000, batches: 1, aInVectors: true, bInVectors: true };
      expect(planProduct(costs, deep).splits).toBeGreaterThan(1);
      expect(planProduct(costs, { ...deep, rows: 4096, columns: 4096, depth: 512 }).splits).toBe(1);
    }
  });

  it('turns a product of few columns into one of few rows', () => {
    const task = { rows: 4096, columns: 1, depth: 128, batches: 1, aInVectors: false, bInVectors: false };
    for (const costs of tables) {
      const plan = planProduct(costs, task);
      expect(plan).toMatchObject({ transposed: true, a: 'single' });
    }
    expect(planProduct(costsFor({ kind: 'hardware', subgroupSize: 32 }), task).transposed).toBe(false);
  });

  it('never pays more for a product than for a larger one of the same tiles', () => {
    fc.assert(
      fc.property(table, tasks, (costs, task) => {
        const cost = (each: ProductTask): number => {
          const plan = planProduct(costs, each);
          const entry = costs.tiles.find(
            ({ tile, a, b }) => tile === plan.tile && a === plan.a && b === plan.b,
          )!;
          const { rows, columns, aInVectors, bInVectors } = each;
          const turned = plan.transposed
            ? { ...each, rows: columns, columns: rows, aInVectors: bInVectors, bInVectors: aInVectors }
            : each;
          return costOf(costs, entry, turned, plan);
        };
        expect(cost(task)).toBeLessThanOrEqual(cost({ ...task, batches: task.batches + 1 }));
      }),
    );
  });
});

describe('costsFor', () => {
  it('takes subgroup tables on software drivers of a known subgroup size only', () => {
    for (const lanes of [4, 8, 16]) {
      const { tiles } = costsFor({ kind: 'software', subgroupSize: lanes });
      expect(tiles.every(({ tile }) => tile?.lanes === lanes)).toBe(true);
    }
    for (const other of [
      { kind: 'software', subgroupSize: null },
      { kind: 'hardware', subgroupSize: 8 },
    ] as const) {
      expect(costsFor(other).tiles.every(({ tile }) => tile === null)).toBe(true);
    }
  });
});

describe('subgroupSource', () => {
  it.each([
    [4, 4, 1],
    [4, 16, 1],
    [8, 32, 2],
    [16, 32, 1],
    [32, 32, 1],
  ] as const)(
    'writes the products of two depths for each row and load: %i lanes, %i rows, %i loads of B',
    (lanes, rows, loadsOfB) => {
      const tile = { lanes, rows, loadsOfB };
      const source = subgroupSource(tile);
      expect(source.match(/= fma\(/g)).toHaveLength(rows * loadsOfB);
      expect(source.match(/subgroupShuffle\(/g)).toHaveLength(2 * rows);
      expect(source).not.toMatch(/\/\/ \[/);
      const lastLane = rows / rowsPerLoad(tile) - 1;
      expect(lastLane).toBeLessThan(lanes);
      expect(source).toContain(`, ${lastLane}u))`);
    },
  );
});
