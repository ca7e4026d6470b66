import type { Device } from '../device';
import { add } from '../ops/elementwise/forward';
import { costsFor, type ProductCosts, type TileCosts } from '../ops/matmul/costs';
import { launchProduct } from '../ops/matmul/launch';
import { matrixView } from '../ops/matmul/matrix-view';
import type { ProductPlan } from '../ops/matmul/plan';
import { extentsOf } from '../ops/matmul/tile';
import { empty, scoped, type Tensor, zeros } from '../tensor';

/** Depths whose times tell what a tile costs to begin and store from what each depth adds. */
const DEPTHS = [32, 288] as const;
/** Tiles of a timed product, high and wide: they fill the device, and stay in its caches as those of most products. */
const TILES = { software: [16, 16], hardware: [64, 32] } as const;
/** Times are taken in turns, so that a slow moment of the machine falls on all of them, and the best of each counts. */
const ROUNDS = 25;
/** Splits of the product whose sum is timed. */
const SPLITS = 4;
/** Launches that one end of a submit is spread over. */
const LAUNCHES = 200;
const EPILOGUE = { bias: null, activation: 'none' } as const;

/** Something to time, and the tensors it needs. */
interface Trial {
  readonly work: () => void;
  /** Start of the names of the kernels that count. */
  readonly kernels: string;
  readonly tensors: readonly Tensor[];
}

/**
 * Measures by timestamps what the parts of a product cost on this device: the table that plans are made from.
 *
 * Every tile of the adapter's class is timed on products of two depths; packing and summing on products that
 * need them. Takes some ten seconds, more where kernels are compiled for the first time.
 *
 * @throws {DeviceError} `VALIDATION` where the adapter has no `timestamp-query`
 */
export async function tuneMatmul(device: Device): Promise<ProductCosts> {
  const known = costsFor(device.adapter);
  const first = known.tiles[0]!;
  const [rows, columns] = [1024, 512];
  const trialsOfTiles = known.tiles.flatMap((entry) => {
    const extents = extentsOf(entry.tile);
    const [high, wide] = TILES[device.adapter.kind];
    return DEPTHS.map((depth) =>
      productTrial(device, entry, high * extents.rows, wide * extents.columns, depth, {}),
    );
  });
  const target = zeros(device, [4]);
  const [nothing, packing, summing, ...ofTiles] = await leastTimes(device, [
    { work: () => add(target, 1).dispose(), kernels: '', tensors: [target] },
    {
      ...productTrial(device, first, rows, columns, DEPTHS[1], { packA: true }),
      kernels: 'matmul-pack',
    },
    {
      ...productTrial(device, first, rows, columns, DEPTHS[1], { splits: SPLITS, direct: false }),
      kernels: 'matmul-split-sum',
    },
    ...trialsOfTiles,
  ]);
  const [high, wide] = TILES[device.adapter.kind];
  const turns = (high * wide) / known.parallelTiles;
  const tiles = known.tiles.map((entry, index): TileCosts => {
    const [short, long] = [ofTiles[2 * index]! - nothing!, ofTiles[2 * index + 1]! - nothing!];
    const perDepth = (long - short) / (DEPTHS[1] - DEPTHS[0]) / turns;
    return {
      ...entry,
      perTile: significant(short / turns - perDepth * DEPTHS[0]),
      perDepth: significant(perDepth),
    };
  });
  return {
    adapter: device.adapter.description,
    parallelTiles: known.parallelTiles,
    perLaunch: significant(await launchTime(device)),
    perPackedElement: significant((packing! - nothing!) / (rows * DEPTHS[1])),
    perSummedElement: significant((summing! - nothing!) / ((SPLITS + 1) * rows * columns)),
    tiles,
  };
}

/** A product, operands laid out as the entry reads them unless they are packed. */
function productTrial(
  device: Device,
  { tile, a, b }: TileCosts,
  rows: number,
  columns: number,
  depth: number,
  how: Partial<ProductPlan>,
): Trial {
  const plan = {
    ...{ tile, a, b, packA: false, packB: false, transposed: false, splits: 1, direct: true },
    ...how,
  };
  const adjacentA = a === 'vector' && !plan.packA;
  const left = zeros(device, adjacentA ? [depth, rows] : [rows, depth]);
  const right = zeros(device, b === 'vector' ? [depth, columns] : [columns, depth]);
  const output = empty(device, [rows, columns]);
  const product = { a: matrixView(left, adjacentA, 0), b: matrixView(right, b !== 'vector', 0), batches: 1 };
  return {
    work: () => scoped(device, () => launchProduct(product, plan, EPILOGUE, output)),
    kernels: '',
    tensors: [left, right, output],
  };
}

/** Nanoseconds of the kernels that count in each trial, by timestamps, best of the rounds. */
async function leastTimes(device: Device, trials: readonly Trial[]): Promise<number[]> {
  const least = trials.map(() => Number.POSITIVE_INFINITY);
  for (const { work } of trials) work();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { work, kernels: counted }] of trials.entries()) {
      const { kernels } = await device.profile(work);
      const counting = kernels.filter(({ kernel }) => kernel.startsWith(counted));
      const time = counting.reduce((sum, { milliseconds }) => sum + milliseconds * 1e6, 0);
      least[index] = Math.min(least[index]!, time);
    }
  }
  for (const { tensors } of trials) for (const tensor of tensors) tensor.dispose();
  return least;
}

/** Nanoseconds that one more launch costs in a submit of many, timestamps apart. */
async function launchTime(device: Device): Promise<number> {
  const target = zeros(device, [4]);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    for (let launch = 0; launch < LAUNCHES; launch++) add(target, 1).dispose();
    const start = performance.now();
    await device.synchronize();
    least = Math.min(least, performance.now() - start);
  }
  target.dispose();
  return (least * 1e6) / LAUNCHES;
}

/** Three significant digits, and no less than nothing. */
function significant(nanoseconds: number): number {
  return Math.max(0, Number(nanoseconds.toPrecision(3)));
}
