import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareGraphs } from './prepare-graphs';
import { pruneFolder } from './prune-folder';
import { sampleCrystals } from './testing/sample-crystals';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-prune-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const nameOf = (k: number): string => `${k.toString(16).padStart(64, '0')}.graphs`;

/** Writes a file that was last used so many seconds ago. */
async function put(name: string, bytes: number, secondsAgo: number): Promise<void> {
  await writeFile(join(folder, name), new Uint8Array(bytes));
  const time = Date.now() / 1000 - secondsAgo;
  await utimes(join(folder, name), time, time);
}

describe('pruneFolder', () => {
  it('keeps the most recently used that fit, those in use before all others', async () => {
    const files = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 50 }), used: fc.boolean() }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(files, fc.nat(250), async (made, limit) => {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder);
        for (const [k, { bytes }] of made.entries()) await put(nameOf(k), bytes, 1000 - k);
        const inUse = new Set(made.flatMap(({ used }, k) => (used ? [join(folder, nameOf(k))] : [])));
        await pruneFolder(folder, { bytes: limit, inUse });
        // First gone first: unused ones by age, then used ones by age.
        const places = [...made.keys()];
        const order = [...places.filter((k) => !made[k]!.used), ...places.filter((k) => made[k]!.used)];
        while (order.reduce((sum, k) => sum + made[k]!.bytes, 0) > limit) order.shift();
        expect((await readdir(folder)).sort()).toEqual(order.map(nameOf).sort());
      }),
      { numRuns: 40 },
    );
  });

  it('leaves what is not its own, and parts that may be being written', async () => {
    const part = (k: number): string => `${nameOf(k)}.00000000-0000-4000-8000-00000000000${k}.part`;
    await put(nameOf(1), 10, 5);
    await put('notes.txt', 10, 1e6);
    await put('short.graphs', 10, 1e6);
    await put(part(2), 10, 60);
    await put(part(3), 10, 7200);
    await mkdir(join(folder, nameOf(4)));
    await pruneFolder(folder, { bytes: 0, inUse: new Set() });
    expect((await readdir(folder)).sort()).toEqual([nameOf(4), part(2), 'notes.txt', 'short.graphs'].sort());
  });
});

describe('the limit of prepareGraphs', () => {
  const OPTIONS = { neighbors: 3, cutoffAngstrom: 4 };
  const SETS = [sampleCrystals(20), sampleCrystals(21), sampleCrystals(22)];
  const cached = async (k: number, cacheLimitBytes?: number): Promise<boolean> => {
    let found = 0;
    await prepareGraphs(SETS[k]!, OPTIONS, {
      workers: 1,
      cacheFolder: folder,
      onProgress: (step) => {
        found = step.cached;
      },
      ...(cacheLimitBytes === undefined ? {} : { cacheLimitBytes }),
    });
    return found > 0;
  };
  const held = async (): Promise<number> => {
    const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  };

  it('lets the set go that was unused longest, and holds at every call', async () => {
    await cached(0);
    await cached(1);
    const two = (await held()) * 1.2;
    // Makes the order of use one of time, whatever the clock of the file system resolves.
    for (const [k, name] of (await readdir(folder)).entries()) {
      const time = Date.now() / 1000 - 100 - k;
      await utimes(join(folder, name), time, time);
    }
    expect(await cached(0)).toBe(true);
    await cached(2, two);
    expect(await held()).toBeLessThanOrEqual(two);
    expect(await cached(1, two)).toBe(false);
  });

  it('keeps the part of a larger set that fits, the same each time', async () => {
    const large = sampleCrystals(650);
    const run = async (cacheLimitBytes?: number): Promise<number> => {
      let found = 0;
      const how = {
        workers: 1,
        cacheFolder: folder,
        onProgress: (step: { cached: number }) => {
          found = step.cached;
        },
      };
      await prepareGraphs(large, OPTIONS, cacheLimitBytes === undefined ? how : { ...how, cacheLimitBytes });
      return found;
    };
    await run();
    const half = (await held()) / 2;
    const [first, second, third] = [await run(half), await run(half), await run(half)];
    expect(first).toBe(650);
    expect(second).toBeGreaterThan(0);
    expect(second).toBeLessThan(650);
    expect(third).toBe(second);
    expect(await held()).toBeLessThanOrEqual(half);
  });

  it.each([-1, Number.NaN])('of %d is refused', async (cacheLimitBytes) => {
    await expect(prepareGraphs([], {}, { cacheLimitBytes })).rejects.toMatchObject({ code: 'OPTION' });
  });
});
