import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Checkpoint, type CheckpointContents, decodeCheckpoint, encodeCheckpoint } from '../checkpoint';
import type { MetricRecord } from '../metrics';
import { type PreparedMaterial, prepareMaterials } from '../model';
import { experimentOver, someWithEveryView } from '../testing/every-view';
import { type TrainingOutcome, train } from './train';

const TWO = ['structure', 'phononDos'];
const BASE = { steps: 8, batchSize: 12, logEvery: 1, checkpointEvery: 100 };

let device: Device;
let materials: PreparedMaterial[];
beforeAll(async () => {
  device = await testDevice();
  const records = [...someWithEveryView('train', 30), ...someWithEveryView('val', 8)];
  materials = prepareMaterials(records, experimentOver(TWO));
});

interface Run {
  readonly outcome: TrainingOutcome | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly metrics: readonly MetricRecord[];
  readonly saved: readonly { readonly name: string; readonly contents: CheckpointContents }[];
}

interface Changes {
  readonly training: object;
  readonly learningRate?: number;
  readonly of?: readonly PreparedMaterial[];
  readonly resume?: Checkpoint;
  readonly stopAfter?: number;
}

async function runOf({
  training,
  learningRate = 0.005,
  of = materials,
  resume,
  stopAfter,
}: Changes): Promise<Run> {
  const config = experimentOver(TWO, { training: { ...BASE, ...training } });
  const controller = new AbortController();
  const metrics: MetricRecord[] = [];
  const saved: { name: string; contents: CheckpointContents }[] = [];
  const running = train({
    device,
    config: { ...config, optim: { ...config.optim, learningRate } },
    materials: of,
    resume: resume ?? null,
    signal: controller.signal,
    sink: {
      metric: (record) => {
        metrics.push(record);
      },
      timing: () => undefined,
      checkpoint: async (name, contents) => {
        saved.push({ name, contents });
      },
      event: (event) => {
        if (event.kind === 'step' && event.step === stopAfter) controller.abort();
      },
    },
  });
  let error: Run['error'] = null;
  const outcome = await running.catch((reason: Run['error']) => {
    error = reason;
    return null;
  });
  return { outcome, error, metrics, saved };
}

const latest = ({ saved }: Run, name: string): CheckpointContents =>
  saved.findLast((each) => each.name === name)!.contents;

const stored = async (run: Run): Promise<Checkpoint> =>
  decodeCheckpoint(await encodeCheckpoint(latest(run, 'last')));

const losses = ({ metrics }: Run): (number | undefined)[] =>
  metrics.filter(({ split }) => split === 'train').map(({ values }) => values.loss);

describe('averages of the parameters', () => {
  it('are moved towards the parameters in every step, and change nothing of the training', async () => {
    const plain = await runOf({ training: {} });
    const run = await runOf({ training: { ema: 0.75, checkpointEvery: 1 } });
    expect(losses(run)).toEqual(losses(plain));
    const steps = run.saved.filter(({ name }) => name === 'last').map(({ contents }) => contents);
    expect(steps).toHaveLength(8);
    for (const [index, { model, optimizer }] of steps.entries()) {
      if (index === 0) continue;
      for (const [name, { data }] of steps[index - 1]!.model) {
        const raw = optimizer.get(`raw.${name}`)?.data;
        if (!raw) continue;
        const averages = model.get(name)!.data;
        data.forEach((before, at) => {
          const expected = Number(before) + 0.25 * (Number(raw[at]) - Number(before));
          expect(Math.abs(Number(averages[at]) - expected)).toBeLessThan(1e-6 * (1 + Math.abs(expected)));
        });
      }
    }
    const trained = latest(plain, 'last').model;
    const name = [...trained.keys()].find((each) => each.startsWith('phononDos.'))!;
    expect(latest(run, 'last').optimizer.get(`raw.${name}`)).toEqual(trained.get(name));
    expect(latest(run, 'last').model.get(name)).not.toEqual(trained.get(name));
  });

  it('are what is evaluated', async () => {
    const scores = ({ metrics }: Run) => metrics.find(({ split }) => split === 'val')!.values;
    const frozen = await runOf({ training: { ema: 0.999999 }, learningRate: 0.05 });
    const untrained = await runOf({ training: {}, learningRate: 1e-12 });
    expect(scores(frozen)).toEqual(scores(untrained));
    expect(scores(frozen)).not.toEqual(scores(await runOf({ training: {}, learningRate: 0.05 })));
  });

  it.each([{}, { microBatch: 6 }])('go on after a stop as if there had been none, %j', async (parts) => {
    const training = { ...parts, ema: 0.9, evaluateEvery: 3 };
    const whole = await runOf({ training });
    const early = await runOf({ training, stopAfter: 4 });
    expect(early.outcome!.status).toBe('interrupted');
    const rest = await runOf({ training, resume: await stored(early) });
    expect([...early.metrics, ...rest.metrics]).toEqual(whole.metrics);
    expect(await stored(rest)).toEqual(await stored(whole));
  });
});

describe('patience', () => {
  const training = { evaluateEvery: 2, patience: 2 };

  it('ends a run that does not get better, says so, and ends it again after a resume', async () => {
    const run = await runOf({ training, learningRate: 1e-12 });
    expect(run.outcome).toMatchObject({ status: 'stopped-early', step: 6, best: { step: 2 } });
    const waited = run.metrics.filter(({ split }) => split === 'val');
    expect(waited.map(({ values }) => values.evaluationsSinceBest)).toEqual([0, 1, 2]);
    const again = await runOf({ training, learningRate: 1e-12, resume: await stored(run) });
    expect(again.outcome).toMatchObject({ status: 'stopped-early', step: 6 });
    expect(again.metrics).toEqual([]);
  });

  it('counts the evaluations before a stop', async () => {
    const early = await runOf({ training, learningRate: 1e-12, stopAfter: 4 });
    expect(early.outcome).toMatchObject({ status: 'interrupted', step: 5 });
    const rest = await runOf({ training, learningRate: 1e-12, resume: await stored(early) });
    expect(rest.outcome).toMatchObject({ status: 'stopped-early', step: 6 });
  });

  it('needs evaluations', () => {
    expect(() => experimentOver(TWO, { training: { patience: 2 } })).toThrow('training.patience');
  });
});

describe('numbers that are not finite', () => {
  it.each([{}, { microBatch: 6 }, { ema: 0.9 }])(
    'end the run with what was first, and leave the state before the step, %j',
    async (parts) => {
      const run = await runOf({ training: parts, learningRate: 1e30 });
      expect(run.error).toMatchObject({ name: 'TrainingError', code: 'DIVERGED' });
      expect(run.saved.map(({ name }) => name)).toEqual(['diverged']);
      const { divergence, progress, model } = latest(run, 'diverged');
      expect(divergence!.step).toBe(progress.step + 1);
      expect(divergence!.batch).toHaveLength(12);
      for (const id of divergence!.batch) expect(materials.map((material) => material.id)).toContain(id);
      const { parameter, embedding } = divergence!.notFinite;
      const first = parameter ?? embedding?.id;
      expect(first).toBeDefined();
      for (const part of [`at step ${divergence!.step}`, first!, divergence!.batch[0]!]) {
        expect(run.error!.message).toContain(part);
      }
      // A checkpoint at every step stands where the repeated steps must arrive.
      const watched = await runOf({ training: { ...parts, checkpointEvery: 1 }, learningRate: 1e30 });
      expect(progress.step).toBeGreaterThan(0);
      expect(latest(watched, 'last').progress.step).toBe(progress.step);
      expect(model).toEqual(latest(watched, 'last').model);
      expect(latest(run, 'diverged').optimizer).toEqual(latest(watched, 'last').optimizer);
    },
  );

  it('of one material name it', async () => {
    const bad = materials[4]!;
    const phononDos = bad.views.phononDos!.map((value, bin) =>
      bin === 3 ? Number.POSITIVE_INFINITY : value,
    );
    const of = materials.map((each) =>
      each === bad ? { ...bad, views: { ...bad.views, phononDos } } : each,
    );
    const run = await runOf({ training: {}, of });
    expect(run.error!.message).toContain(`the phononDos embedding of ${bad.id}`);
  });
});
