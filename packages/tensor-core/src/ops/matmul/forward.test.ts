import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import type { HostArray } from '../../dtype';
import { scoped, tensor } from '../../tensor';
import { ACCUMULATED, firstMismatch, sampleUniform, testDevice } from '../../testing';
import { costsFor, type ProductCosts, type TileCosts } from './costs';
import { hardware } from './costs/hardware';
import { ALIGNED, UNALIGNED } from './costs/workgroup-tiles';
import * as forward from './forward';
import { type Activation, matmul } from './index';
import { matmulReference } from './reference';
import { extentsOf, isSubgroupTile, tileName, type WorkgroupTile, workgroupBytes } from './tile';

const isOfSubgroups = ({ tile }: TileCosts): boolean => isSubgroupTile(tile);

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

const { adapter } = await testDevice();
const own = costsFor(adapter);
/** A software driver's table with one entry for nothing, so that it is taken wherever it can be. */
const tables: [name: string, costs: ProductCosts][] = own.tiles.filter(isOfSubgroups).map((entry) => {
  const { rows, columns } = extentsOf(entry.tile);
  const free = { ...entry, perTile: 0, perDepth: 0, leastTerms: 0 };
  const rest = own.tiles.filter((other) => other !== entry);
  return [`${rows} x ${columns}, A ${entry.a}, B ${entry.b}`, { ...own, tiles: [free, ...rest] }];
});

/** A GPU's table of one tile alone, with every way to read operands. */
function only(tile: WorkgroupTile): ProductCosts {
  const tiles = [...ALIGNED, ...UNALIGNED].map((access) => ({
    tile,
    ...access,
    perTile: 2_000,
    perDepth: 10,
  }));
  return { ...hardware, tiles };
}

/** Tiles as GPUs have them, but so small that a software driver compiles them in no time. */
const SMALL: WorkgroupTile[] = [
  { rows: 16, columns: 32, depths: 8, threadRows: 4, threadColumns: 4, buffers: 1, writtenOut: 1 },
  { rows: 16, columns: 16, depths: 4, threadRows: 4, threadColumns: 4, buffers: 2, writtenOut: 2 },
];

describe.each([...tables, ...SMALL.map((tile) => [tileName(tile), only(tile)] as const)])(
  'the kernels %s',
  (_, costs) => {
    it('equal the reference for any extents, transposes, bias and activation', async () => {
      const device = await testDevice();
      await fc.assert(
        fc.asyncProperty(trials, async (trial) => {
          const host = operands(trial).map(({ shape, values }) => ({
            shape,
            data: Float64Array.from(values),
          }));
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
          const host = operands(trial).map(({ shape, values }) => ({
            shape,
            data: Float64Array.from(values),
          }));
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
  },
);

describe('the tiles for GPUs', () => {
  const limit = adapter.limits.maxComputeWorkgroupStorageSize ?? 0;
  const fitting = hardware.tiles
    .map(({ tile }) => tile)
    .filter((tile): tile is WorkgroupTile => !isSubgroupTile(tile) && workgroupBytes(tile) <= limit);
  // A software driver compiles what is written out for up to half a minute: there, one depth is, of one tile each of the same threads.
  const threads = ({ rows, columns, threadRows, threadColumns }: WorkgroupTile) =>
    `${rows} ${columns} ${threadRows} ${threadColumns}`;
  const onHardware = adapter.kind === 'hardware';
  const tiles = new Map(
    fitting.map((tile) =>
      onHardware ? [tileName(tile), tile] : [threads(tile), { ...tile, writtenOut: 1 }],
    ),
  );
  const layouts = onHardware ? ['NN', 'NT', 'TN', 'TT'] : ['NT'];

  it.each([...tiles.values()].map((tile) => [tileName(tile), tile] as const))(
    'equal the reference: %s',
    async (_, tile) => {
      const device = await testDevice();
      for (const layout of layouts) {
        const trial: Trial = {
          ...{ batch: 0, rows: tile.rows + 1, depth: 2 * tile.depths + 3, columns: tile.columns + 5 },
          ...{
            transposeA: layout[0] === 'T',
            transposeB: layout[1] === 'T',
            biased: true,
            activation: 'none',
          },
        };
        const host = operands(trial).map(({ shape, values }) => ({ shape, data: Float64Array.from(values) }));
        const values = await run(device, trial, only(tile));
        expect(firstMismatch(values, matmulReference(host, trial).data, ACCUMULATED)).toBeNull();
      }
    },
  );

  it.each(['NN', 'NT', 'TN', 'TT'])('give the same bits with guards and without: %s', async (layout) => {
    const device = await testDevice();
    const trial: Trial = {
      ...{ batch: 0, rows: 256, depth: 264, columns: 256, biased: false, activation: 'none' },
      ...{ transposeA: layout[0] === 'T', transposeB: layout[1] === 'T' },
    };
    const product = async (tile: WorkgroupTile): Promise<{ kernel: string; values: HostArray }> => {
      const { result, kernels } = await device.profile(() => run(device, trial, only(tile)));
      expect(kernels).toHaveLength(1);
      return { kernel: kernels[0]!.kernel, values: result };
    };
    const whole = await product(SMALL[0]!);
    const guarded = await product({ ...SMALL[0]!, depths: 16 });
    expect([whole.kernel, guarded.kernel].map((name) => name.split('-').at(-1))).toEqual(['whole', 'vector']);
    expect(whole.values).toEqual(guarded.values);
  });
});

describe('matmul', () => {
  it('gives the same product as planned and by small tiles of workgroups', async () => {
    const device = await testDevice();
    const trial: Trial = {
      ...{ batch: 0, rows: 512, depth: 2048, columns: 64, biased: true, activation: 'none' },
      ...{ transposeA: true, transposeB: false },
    };
    const [planned, small] = [await run(device, trial, own), await run(device, trial, only(SMALL[0]!))];
    expect(firstMismatch(planned, [...small], ACCUMULATED)).toBeNull();
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
