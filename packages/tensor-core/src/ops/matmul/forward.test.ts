import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import type { HostArray } from '../../dtype';
import { scoped, tensor } from '../../tensor';
import { ACCUMULATED, firstMismatch, sampleUniform, testDevice } from '../../testing';
import { costsFor, type ProductCosts } from './costs';
import * as forward from './forward';
import { type Activation, matmul } from './index';
import { matmulReference } from './reference';
import { extentsOf } from './tile';

interface Trial {
  readonly batch: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly biased: boolean;
  readonly activation: Activation;
}

const trials: fc.Arbitrary<Trial> = fc.record({
  batch: fc.constantFrom(0, 1, 3),
  rows: fc.integer({ min: 1, max: 70 }),
  depth: fc.integer({ min: 0, max: 40 }),
  columns: fc.integer({ min: 1, max: 70 }),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  biased: fc.boolean(),
  activation: fc.constantFrom('none', 'relu', 'gelu'),
});

function operands({ batch, rows, depth, columns, transposeA, transposeB }: Trial) {
  const lead = batch === 0 ? [] : [batch];
  const shapes = [
    [...lead, ...(transposeA ? [depth, rows] : [rows, depth])],
    [...lead, ...(transposeB ? [columns, depth] : [depth, columns])],
    [columns],
  ];
  return shapes.map((shape, index) => ({ shape, values: sampleUniform(shape, index + 1, -1, 1) }));
}

async function run(device: Device, trial: Trial, costs: ProductCosts): Promise<HostArray> {
  const { transposeA, transposeB, activation } = trial;
  const output = scoped(device, () => {
    const [a, b, bias] = operands(trial).map(({ shape, values }) => tensor(device, values, shape));
    return forward.matmul(a!, b!, {
      transposeA,
      transposeB,
      bias: trial.biased ? bias! : null,
      activation,
      costs,
    });
  });
  const values = await output.read();
  output.dispose();
  return values;
}

const own = costsFor((await testDevice()).adapter);
const tiled = costsFor({ kind: 'hardware', subgroupSize: null });
/** The adapter's table with one entry for nothing, so that it is taken wherever it can be. */
const tables: [name: string, costs: ProductCosts][] = own.tiles.map((entry) => {
  const { rows, columns } = extentsOf(entry.tile);
  const free = { ...entry, perTile: 0, perDepth: 0, leastTerms: 0 };
  const rest = own.tiles.filter((other) => other !== entry);
  return [`${rows} x ${columns}, A ${entry.a}, B ${entry.b}`, { ...own, tiles: [free, ...rest] }];
});

describe.each([...tables, ['through workgroup memory', tiled] as const])('the kernels %s', (_, costs) => {
  it('equal the reference for any extents, transposes, bias and activation', async () => {
    const device = await testDevice();
    await fc.assert(
      fc.asyncProperty(trials, async (trial) => {
        const host = operands(trial).map(({ shape, values }) => ({ shape, data: Float64Array.from(values) }));
        const expected = matmulReference(trial.biased ? host : host.slice(0, 2), trial);
        expect(firstMismatch(await run(device, trial, costs), expected.data, ACCUMULATED)).toBeNull();
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it.each([
    [5, 3000, 7],
    [40, 1100, 33],
    [200, 60, 400],
    [200, 61, 401],
    [201, 31, 9],
  ])(
    'equal the reference where the depth is split or operands are packed: %i x %i x %i',
    async (rows, depth, columns) => {
      const device = await testDevice();
      for (const transposed of [false, true]) {
        const trial: Trial = {
          ...{ batch: 0, rows, depth, columns, biased: true, activation: 'relu' },
          ...{ transposeA: transposed, transposeB: !transposed },
        };
        const host = operands(trial).map(({ shape, values }) => ({ shape, data: Float64Array.from(values) }));
        const values = await run(device, trial, costs);
        expect(firstMismatch(values, matmulReference(host, trial).data, ACCUMULATED)).toBeNull();
        expect(
          Buffer.compare(
            new Uint8Array(values.buffer),
            new Uint8Array((await run(device, trial, costs)).buffer),
          ),
        ).toBe(0);
      }
    },
  );

  it('carry NaN and infinity of one row into that row only', async () => {
    const device = await testDevice();
    const values = new Float32Array(40 * 24).fill(1);
    values[5 * 24] = Number.NaN;
    values[7 * 24] = Number.POSITIVE_INFINITY;
    const product = scoped(device, () =>
      forward.matmul(
        tensor(device, values, [40, 24]),
        tensor(device, new Float32Array(24 * 36).fill(1), [24, 36]),
        {
          activation: 'relu',
          costs,
        },
      ),
    );
    const result = await product.read();
    product.dispose();
    const rowOf = (row: number) => [...new Set(result.slice(row * 36, (row + 1) * 36))];
    expect(rowOf(5)).toEqual([Number.NaN]);
    expect(rowOf(7)).toEqual([Number.POSITIVE_INFINITY]);
    for (let row = 0; row < 40; row++) if (row !== 5 && row !== 7) expect(rowOf(row)).toEqual([24]);
  });
});

describe('matmul', () => {
  it('gives the same product by wide tiles and by tiles in workgroup memory', async () => {
    const device = await testDevice();
    const trial: Trial = {
      ...{ batch: 0, rows: 512, depth: 2048, columns: 64, biased: true, activation: 'none' },
      ...{ transposeA: true, transposeB: false },
    };
    const [registers, memory] = [await run(device, trial, own), await run(device, trial, tiled)];
    expect(firstMismatch(registers, [...memory], ACCUMULATED)).toBeNull();
  });

  it('is associative with the identity and distributes over transposition: (A B)ᵀ = Bᵀ Aᵀ, same bits', async () => {
    const device = await testDevice();
    const [a, b] = [sampleUniform([45, 33], 1), sampleUniform([33, 52], 2)];
    const [product, swapped] = scoped(device, () => {
      const [left, right] = [tensor(device, a, [45, 33]), tensor(device, b, [33, 52])];
      return [matmul(left, right), matmul(right, left, { transposeA: true, transposeB: true })];
    });
    const [forwards, backwards] = [await product!.read(), await swapped!.read()];
    for (let i = 0; i < 45; i++) {
      for (let j = 0; j < 52; j++) expect(backwards[j * 45 + i]).toBe(forwards[i * 52 + j]);
    }
    product!.dispose();
    swapped!.dispose();
  });
});
