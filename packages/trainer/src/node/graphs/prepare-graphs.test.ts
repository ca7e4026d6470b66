import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readMpCrystals } from '@bravais/datasets/node';
import { type Crystal, crystalGraph, GraphError } from '@bravais/graph-nn';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { encodeGraphs } from './encode-graphs';
import { type GraphOrError, graphOrError } from './graph-or-error';
import { graphShards } from './graph-shards';
import { installedGraphWorker } from './graph-workers';
import { type GraphProgress, type PrepareGraphsOptions, prepareGraphs } from './prepare-graphs';
import { buildGraphWorker } from './testing/build-graph-worker';
import { arbitraryCrystals, sampleCrystals } from './testing/sample-crystals';

/** Few edges, so that the sets that threads share are soon done. */
const OPTIONS = { neighbors: 3, cutoffAngstrom: 4 };
/** 6 shards. */
const LARGE = sampleCrystals(650);
/** One shard, kept in a file. */
const SMALL = sampleCrystals(20);

let workerFile = '';
let expected: readonly GraphOrError[] = [];
let folder = '';
beforeAll(async () => {
  workerFile = await buildGraphWorker();
  expected = LARGE.map((crystal) => graphOrError(crystal, OPTIONS));
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-graphs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bits = (graphs: readonly GraphOrError[]): Buffer => Buffer.from(encodeGraphs(graphs));

function expectSame(graphs: readonly GraphOrError[], others: readonly GraphOrError[]): void {
  expect(graphs).toHaveLength(others.length);
  expect(bits(graphs).equals(bits(others))).toBe(true);
}

/** Graphs of a set with what was said meanwhile. */
async function told(crystals: readonly Crystal[], how: PrepareGraphsOptions = {}) {
  const notes: string[] = [];
  const progress: GraphProgress[] = [];
  const graphs = await prepareGraphs(crystals, OPTIONS, {
    workerFile,
    onNote: (note) => notes.push(note),
    onProgress: (step) => progress.push(step),
    ...how,
  });
  return { graphs, notes, last: progress.at(-1), progress };
}

describe('prepareGraphs', () => {
  it('is crystalGraph of each crystal, what is wrong with one in its place', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCrystals, async (crystals) => {
        const graphs = await prepareGraphs(crystals, OPTIONS);
        expect(graphs).toEqual(crystals.map((crystal) => graphOrError(crystal, OPTIONS)));
      }),
      { numRuns: 30 },
    );
    expect(expected[7]).toMatchObject({ name: 'GraphError', code: 'ISOLATED_SITE' });
    expect(expected[6]).toEqual(crystalGraph(LARGE[6]!, OPTIONS));
  });

  it.each([1, 2, 3])(
    'gives the same bits in order with %i workers, with and without cache',
    async (workers) => {
      const { graphs, notes, progress } = await told(LARGE, { workers, cacheFolder: folder });
      expectSame(graphs, expected);
      expect(graphs[7]).toBeInstanceOf(GraphError);
      expect(progress.map(({ done }) => done)).toEqual(
        progress.map(({ done }) => done).sort((a, b) => a - b),
      );
      const again = await told(LARGE, { workers, cacheFolder: folder });
      expectSame(again.graphs, expected);
      expect([notes, again.notes]).toEqual([[], []]);
      expect(progress.at(-1)).toEqual({ done: LARGE.length, total: LARGE.length, cached: 0 });
      expect(again.last).toEqual({ done: LARGE.length, total: LARGE.length, cached: LARGE.length });
      if (workers === 2) expectSame((await told(LARGE, { workers })).graphs, expected);
    },
  );

  it('finds what is unchanged in a set that has grown', async () => {
    await told(LARGE.slice(0, 550), { workers: 1, cacheFolder: folder });
    const { graphs, last } = await told(LARGE, { workers: 1, cacheFolder: folder });
    expectSame(graphs, expected);
    expect(last!.cached).toBeGreaterThan(400);
    expect(last!.cached).toBeLessThan(550);
  });

  it('keeps other files for other options and other crystals', async () => {
    const moved = SMALL.map((crystal, k) =>
      k === 19 ? { ...crystal, fracCoords: Array.from(crystal.fracCoords, (x) => x + 1e-9) } : crystal,
    );
    const runs = [
      [SMALL, OPTIONS],
      [SMALL, { ...OPTIONS, neighbors: 4 }],
      [SMALL, { ...OPTIONS, symmetric: false }],
      [moved, OPTIONS],
      [[...SMALL].reverse(), OPTIONS],
    ] as const;
    for (const [count, [crystals, options]] of runs.entries()) {
      const graphs = await prepareGraphs(crystals, options, { cacheFolder: folder });
      expectSame(
        graphs,
        crystals.map((crystal) => graphOrError(crystal, options)),
      );
      expect(await readdir(folder)).toHaveLength(count + 1);
    }
    // The order of the options is not theirs.
    await prepareGraphs(SMALL, { cutoffAngstrom: 4, neighbors: 3 }, { cacheFolder: folder });
    expect(await readdir(folder)).toHaveLength(runs.length);
  });

  it('makes graphs again where a file was damaged at any byte, says so and mends it', async () => {
    const right = expected.slice(0, 20);
    await told(SMALL, { cacheFolder: folder });
    const file = join(folder, (await readdir(folder))[0]!);
    const written = await readFile(file);
    const damage = fc.record({ at: fc.nat(written.length - 1), flip: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(damage, fc.boolean(), async ({ at, flip }, cut) => {
        const bytes = Buffer.from(written.subarray(0, cut ? at : written.length));
        if (!cut) bytes[at]! ^= flip;
        await writeFile(file, bytes);
        const { graphs, notes, last } = await told(SMALL, { cacheFolder: folder });
        expectSame(graphs, right);
        expect(last!.cached).toBe(0);
        expect(notes).toEqual([expect.stringContaining(`graphs are made again: ${file}: `)]);
        expect((await readFile(file)).equals(written)).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect((await told(SMALL, { cacheFolder: folder })).last!.cached).toBe(20);
  });

  it('does not believe a whole file of other crystals', async () => {
    const others = [...SMALL].reverse();
    await told(others, { cacheFolder: folder });
    const [wrong] = await readdir(folder);
    await told(SMALL, { cacheFolder: folder });
    const right = (await readdir(folder)).find((name) => name !== wrong)!;
    await writeFile(join(folder, right), await readFile(join(folder, wrong!)));
    const { graphs, notes } = await told(SMALL, { cacheFolder: folder });
    expectSame(graphs, expected.slice(0, 20));
    expect(notes).toEqual([expect.stringMatching(/made again: .*sites in crystal 0 expected/)]);
  });

  it('two at once share the folder', async () => {
    const both = await Promise.all([
      told(LARGE, { workers: 2, cacheFolder: folder }),
      told(LARGE, { workers: 1, cacheFolder: folder }),
    ]);
    for (const { graphs, notes } of both) {
      expectSame(graphs, expected);
      expect(notes).toEqual([]);
    }
    expect((await readdir(folder)).every((name) => /^[0-9a-f]{64}\.graphs$/.test(name))).toBe(true);
    expect((await told(LARGE, { cacheFolder: folder })).last!.cached).toBe(LARGE.length);
  });

  it('goes on with a note where the folder cannot be one', async () => {
    const cacheFolder = join(folder, 'file');
    await writeFile(cacheFolder, '');
    const { graphs, notes } = await told(SMALL, { cacheFolder });
    expectSame(graphs, expected.slice(0, 20));
    expect(notes.at(-1)).toContain(`no graphs are kept in ${cacheFolder}: `);
  });

  it('keeps nothing of a few crystals', async () => {
    await told(SMALL.slice(0, 3), { cacheFolder: folder });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([1, 2])(
    'stops with the reason of the signal with %i workers, and keeps what was done',
    async (workers) => {
      const controller = new AbortController();
      const reason = new Error('enough');
      const stopped = told(LARGE, {
        workers,
        cacheFolder: folder,
        signal: controller.signal,
        onProgress: ({ done }) => done > 0 && controller.abort(reason),
      });
      await expect(stopped).rejects.toBe(reason);
      const kept = await readdir(folder);
      expect(kept.every((name) => name.endsWith('.graphs'))).toBe(true);
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.length).toBeLessThan(graphShards(LARGE).length);
      const { graphs, last } = await told(LARGE, { workers, cacheFolder: folder });
      expectSame(graphs, expected);
      expect(last!.cached).toBeGreaterThan(0);
      await expect(told(LARGE, { signal: controller.signal })).rejects.toBe(reason);
    },
  );

  it.each([
    ['throws', 'throw new Error("torn")', 'torn'],
    ['ends', 'process.exit(3)', 'exit code 3'],
    ['is not there', null, 'Cannot find module'],
  ])('says so where a worker %s', async (_what, source, got) => {
    const file = join(folder, 'worker.mjs');
    if (source !== null) await writeFile(file, source);
    const made = told(LARGE, { workers: 2, workerFile: pathToFileURL(file) });
    await expect(made).rejects.toMatchObject({ name: 'GraphPreparationError', code: 'WORKER_FAILED' });
    await expect(made).rejects.toThrow(got);
  });

  it('refuses a number of workers that is none', async () => {
    await expect(told(SMALL, { workers: 0 })).rejects.toMatchObject({ code: 'OPTION' });
  });
});

const built = existsSync(join(import.meta.dirname, '../../../dist/node/graphs/graph-worker.js'));
if (!built) console.log('skipped: the package is not built');

it.skipIf(!built)('finds the worker of the built package', async () => {
  const { graphs } = await told(LARGE, { workers: 2, workerFile: installedGraphWorker() });
  expectSame(graphs, expected);
});

const data = resolve(import.meta.dirname, '../../../../..', process.env.BRAVAIS_DATA ?? '../shared/data');
const there = existsSync(join(data, 'mp-crystals', 'val.jsonl.gz'));
if (!there) console.log('skipped: no data');

describe.skipIf(!there)('mp-crystals', () => {
  it('has the same graphs from workers and from the cache', async () => {
    const crystals = (await readMpCrystals(data, { split: 'val' })).map(({ structure }) => structure);
    const how = { workers: 2, workerFile, cacheFolder: folder };
    const made = await prepareGraphs(crystals, {}, how);
    expectSame(
      made,
      crystals.map((crystal) => graphOrError(crystal, {})),
    );
    expectSame(await prepareGraphs(crystals, {}, how), made);
  });
});
