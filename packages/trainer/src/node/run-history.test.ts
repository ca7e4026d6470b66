import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TrainerState } from '../checkpoint';
import { type ExperimentConfig, resolveConfig } from '../config';
import type { TrainingEvent } from '../training/events';
import { exportModel } from './export-model';
import { pretrain } from './pretrain';
import { readHistory } from './read-history';
import { softwareVersions } from './software-versions';

let device: Device;
let out = '';
beforeAll(async () => {
  device = await testDevice();
});
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'bravais-history-'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

const config = (learningRate = 0.002, training: object = {}): ExperimentConfig =>
  resolveConfig({
    name: 'history',
    data: { source: 'reference', limit: 24 },
    graph: { neighbors: 6 },
    model: {
      embeddingDim: 8,
      structure: { kind: 'cgcnn', width: 8, convolutions: 1, distanceBins: 8 },
      views: { phononDos: { kind: 'mlp', width: 8, layers: 1 } },
    },
    loss: { kind: 'all-pairs-clip' },
    optim: { learningRate, schedule: { kind: 'constant' } },
    training: { steps: 8, batchSize: 12, checkpointEvery: 2, ...training },
  });

async function eventsOf(of: ExperimentConfig, resume: string | null = null): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  const onEvent = (event: TrainingEvent) => events.push(event);
  await pretrain({ config: of, outDir: out, device, resume, onEvent, graphs: { workers: 1 } });
  return events;
}

const statePath = () => join(out, 'last', 'trainer-state.json');
const readState = async () => JSON.parse(await readFile(statePath(), 'utf8')) as TrainerState;

describe('softwareVersions', () => {
  it('are those that the packages say', () => {
    const { version } = createRequire(import.meta.url)('@bravais/trainer/package.json') as {
      version: string;
    };
    expect(Object.keys(softwareVersions())).toEqual([
      'node',
      '@bravais/trainer',
      '@bravais/tensor-core',
      '@bravais/graph-nn',
      '@bravais/encoders',
      '@bravais/losses',
      '@bravais/datasets',
      'webgpu',
    ]);
    expect(softwareVersions()).toMatchObject({ node: process.versions.node, '@bravais/trainer': version });
    for (const each of Object.values(softwareVersions())) expect(each).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('a resume', () => {
  it('under the versions of the checkpoint says nothing, under others what has changed, and goes on', async () => {
    const short = await eventsOf(config());
    expect(short.map(({ kind }) => kind)).not.toContain('environment-changed');
    const state = await readState();
    expect(state.versions).toEqual(softwareVersions());
    const again = await eventsOf(config(), 'auto');
    expect(again.map(({ kind }) => kind)).toContain('resumed');
    expect(again.map(({ kind }) => kind)).not.toContain('environment-changed');
    const older = {
      ...state,
      adapter: 'another',
      versions: { ...state.versions, node: '20.0.0', gone: '1.0.0' },
    };
    await writeFile(statePath(), JSON.stringify(older));
    const changed = await eventsOf(config(), join(out, 'last'));
    expect(changed[1]).toEqual({
      kind: 'environment-changed',
      changes: [
        { name: 'node', before: '20.0.0', now: process.versions.node },
        { name: 'adapter', before: 'another', now: device.adapter.description },
        { name: 'gone', before: '1.0.0', now: null },
      ],
    });
    expect((await readState()).versions).toEqual(softwareVersions());
  });

  it('from a checkpoint that does not say its versions says that', async () => {
    await eventsOf(config());
    const { versions: _, ...untold } = await readState();
    await writeFile(statePath(), JSON.stringify(untold));
    const [, changed] = await eventsOf(config(), join(out, 'last'));
    expect(changed).toMatchObject({ kind: 'environment-changed' });
    expect(changed).toHaveProperty('changes.0', { name: 'node', before: null, now: process.versions.node });
  });
});

describe('readHistory', () => {
  it('of a run that came to its end, of a checkpoint in it, and of a model by itself', async () => {
    await eventsOf(config());
    const expected = { ending: 'finished: all 8 steps', versions: softwareVersions() };
    expect(await readHistory(out)).toEqual(expected);
    expect(await readHistory(join(out, 'best'))).toEqual(expected);
    await exportModel(out, join(out, 'model'));
    expect(await readHistory(join(out, 'model'))).toBeNull();
    const card = await readFile(join(out, 'model', 'README.md'), 'utf8');
    expect(card).toContain(`| versions | node ${process.versions.node}, @bravais/trainer `);
  });

  it('of a run that stopped early says what it waited for', async () => {
    await eventsOf(config(1e-12, { patience: 2, evaluateEvery: 2 }));
    expect((await readHistory(out))!.ending).toMatch(
      /^stopped early after step 6: 2 evaluations without a better val\/mrr than 0\.\d+ after step 2$/,
    );
    const card = await readFile(join(out, 'last', 'README.md'), 'utf8');
    expect(card).toContain('| run | stopped early after step 6: ');
    expect(await readFile(join(out, 'best', 'README.md'), 'utf8')).toContain('| run | not ended at step 2');
  });

  it('of a run that diverged tells the diagnosis, and refuses a damaged one', async () => {
    await expect(eventsOf(config(1e30, { checkpointEvery: 100 }))).rejects.toMatchObject({
      code: 'DIVERGED',
    });
    const history = (await readHistory(out))!;
    expect(history.ending).toMatch(
      /^diverged: loss \S+ and gradient norm \S+ at step \d+; first not finite: /,
    );
    expect(history.divergence!.batch).toHaveLength(12);
    const file = join(out, 'diverged', 'diagnosis.json');
    await writeFile(file, (await readFile(file, 'utf8')).slice(0, 40));
    await expect(readHistory(out)).rejects.toMatchObject({
      name: 'CheckpointError',
      code: 'STATE',
      message: expect.stringContaining(file),
    });
  });
});
