import type { Device } from '../device';
import { add } from '../ops/elementwise/forward';
import { costsFor, type ProductCosts, type TileCosts } from '../ops/matmul/costs';
import { WORKGROUP_TILES } from '../ops/matmul/costs/workgroup-tiles';
import { extentsOf, isSubgroupTile, type WorkgroupTile } from '../ops/matmul/tile';
import { zeros } from '../tensor';
import { leastTimes, productTrial, significant, type Trial, type TrialExtents } from './product-trial';
import { tuneWorkgroupTiles } from './tune-workgroup-tiles';

/** Depths whose times tell what a tile costs to begin and store from what each depth adds. */
const DEPTHS = [32, 288] as const;
/** Tiles of a timed product, high and wide: they fill the device, and stay in its caches as those of most products. */
const [HIGH, WIDE] = [16, 16];
/** Times are taken in turns, so that a slow moment of the machine falls on all of them, and the best of each counts. */
const ROUNDS = 25;
/** Splits of the product whose sum is timed. */
const SPLITS = 4;
/** Splits of small sums, which tell what each costs that waits for the one before. */
const MANY_SPLITS = [8, 64] as const;
/** Launches that one end of a submit is spread over. */
const LAUNCHES = 200;

/** What {@link tuneMatmul} can be told. */
export interface TuneOptions {
  /** Units of a GPU that work at the same time, where they are not those of the table. */
  readonly units?: number;
  /** Called with a line of text for each thing measured. */
  readonly report?: (line: string) => void;
}

/**
 * Measures by timestamps what the parts of a product cost on this device: the table that plans are made from.
 *
 * On a software driver every tile of its table is timed on products of two depths, on a GPU every tile worth trying, of which the
 * best are kept; packing and summing on products that need them. Takes some ten seconds, more where kernels are
 * compiled for the first time.
 *
 * @throws {DeviceError} `VALIDATION` where the adapter has no `timestamp-query`
 */
export async function tuneMatmul(device: Device, options: TuneOptions = {}): Promise<ProductCosts> {
  const known = costsFor(device.adapter);
  const parallelTiles = options.units ?? known.parallelTiles;
  const { report = () => {} } = options;
  const first = known.tiles[0]!;
  const inRegisters = isSubgroupTile(first.tile);
  const tiles = inRegisters
    ? await tuneSubgroupTiles(device, known)
    : await tuneWorkgroupTiles(device, parallelTiles, report, candidates(device, known));
  const extents = { rows: 1024, columns: 512, depth: DEPTHS[1] };
  /** Rows of no whole number of vectors. */
  const oddly = { ...extents, depth: extents.depth - 1 };
  const sumOf = (small: TrialExtents, splits: number): Trial => ({
    ...productTrial(device, first, small, { splits, direct: false }),
    kernels: 'matmul-split-sum',
  });
  const target = zeros(device, [4]);
  const [nothing, summing, few, many, packing, packingSingly] = await leastTimes(
    device,
    [
      { work: () => add(target, 1).dispose(), kernels: '', tensors: [target] },
      sumOf(extents, SPLITS),
      ...MANY_SPLITS.map((splits) => sumOf({ rows: 64, columns: 64, depth: 64 * splits }, splits)),
      ...(inRegisters
        ? [extents, oddly].map((each) => ({
            ...productTrial(device, first, each, { packA: true }),
            kernels: 'matmul-pack',
          }))
        : []),
    ],
    ROUNDS,
  );
  const elements = extents.rows * extents.columns;
  return {
    adapter: device.adapter.description,
    parallelTiles,
    perLaunch: significant(await launchTime(device)),
    perPackedElement:
      packing === undefined ? 0 : significant((packing - nothing!) / (extents.rows * extents.depth)),
    ...(packingSingly === undefined
      ? {}
      : {
          perElementPackedSingly: significant((packingSingly - nothing!) / (oddly.rows * oddly.depth)),
        }),
    perSummedElement: significant((summing! - nothing!) / ((SPLITS + 1) * elements)),
    ...(inRegisters ? {} : { perSplit: significant((many! - few!) / (MANY_SPLITS[1] - MANY_SPLITS[0])) }),
    tiles,
  };
}

/** Tiles to choose from: on a software driver those of its table, since it compiles others for minutes. */
function candidates(device: Device, { tiles }: ProductCosts): readonly WorkgroupTile[] {
  if (device.adapter.kind === 'hardware') return WORKGROUP_TILES;
  return [...new Set(tiles.map(({ tile }) => tile))].filter(
    (tile): tile is WorkgroupTile => !isSubgroupTile(tile),
  );
}

/** Times of the tiles of a software driver's table. */
async function tuneSubgroupTiles(device: Device, known: ProductCosts): Promise<TileCosts[]> {
  const target = zeros(device, [4]);
  const [nothing, ...times] = await leastTimes(
    device,
    [
      { work: () => add(target, 1).dispose(), kernels: '', tensors: [target] },
      ...known.tiles.flatMap((entry) => {
        const { rows, columns } = extentsOf(entry.tile);
        return DEPTHS.map((depth) =>
          productTrial(device, entry, { rows: HIGH * rows, columns: WIDE * columns, depth }),
        );
      }),
    ],
    ROUNDS,
  );
  const turns = (HIGH * WIDE) / known.parallelTiles;
  return known.tiles.map((entry, index): TileCosts => {
    const [short, long] = [times[2 * index]! - nothing!, times[2 * index + 1]! - nothing!];
    const perDepth = (long - short) / (DEPTHS[1] - DEPTHS[0]) / turns;
    return {
      ...entry,
      perTile: significant(short / turns - perDepth * DEPTHS[0]),
      perDepth: significant(perDepth),
    };
  });
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
