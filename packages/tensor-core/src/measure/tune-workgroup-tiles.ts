import type { Device } from '../device';
import { add } from '../ops/elementwise/forward';
import type { TileCosts, TileTime } from '../ops/matmul/costs';
import { ALIGNED, forUnaligned, UNALIGNED } from '../ops/matmul/costs/workgroup-tiles';
import { tileName, type WorkgroupTile, workgroupBytes } from '../ops/matmul/tile';
import { zeros } from '../tensor';
import { keepBusy } from './measure-roofs';
import { leastTimes, productTrial, significant, type TrialExtents, trialPipeline } from './product-trial';

/** Depths whose times tell what a tile costs to begin and store from what each depth adds; multiples of every tile's. */
const DEPTHS = [128, 1152] as const;
/** Tiles for each unit in a product that keeps all of them busy. */
const TILES_PER_UNIT = 8;
const ROUNDS = 6;
/** A GPU that waited for compilations has turned its clocks down, and takes about as long to turn them up. */
const WARM_UP_SECONDS = 1.5;
/** A tile that is not the fastest of its extents on a busy GPU is kept if it is faster by so much alone. */
const WORTH_KEEPING = 0.9;
/** Depth by which tiles are compared that are alone. */
const USUAL_DEPTH = 256;

type WorkgroupEntry = TileCosts & { readonly tile: WorkgroupTile };

/**
 * Times of the tiles that are worth having on a GPU. All are timed on one layout, the best of those that have the same rows and
 * columns on all: each is a kernel that a user has to compile.
 */
export async function tuneWorkgroupTiles(
  device: Device,
  units: number,
  report: (line: string) => void,
  candidates: readonly WorkgroupTile[],
): Promise<TileCosts[]> {
  const memory = device.adapter.limits.maxComputeWorkgroupStorageSize ?? 16_384;
  const tiles = candidates.filter((tile) => workgroupBytes(tile) <= memory);
  const tried = await timed(
    device,
    units,
    tiles.map((tile) => entryOf(tile, ALIGNED[0]!)),
    report,
  );
  const best = fastest(tried);
  const others = best.flatMap(({ tile }) => [
    ...ALIGNED.slice(1).map((access) => entryOf(tile, access)),
    ...(forUnaligned(tile) ? UNALIGNED : []).map((access) => entryOf(tile, access)),
  ]);
  return [...best, ...(await timed(device, units, others, report))];
}

function entryOf(tile: WorkgroupTile, access: Pick<TileCosts, 'a' | 'b'>): WorkgroupEntry {
  return { tile, ...access, perTile: 0, perDepth: 0 };
}

/** The entries with their times, each on a busy GPU and alone on its unit. */
async function timed(
  device: Device,
  units: number,
  entries: readonly WorkgroupEntry[],
  report: (line: string) => void,
): Promise<WorkgroupEntry[]> {
  const started = performance.now();
  await device.prepare(
    entries.flatMap((entry) => extentsOf(entry.tile, units).map((extents) => trialPipeline(entry, extents))),
  );
  report(`compiled ${entries.length} kernels in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  await keepBusy(device, WARM_UP_SECONDS);
  const nothing = await nothingTime(device);
  const done: WorkgroupEntry[] = [];
  for (const entry of entries) {
    const extents = extentsOf(entry.tile, units);
    const trials = extents.map((each) => productTrial(device, entry, each));
    const times = (await leastTimes(device, trials, ROUNDS)).map((time) => time - nothing);
    const busyTiles = (extents[0]!.rows * extents[0]!.columns) / (entry.tile.rows * entry.tile.columns);
    const busy = tileTime(times[0]!, times[1]!, busyTiles / units);
    const alone = tileTime(times[2]!, times[3]!, 1);
    done.push({ ...entry, ...busy, alone });
    report(timeLine({ ...entry, ...busy, alone }, units, extents[1]!, times[1]!));
  }
  return done;
}

/** A product that keeps all units busy and one that gives each a tile, at both depths. */
function extentsOf(tile: WorkgroupTile, units: number): TrialExtents[] {
  const busyHigh = 32;
  const busyWide = Math.ceil((units * TILES_PER_UNIT) / busyHigh);
  let high = Math.floor(Math.sqrt(units));
  while (units % high !== 0) high--;
  return (
    [
      [busyHigh, busyWide],
      [high, units / high],
    ] as const
  ).flatMap(([down, across]) =>
    DEPTHS.map((depth) => ({ rows: down * tile.rows, columns: across * tile.columns, depth })),
  );
}

/** What a tile takes by the times at both depths; where noise lets the deeper product be no slower, all of it by depth. */
function tileTime(short: number, long: number, turns: number): TileTime {
  const slope = (long - short) / (DEPTHS[1] - DEPTHS[0]) / turns;
  const perDepth = slope > 0 ? slope : long / DEPTHS[1] / turns;
  return { perTile: significant(short / turns - perDepth * DEPTHS[0]), perDepth: significant(perDepth) };
}

/** What a launch takes that does nothing, by timestamps. */
async function nothingTime(device: Device): Promise<number> {
  const target = zeros(device, [4]);
  const trial = { work: () => add(target, 1).dispose(), kernels: '', tensors: [target] };
  return (await leastTimes(device, [trial], ROUNDS))[0]!;
}

/** Of tiles of the same rows and columns the fastest on a busy GPU, and the fastest alone where that is another by far. */
function fastest(entries: readonly WorkgroupEntry[]): WorkgroupEntry[] {
  const groups = new Map<string, WorkgroupEntry[]>();
  for (const entry of entries) {
    const name = `${entry.tile.rows}x${entry.tile.columns}`;
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  const busyTime = (entry: WorkgroupEntry): number => entry.perTile + entry.perDepth * USUAL_DEPTH;
  const aloneTime = ({ alone }: WorkgroupEntry): number => alone!.perTile + alone!.perDepth * USUAL_DEPTH;
  return [...groups.values()].flatMap((group) => {
    const busiest = leastBy(group, busyTime);
    const quickest = leastBy(group, aloneTime);
    return aloneTime(quickest) < WORTH_KEEPING * aloneTime(busiest) ? [busiest, quickest] : [busiest];
  });
}

function leastBy<T>(items: readonly T[], value: (item: T) => number): T {
  return items.reduce((least, item) => (value(item) < value(least) ? item : least));
}

function timeLine(
  { tile, a, b, perTile, perDepth, alone }: WorkgroupEntry,
  units: number,
  { rows, columns, depth }: TrialExtents,
  nanoseconds: number,
): string {
  const teraflops = (2 * rows * columns * depth) / nanoseconds / 1e3;
  const steady = (2 * tile.rows * tile.columns * units) / perDepth / 1e3;
  const single = (2 * tile.rows * tile.columns * units) / alone!.perDepth / 1e3;
  return [
    `${tileName(tile).padEnd(36)} ${`${a} ${b}`.padEnd(16)}`,
    `${teraflops.toFixed(1).padStart(6)} TFLOP/s at ${rows} x ${columns} x ${depth},`,
    `${steady.toFixed(1).padStart(6)} steady, ${single.toFixed(1).padStart(6)} alone;`,
    `a tile ${perTile} + ${perDepth} ns a depth, alone ${alone!.perTile} + ${alone!.perDepth}`,
  ].join(' ');
}
