import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { testDevice } from '@bravais/tensor-core/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ExperimentConfig, resolveConfig } from '../config';
import type { TrainingEvent } from '../training/events';
import { diskFolders } from './folder-system';
import { type PretrainSummary, pretrain } from './pretrain';
import { readCheckpoint } from './read-checkpoint';

const config = (training: object = {}): ExperimentConfig =>
  resolveConfig({
    name: 'faults',
    data: { source: 'reference', limit: 32 },
    graph: { neighbors: 6 },
    model: {
      embeddingDim: 8,
      structure: { kind: 'cgcnn', width: 8, convolutions: 1, distanceBins: 8 },
      views: { phononDos: { kind: 'mlp', width: 8, layers: 1 } },
    },
    loss: { kind: 'all-pairs-clip' },
    optim: { learningRate: 0.002, schedule: { kind: 'warmup-cosine' } },
    training: { steps: 12, batchSize: 16, checkpointEvery: 4, logEvery: 1, ema: 0.9, ...training },
  });

let device: Device;
let folder = '';
beforeAll(async () => {
  device = await testDevice();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-faults-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

interface Watched {
  readonly on?: Device;
  readonly of?: ExperimentConfig;
  readonly onEvent?: (event: TrainingEvent) => void;
}

function run(out: string, { on = device, of = config(), onEvent }: Watched = {}): Promise<PretrainSummary> {
  return pretrain({
    config: of,
    outDir: join(folder, out),
    resume: 'auto',
    device: on,
    graphs: { workers: 1 },
    ...(onEvent ? { onEvent } : {}),
  });
}

/** Does something once, after the numbers of a step came. */
const afterStep =
  (step: number, act: () => void): ((event: TrainingEvent) => void) =>
  (event) => {
    if (event.kind === 'step' && event.step === step) act();
  };

async function bytesOf(out: string): Promise<Buffer[]> {
  const files = ['last/model.safetensors', 'last/optimizer.safetensors', 'metrics.jsonl'];
  return Promise.all(files.map((file) => readFile(join(folder, out, file))));
}

async function expectRecovery(): Promise<void> {
  const { state } = await readCheckpoint(join(folder, 'hit', 'last'));
  expect(state.step).toBe(4);
  expect((await readdir(join(folder, 'hit'))).sort()).toEqual([
    expect.stringMatching(/^events\.out\.tfevents\./),
    'last',
    'metrics.jsonl',
    'timing.jsonl',
  ]);
  expect((await run('hit')).status).toBe('finished');
  await run('whole');
  expect(await bytesOf('hit')).toEqual(await bytesOf('whole'));
}

describe('a fault in the middle of a run is a typed error, the last checkpoint stands, and the run goes on from it', () => {
  it.each([
    ['a disk that is full', 'ENOSPC', 'writeFile', 'NO_SPACE'],
    ['a quota that is used up', 'EDQUOT', 'writeFile', 'NO_SPACE'],
    ['a file that may not grow', 'EFBIG', 'writeFile', 'NO_SPACE'],
    ['a folder that turned read-only', 'EROFS', 'makeFolder', 'NOT_WRITABLE'],
    ['a folder whose permissions went', 'EACCES', 'rename', 'NOT_WRITABLE'],
    ['a disk that fails', 'EIO', 'syncFolder', 'FAILED'],
  ] as const)('%s', async (_, code, operation, expected) => {
    const fail = (): void => {
      const refusal = Object.assign(new Error(code), { code });
      vi.spyOn(diskFolders, operation).mockRejectedValueOnce(refusal);
    };
    await expect(run('hit', { onEvent: afterStep(6, fail) })).rejects.toMatchObject({
      name: 'OutputError',
      code: expected,
      folder: join(folder, 'hit'),
    });
    await expectRecovery();
  });

  it('a device that is lost', async () => {
    const own = await openDevice();
    const lost = run('hit', { on: own, onEvent: afterStep(6, () => own.destroy()) });
    await expect(lost).rejects.toMatchObject({ name: 'DeviceError', code: 'LOST' });
    await expectRecovery();
  });
});

describe('a folder of a run', () => {
  it('keeps the newest checkpoints of steps beside the last, where the config asks for them', async () => {
    await run('kept', { of: config({ checkpointEvery: 2, keep: 2 }) });
    const names = (await readdir(join(folder, 'kept'))).filter((name) => !/jsonl$|^events/.test(name));
    expect(names.sort()).toEqual(['best', 'last', 'step-0000000010', 'step-0000000012']);
    const { state } = await readCheckpoint(join(folder, 'kept', 'step-0000000010'));
    expect(state.step).toBe(10);
  });

  it('of a run that diverged goes on from the last checkpoint, never from the one that shows why', async () => {
    const wild = resolveConfig({
      ...config({ checkpointEvery: 1 }),
      optim: { ...config().optim, learningRate: 1e30 },
    });
    const steps: number[] = [];
    for (const _ of [1, 2]) {
      const onEvent = (event: TrainingEvent): void => {
        if (event.kind === 'resumed') expect(event.folder).toBe(join(folder, 'wild', 'last'));
      };
      const error = await run('wild', { of: wild, onEvent }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'TrainingError', code: 'DIVERGED' });
      const text = await readFile(join(folder, 'wild', 'diverged', 'diagnosis.json'), 'utf8');
      steps.push((JSON.parse(text) as { step: number }).step);
    }
    expect(steps[1]).toBe(steps[0]);
    const { state } = await readCheckpoint(join(folder, 'wild', 'diverged'));
    expect(state.step).toBe(steps[0]! - 1);
  });
});
