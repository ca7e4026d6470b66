import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costsFor } from './costs';
import { WORKGROUP_TILES } from './costs/workgroup-tiles';
import { costOf, type ProductTask, planProduct } from './plan';
import { subgroupSource } from './subgroup-source';
import { extentsOf, isSubgroupTile, rowsPerLoad, threadsOf, workgroupBytes } from './tile';
import { workgroupSource } from './workgroup-source';

const tasks: fc.Arbitrary<ProductTask> = fc.record({
  rows: fc.integer({ min: 1, max: 200_000 }),
  columns: fc.integer({ min: 1, max: 5_000 }),
  depth: fc.integer({ min: 0, max: 200_000 }),
  batches: fc.integer({ min: 1, max: 100 }),
  a: fc.constantFrom('vector', 'depths', 'strided'),
  b: fc.constantFrom('vector', 'depths', 'strided'),
});
const tables = [4, 8, 16].map((subgroupSize) => costsFor({ kind: 'software', subgroupSize, limits: {} }));
const gpu = costsFor({
  kind: 'hardware',
  subgroupSize: 32,
  limits: { maxComputeWorkgroupStorageSize: 49_152 },
});
const table = fc.constantFrom(...tables, gpu, costsFor({ kind: 'software', subgroupSize: null, limits: {} }));

describe('planProduct', () => {
  it('reads operands only as they lie, or as they are packed', () => {
    fc.assert(
      fc.property(table, tasks, (costs, task) => {
        const plan = planProduct(costs, task);
        const lies = plan.transposed ? { a: task.b, b: task.a } : task;
        if (plan.a === 'vector') expect(lies.a === 'vector' || plan.packA).toBe(true);
        if (plan.b === 'vector') expect(lies.b === 'vector' || plan.packB).toBe(true);
        if (plan.a === 'depths') expect(lies.a).toBe('depths');
        if (plan.b === 'depths') expect(lies.b).toBe('depths');
        if (plan.packA) expect(plan.a).toBe('vector');
        if (plan.packB) expect(plan.b).toBe('vector');
      }),
    );
  });

  it('writes directly whatever is in the order of the result and of one split, columns of any number', () => {
    fc.assert(
      fc.property(table, tasks, (costs, task) => {
        const { direct, transposed, splits } = planProduct(costs, task);
        expect(direct).toBe(!transposed && splits === 1);
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
    for (const costs of [...tables, gpu]) {
      const deep = { rows: 8, columns: 32, depth: 100_000, batches: 1, a: 'vector', b: 'vector' } as const;
      expect(planProduct(costs, deep).splits).toBeGreaterThan(1);
      expect(planProduct(costs, { ...deep, rows: 4096, columns: 4096, depth: 512 }).splits).toBe(1);
    }
  });

  it('turns a product of few columns into one of few rows', () => {
    const task = { rows: 4096, columns: 1, depth: 128, batches: 1, a: 'depths', b: 'strided' } as const;
    for (const costs of tables) {
      const plan = planProduct(costs, task);
      expect(plan).toMatchObject({ transposed: true, a: 'single' });
    }
    expect(planProduct(gpu, task).transposed).toBe(false);
  });

  it('never pays more for a product than for a larger one of the same tiles', () => {
    fc.assert(
      fc.property(table, tasks, (costs, task) => {
        const cost = (each: ProductTask): number => {
          const plan = planProduct(costs, each);
          const entry = costs.tiles.find(
            ({ tile, a, b }) => tile === plan.tile && a === plan.a && b === plan.b,
          )!;
          const { rows, columns, a, b } = each;
          const turned = plan.transposed ? { ...each, rows: columns, columns: rows, a: b, b: a } : each;
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
      const { tiles } = costsFor({ kind: 'software', subgroupSize: lanes, limits: {} });
      expect(tiles.every(({ tile }) => isSubgroupTile(tile) && tile.lanes === lanes)).toBe(true);
    }
    for (const other of [
      { kind: 'software', subgroupSize: null, limits: {} },
      { kind: 'software', subgroupSize: 64, limits: {} },
      { kind: 'hardware', subgroupSize: 8, limits: {} },
    ] as const) {
      expect(costsFor(other).tiles.some(({ tile }) => isSubgroupTile(tile))).toBe(false);
    }
  });

  it.each([16_384, 32_768, 49_152])('keeps to tiles that fit %i bytes of workgroup memory', (bytes) => {
    const limits = { maxComputeWorkgroupStorageSize: bytes };
    const adapter = { kind: 'hardware', subgroupSize: 32, limits } as const;
    const { tiles } = costsFor(adapter);
    for (const { tile } of tiles) {
      expect(isSubgroupTile(tile) ? 0 : workgroupBytes(tile)).toBeLessThanOrEqual(bytes);
    }
    for (const a of ['vector', 'depths', 'strided'] as const) {
      for (const b of ['vector', 'depths', 'strided'] as const) {
        expect(tiles.some((entry) => entry.a === a && entry.b === b)).toBe(true);
      }
    }
    expect(costsFor(adapter)).toBe(costsFor({ ...adapter }));
  });
});

describe('tiles of workgroups', () => {
  it.each(WORKGROUP_TILES)(
    'divide into whole threads of at most 256: $rows x $columns x $depths by $threadRows x $threadColumns',
    (tile) => {
      const { rows, columns, depths, threadRows, threadColumns, writtenOut } = tile;
      for (const number of [rows, columns, depths, threadRows, threadColumns, writtenOut]) {
        expect(Number.isInteger(Math.log2(number))).toBe(true);
      }
      expect(Math.min(depths, threadRows, threadColumns)).toBeGreaterThanOrEqual(4);
      expect(threadsOf(tile)).toBeLessThanOrEqual(256);
      const source = workgroupSource(tile);
      expect(source.match(/= fma\(/g)).toHaveLength((threadRows * threadColumns * writtenOut) / 4);
      expect(source.match(/store_c\(/g)).toHaveLength((threadRows * threadColumns) / 4);
      expect(source).not.toMatch(/\/\/ \[/);
    },
  );
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
