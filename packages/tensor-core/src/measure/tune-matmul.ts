import type { Device } from '../device';
import { add } from '../ops/elementwise/forward';
import { costsFor, type ProductCosts, type TileCosts } from '../ops/matmul/costs';
import { launchProduct } from '../ops/matmul/launch';
import { matrixView } from '../ops/matmul/matrix-view';
import type { ProductPlan } from '../ops/matmul/plan';
import { extentsOf } from '../ops/matmul/tile';
import { empty, scoped, zeros } from '../tensor';

/** Depths whose times tell what a tile costs to begin and store from what each depth adds. */
const DEPTHS = [32, 288] as const;
/** Tiles of a timed product, high and wide: they fill the device, and stay in its caches as those of most products. */
const TILES = { software: [16, 16], hardware: [64, 32] } as const;
const ROUNDS = 7;
const EPILOGUE = { bias: null, activation: 'none' } as const;

/**
 * Measures by timestamps what the parts of a product cost on this device: the table that plans are made from.
 *
 * Every tile of the adapter's class is timed on products of two depths; packing and summing on what they add to
 * one of them. Takes some ten seconds with cold kernels. Times are the best of seven.
 *
 * @throws {DeviceError} `VALIDATION` where the adapter has no `timestamp-query`
 */
export async function tuneMatmul(device: Device): Promise<ProductCosts> {
  const known = costsFor(device.adapter);
  const perLaunch = await launchTime(device);
  const tiles: TileCosts[] = [];
  for (const entry of known.tiles) tiles.push(await tileCosts(device, known.parallelTiles, perLaunch, entry));
  const first = known.tiles[0]!;
  const [rows, columns] = [512, 512];
  const plain = await productTime(device, first, rows, columns, DEPTHS[0], {});
  const packed = await productTime(device, first, rows, columns, DEPTHS[0], { packA: true });
  const [few, many] = [
    await productTime(device, first, rows, columns, DEPTHS[1], { splits: 2, direct: false }),
    await productTime(device, first, rows, columns, DEPTHS[1], { splits: 4, direct: false }),
  ];
  return {
    adapter: device.adapter.description,
    parallelTiles: known.parallelTiles,
    perLaunch: Math.round(perLaunch),
    perPackedElement: significant((packed - plain - perLaunch) / (rows * DEPTHS[0])),
    perSummedElement: significant((many - few) / (2 * rows * columns)),
    tiles,
  };
}

async function tileCosts(
  device: Device,
  parallelTiles: number,
  perLaunch: number,
  entry: TileCosts,
): Promise<TileCosts> {
  const extents = extentsOf(entry.tile);
  const [high, wide] = TILES[device.adapter.kind];
  const turns = (high * wide) / parallelTiles;
  const timeOf = (depth: number): Promise<number> =>
    productTime(device, entry, high * extents.rows, wide * extents.columns, depth, {});
  const [short, long] = [await timeOf(DEPTHS[0]), await timeOf(DEPTHS[1])];
  const perDepth = (long - short) / (DEPTHS[1] - DEPTHS[0]) / turns;
  return {
    ...entry,
    perTile: significant((short - perLaunch) / turns - perDepth * DEPTHS[0]),
    perDepth: significant(perDepth),
  };
}

/** Nanoseconds of all kernels of one product, operands laid out as the entry reads them unless they are packed. */
async function productTime(
  device: Device,
  { tile, a, b }: TileCosts,
  rows: number,
  columns: number,
  depth: number,
  how: Partial<ProductPlan>,
): Promise<number> {
  const plan = {
    ...{ tile, a, b, packA: false, packB: false, transposed: false, splits: 1, direct: true },
    ...how,
  };
  const adjacentA = a === 'vector' && !plan.packA;
  const left = zeros(device, adjacentA ? [depth, rows] : [rows, depth]);
  const right = zeros(device, b === 'vector' ? [depth, columns] : [columns, depth]);
  const output = empty(device, [rows, columns]);
  const product = {
    a: matrixView(left, adjacentA, 0),
    b: matrixView(right, b !== 'vector', 0),
    batches: 1,
  };
  const time = await leastTime(device, () => launchProduct(product, plan, EPILOGUE, output));
  for (const tensor of [left, right, output]) tensor.dispose();
  return time;
}

/** What a launch costs that does next to nothing. */
async function launchTime(device: Device): Promise<number> {
  const target = zeros(device, [4]);
  const time = await leastTime(device, () => add(target, 1));
  target.dispose();
  return time;
}

/** Nanoseconds of all kernels that `work` launches, by timestamps, best of the rounds. */
async function leastTime(device: Device, work: () => unknown): Promise<number> {
  scoped(device, work);
  await device.synchronize();
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const { kernels } = await device.profile(() => scoped(device, work));
    least = Math.min(
      least,
      kernels.reduce((sum, { milliseconds }) => sum + milliseconds * 1e6, 0),
    );
  }
  return least;
}

/** Three significant digits, and no less than nothing. */
function significant(nanoseconds: number): number {
  return Math.max(0, Number(nanoseconds.toPrecision(3)));
}
