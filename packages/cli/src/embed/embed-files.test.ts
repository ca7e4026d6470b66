import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { writeExtxyz } from '@bravais/datasets';
import { perturbedCrystals } from '@bravais/datasets/reference';
import { openDevice } from '@bravais/tensor-core/node';
import { restoreModel, structureEncoder } from '@bravais/trainer';
import { prepareStructures, readModel } from '@bravais/trainer/node';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fakeServices, sampleEncoder } from '../testing/fake-services';
import { embedFiles } from './embed-files';
import type { EmbeddingRow } from './embedding-row';
import type { DoneInput } from './read-inputs';

const MODEL = join(import.meta.dirname, '../../../../models/b1-first');
const { signal } = new AbortController();

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-embed-files-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What a run has done behind its first rows. */
function doneAfter(rows: readonly EmbeddingRow[]): DoneInput[] {
  const ids = [...new Set(rows.map(({ id }) => id))];
  return ids.map((id) => {
    const own = rows.filter((row) => row.id === id);
    return { id, rows: own.length, lastName: own.at(-1)!.name };
  });
}

it('goes on behind any whole batch as if it had never stopped, whatever is read ahead', async () => {
  const sizes = [3, 1, 150, 1, 40];
  const files: string[] = [];
  for (const [k, size] of sizes.entries()) {
    const file = join(folder, `${k}.xyz`);
    const frames = [...perturbedCrystals(size, k)].map(({ structure }) => writeExtxyz(structure));
    await writeFile(file, frames.map((text, i) => (i % 9 === 4 ? text.replace(/\n\w+ /, '\nQq ') : text)).join('')); // biome-ignore format: a line
    files.push(file);
  }
  const { prepareStructures: prepare } = fakeServices();
  const batchesOf = async (done: readonly DoneInput[], rows: number) => {
    const batches: (readonly EmbeddingRow[])[] = [];
    const options = {
      encoder: sampleEncoder,
      prepare: (structures: Parameters<typeof prepare>[0]) => prepare(structures, {} as never, {}),
      signal,
      note: () => undefined,
      done,
      readAhead: { sites: 10_000, rows },
    };
    for await (const batch of embedFiles(files, options)) batches.push(batch);
    return batches;
  };
  const whole = await batchesOf([], 10_000);
  expect(whole.flat()).toHaveLength(195);
  expect(whole.flat().some((row) => 'error' in row)).toBe(true);
  expect(whole.length).toBeGreaterThan(2);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), fc.integer({ min: 1, max: 300 }), async (stop, rows) => {
      const done = doneAfter(whole.slice(0, stop).flat());
      expect(await batchesOf(done, rows)).toEqual(whole.slice(stop));
    }),
    { numRuns: 30 },
  );
  const others = [{ id: files[1]!, rows: 1 }];
  await expect(batchesOf(others, 10)).rejects.toMatchObject({ code: 'USAGE' });
  await expect(batchesOf([{ id: files[0]!, rows: 4 }], 10)).rejects.toMatchObject({ code: 'USAGE' });
  const renamed = [{ id: files[0]!, rows: 2, lastName: 'frame 9' }];
  await expect(batchesOf(renamed, 10)).rejects.toMatchObject({ code: 'USAGE' });
});

it('keeps nothing of 2,000 materials: no graph, no row, no heap, no device memory', async () => {
  const file = join(folder, 'materials.xyz');
  const frames = Array.from(perturbedCrystals(2000, 1), ({ structure }) => writeExtxyz(structure));
  await writeFile(file, frames.join(''));
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  const device = await openDevice();
  const trained = await readModel(MODEL);
  const encoder = structureEncoder(restoreModel(device, trained));
  const heapNow = async (): Promise<number> => {
    // What a WeakRef was asked for stays until the end of the job.
    await setImmediate();
    gc();
    return process.memoryUsage().heapUsed;
  };
  /** Embeds the file; gives the most graphs or rows that were still there, and the live bytes of the device, at any look. */
  const pass = async () => {
    const refs = { graphs: [] as WeakRef<object>[], rows: [] as WeakRef<object>[] };
    const kept: number[] = [];
    const live = new Set<number>();
    const options = {
      encoder,
      prepare: async (structures: Parameters<typeof prepareStructures>[0]) => {
        const prepared = await prepareStructures(structures, trained.config, { workers: 1 });
        for (const each of prepared) refs.graphs.push(new WeakRef(each));
        return prepared;
      },
      signal,
      note: () => undefined,
      readAhead: { sites: 2000, rows: 128 },
    };
    for await (const batch of embedFiles([file], options)) {
      for (const row of batch) refs.rows.push(new WeakRef(row));
      live.add(device.stats.liveBytes);
      if (refs.rows.length % 256 >= 64) continue;
      await heapNow();
      for (const each of Object.values(refs)) {
        kept.push(each.filter((ref) => ref.deref() !== undefined).length);
      }
    }
    expect([refs.graphs.length, refs.rows.length]).toEqual([2000, 2000]);
    return { kept: Math.max(...kept), live: [...live], free: device.stats.freeBytes };
  };
  // The first pass compiles kernels and fills the caches that are bounded.
  const first = await pass();
  const before = await heapNow();
  const second = await pass();
  const after = await heapNow();
  device.destroy();
  // What is read ahead, what waits for a batch, and the batch at hand.
  expect(Math.max(first.kept, second.kept)).toBeLessThanOrEqual(128 + 64 + 64);
  expect(first.kept).toBeGreaterThan(0);
  expect(first.live).toHaveLength(1);
  expect(second.live).toEqual(first.live);
  expect(second.free).toBe(first.free);
  // A row alone takes a kilobyte.
  expect((after - before) / 2000).toBeLessThan(250);
});
