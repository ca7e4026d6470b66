import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CheckpointError } from '../checkpoint/checkpoint-error';
import { type CheckpointFiles, encodeCheckpoint } from '../checkpoint/checkpoint-files';
import { resolveConfig } from '../config/resolve-config';
import { findCheckpoint } from './find-checkpoint';
import { diskFolders, type FolderSystem } from './folder-system';
import { OutputError } from './output-error';
import { readCheckpoint } from './read-checkpoint';
import { swapIn, writeCheckpoint } from './write-checkpoint';

const config = resolveConfig({
  name: 'smoke',
  data: { source: 'reference' },
  model: { structure: { kind: 'cgcnn' }, views: { phononDos: { kind: 'mlp' } } },
  loss: { kind: 'all-pairs-clip' },
  optim: { schedule: { kind: 'constant' } },
  training: { steps: 20 },
});

const at = (step: number): Promise<CheckpointFiles> =>
  encodeCheckpoint({
    config,
    progress: { step, epoch: 0, stepInEpoch: step, seed: 0, adapter: 'llvmpipe', best: null },
    model: new Map([['w', { dtype: 'F32', shape: [1], data: Float32Array.of(step) }]]),
    optimizer: new Map(),
  });

/** The disk, until `left` operations are done; from then on everything fails, as after a power cut. */
function dyingAfter(left: number): FolderSystem {
  const step = <A extends unknown[], T>(run: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      if (left-- <= 0) throw new Error('power cut');
      return run(...args);
    };
  };
  return {
    exists: step(diskFolders.exists),
    makeFolder: step(diskFolders.makeFolder),
    // A file is cut in half by the cut.
    writeFile: async (path, bytes) => {
      if (left-- > 0) return diskFolders.writeFile(path, bytes);
      if (left === -1) await diskFolders.writeFile(path, bytes.subarray(0, bytes.length >> 1));
      throw new Error('power cut');
    },
    syncFolder: step(diskFolders.syncFolder),
    rename: step(diskFolders.rename),
    removeFolder: step(diskFolders.removeFolder),
  };
}

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'bravais-checkpoint-'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

describe('writeCheckpoint', () => {
  it('leaves one folder with every file, and nothing else', async () => {
    await writeCheckpoint(out, 'last', await at(1));
    const folder = await writeCheckpoint(out, 'last', await at(2));
    expect(await readdir(out)).toEqual(['last']);
    expect((await readdir(folder)).sort()).toEqual([...(await at(2)).keys()].sort());
    const { state, model, passedOver } = await readCheckpoint(folder);
    expect([state.step, model.get('w')?.data, passedOver]).toEqual([2, Float32Array.of(2), null]);
  });

  it('stopped after any operation, leaves the old or the new checkpoint, and the next write succeeds', async () => {
    const outcomes: number[] = [];
    for (let operations = 0; ; operations++) {
      await rm(out, { recursive: true });
      await mkdir(out);
      await writeCheckpoint(out, 'last', await at(1));
      const finished = await swapIn(dyingAfter(operations), out, 'last', await at(2)).then(
        () => true,
        () => false,
      );
      const { found } = await findCheckpoint(out);
      const { state } = await readCheckpoint(join(out, 'last'));
      expect(found?.state.step).toBe(state.step);
      outcomes.push(state.step);
      await writeCheckpoint(out, 'last', await at(3));
      expect((await readCheckpoint(join(out, 'last'))).state.step).toBe(3);
      expect(await readdir(out)).toEqual(['last']);
      if (finished) break;
    }
    // Operations up to the last rename leave the old one, all later ones the new one.
    expect(outcomes.length).toBeGreaterThan(12);
    expect(outcomes).toEqual([...outcomes].sort());
    expect(outcomes.at(0)).toBe(1);
    expect(outcomes.at(-1)).toBe(2);
  });

  it('stopped twice in the swap, still leaves one', async () => {
    for (const first of [10, 11, 12, 13, 14]) {
      for (const second of [9, 11, 12, 13]) {
        await rm(out, { recursive: true });
        await mkdir(out);
        await writeCheckpoint(out, 'last', await at(1));
        await swapIn(dyingAfter(first), out, 'last', await at(2)).catch(() => undefined);
        await swapIn(dyingAfter(second), out, 'last', await at(3)).catch(() => undefined);
        expect((await readCheckpoint(join(out, 'last'))).state.step).toBeGreaterThanOrEqual(1);
      }
    }
  });

  it('one failed operation is an OutputError, and the old checkpoint stands under its name', async () => {
    await writeCheckpoint(out, 'last', await at(1));
    let renames = 0;
    const failing: FolderSystem = {
      ...diskFolders,
      rename: (from, to) =>
        ++renames === 2
          ? Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' }))
          : diskFolders.rename(from, to),
    };
    const error = await swapIn(failing, out, 'last', await at(2)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OutputError);
    expect(error).toMatchObject({ code: 'NO_SPACE', folder: out });
    expect(await readdir(out)).toEqual(['last']);
    expect((await readCheckpoint(join(out, 'last'))).state.step).toBe(1);
  });

  it.each(['', '../x', 'last.previous', '.last', 'a/b'])('refuses the name %j', async (name) => {
    await expect(writeCheckpoint(out, name, await at(1))).rejects.toMatchObject({
      name: 'OutputError',
      code: 'NAME',
    });
  });
});

describe('readCheckpoint', () => {
  it('falls back to the previous one and says why', async () => {
    await writeCheckpoint(out, 'last', await at(2));
    await writeCheckpoint(out, 'older', await at(1));
    await diskFolders.rename(join(out, 'older'), join(out, 'last.previous'));
    await truncate(join(out, 'last', 'model.safetensors'), 100);
    const { state, folder, passedOver } = await readCheckpoint(join(out, 'last'));
    expect([state.step, folder]).toEqual([1, join(out, 'last.previous')]);
    expect(passedOver).toBeInstanceOf(CheckpointError);
    expect(passedOver?.code).toBe('TRUNCATED');
  });

  it('a checkpoint cut in half names file, bytes and remedy', async () => {
    const folder = await writeCheckpoint(out, 'last', await at(2));
    const file = join(folder, 'model.safetensors');
    const size = (await readFile(file)).length;
    await truncate(file, size >> 1);
    await expect(readCheckpoint(folder)).rejects.toThrow(
      `${file}: must be ${size} bytes, got ${size >> 1}. The file was cut short; copy it again or use an older checkpoint.`,
    );
  });

  it('nothing there, a file in its place, a folder in place of a file', async () => {
    await writeFile(join(out, 'file'), '');
    for (const name of ['none', 'file']) {
      await expect(readCheckpoint(join(out, name))).rejects.toMatchObject({
        name: 'CheckpointError',
        code: 'MISSING_FILE',
      });
    }
    await mkdir(join(out, 'odd', 'model.safetensors'), { recursive: true });
    await expect(readCheckpoint(join(out, 'odd'))).rejects.toMatchObject({ code: 'UNREADABLE' });
  });
});

describe('findCheckpoint', () => {
  it('takes the most steps, of equal steps "last", and passes over what is broken', async () => {
    await writeCheckpoint(out, 'best', await at(5));
    await writeCheckpoint(out, 'last', await at(5));
    expect((await findCheckpoint(out)).found?.folder).toBe(join(out, 'last'));
    await writeCheckpoint(out, 'last', await at(9));
    expect((await findCheckpoint(out)).found?.state.step).toBe(9);
    await truncate(join(out, 'last', 'trainer-state.json'), 20);
    const { found, passedOver } = await findCheckpoint(out);
    expect(found?.folder).toBe(join(out, 'best'));
    expect(passedOver.map(({ code }) => code)).toEqual(['STATE']);
  });

  it('an empty folder, no folder, other files: nothing found, nothing wrong', async () => {
    await writeFile(join(out, 'metrics.jsonl'), '');
    await mkdir(join(out, 'report'));
    await mkdir(join(out, '.last.partial'));
    await writeFile(join(out, '.last.partial', 'trainer-state.json'), '');
    expect(await findCheckpoint(out)).toEqual({ found: null, passedOver: [] });
    expect(await findCheckpoint(join(out, 'none'))).toEqual({ found: null, passedOver: [] });
  });
});
