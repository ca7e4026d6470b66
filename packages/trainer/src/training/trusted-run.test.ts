import type { Device } from '@bravais/tensor-core';
import { namedValues } from '@bravais/tensor-core/nn';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../checkpoint';
import type { ExperimentConfig } from '../config';
import { createModel, fitPreprocessing, type PreparedMaterial, prepareMaterials } from '../model';
import { experimentOver, someWithEveryView } from '../testing/every-view';
import { RecordedRun } from '../testing/recorded-run';
import { averageDecay } from './average-decay';
import { restoreModel, type TrainingOutcome, train } from './train';
import { validate } from './validate';

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
  readonly recorded: RecordedRun;
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
  const recorded = new RecordedRun(stopAfter);
  const { signal, sink } = recorded;
  const config = configOf(training, learningRate);
  const running = train({ device, config, materials: of, resume: resume ?? null, signal, sink });
  let error: Run['error'] = null;
  const outcome = await running.catch((reason: Run['error']) => {
    error = reason;
    return null;
  });
  return { outcome, error, recorded };
}

function configOf(training: object, learningRate: number): ExperimentConfig {
  const config = experimentOver(TWO, { training: { ...BASE, ...training } });
  return { ...config, optim: { ...config.optim, learningRate } };
}

const losses = ({ recorded }: Run): (number | undefined)[] =>
  recorded.metrics.filter(({ split }) => split === 'train').map(({ values }) => values.loss);

describe('averages of the parameters', () => {
  it('are moved towards the parameters in every step, and change nothing of the training', async () => {
    const plain = await runOf({ training: {} });
    const run = await runOf({ training: { ema: 0.35, checkpointEvery: 1 } });
    expect(losses(run)).toEqual(losses(plain));
    const steps = run.recorded.saved.filter(({ name }) => name === 'last').map(({ contents }) => contents);
    expect(steps).toHaveLength(8);
    for (const [index, { model, optimizer }] of steps.entries()) {
      if (index === 0) continue;
      const moved = 1 - averageDecay(0.35, index + 1);
      for (const [name, { data }] of steps[index - 1]!.model) {
        const raw = optimizer.get(`raw.${name}`)?.data as Float32Array | undefined;
        if (!raw) continue;
        const averages = model.get(name)!.data as Float32Array;
        const far = Array.from(data as Float32Array, (before, at) => {
          const expected = before + moved * (raw[at]! - before);
          return Math.abs(averages[at]! - expected) / (1 + Math.abs(expected));
        });
        expect(Math.max(...far)).toBeLessThan(1e-6);
      }
    }
    const trained = plain.recorded.latest('last').model;
    const name = [...trained.keys()].find((each) => each.startsWith('phononDos.'))!;
    const last = run.recorded.latest('last');
    expect(last.optimizer.get(`raw.${name}`)).toEqual(trained.get(name));
    expect(last.model.get(name)).not.toEqual(trained.get(name));
  });

  it('of a short run lie near the parameters, far from those it began with', async () => {
    const training = { ema: 0.999 };
    const run = await runOf({ training });
    const { model, optimizer } = run.recorded.latest('last');
    const learning = materials.filter(({ split }) => split === 'train');
    const config = configOf(training, 0.005);
    const { parameters } = createModel(device, config, fitPreprocessing(config, learning));
    const initial = namedValues(parameters.entries, (await parameters.flat.read()) as Float32Array);
    const distance = (a: (name: string) => ArrayLike<number>, b: (name: string) => ArrayLike<number>) =>
      Math.hypot(
        ...[...initial.keys()].map((name) =>
          Math.hypot(...Array.from(a(name), (value, at) => value - b(name)[at]!)),
        ),
      );
    const average = (name: string) => model.get(name)!.data as Float32Array;
    const raw = (name: string) => optimizer.get(`raw.${name}`)!.data as Float32Array;
    const start = (name: string) => initial.get(name)!;
    expect(distance(raw, start)).toBeGreaterThan(0.1);
    expect(distance(average, raw)).toBeLessThan(0.25 * distance(raw, start));
    expect(distance(average, start)).toBeGreaterThan(0.75 * distance(raw, start));
  });

  it('are what is evaluated', async () => {
    const learningRate = 0.05;
    const run = await runOf({ training: { ema: 0.9 }, learningRate });
    const plain = await runOf({ training: {}, learningRate });
    const scores = ({ recorded }: Run) => recorded.metrics.find(({ split }) => split === 'val')!.values;
    const val = materials.filter(({ split }) => split === 'val');
    const averaged = restoreModel(device, await run.recorded.stored('last'));
    expect(scores(run)).toEqual(await validate(averaged, val));
    expect(scores(run)).not.toEqual(scores(plain));
  });

  it.each([{}, { microBatch: 6 }])('go on after a stop as if there had been none, %j', async (parts) => {
    const training = { ...parts, ema: 0.9, evaluateEvery: 3 };
    const whole = await runOf({ training });
    const early = await runOf({ training, stopAfter: 4 });
    expect(early.outcome!.status).toBe('interrupted');
    const rest = await runOf({ training, resume: await early.recorded.stored('last') });
    expect([...early.recorded.metrics, ...rest.recorded.metrics]).toEqual(whole.recorded.metrics);
    expect(await rest.recorded.stored('last')).toEqual(await whole.recorded.stored('last'));
  });
});

describe('patience', () => {
  const training = { evaluateEvery: 2, patience: 2 };

  it('ends a run that does not get better, says so, and ends it again after a resume', async () => {
    const run = await runOf({ training, learningRate: 1e-12 });
    expect(run.outcome).toMatchObject({ status: 'stopped-early', step: 6, best: { step: 2 } });
    const waited = run.recorded.metrics.filter(({ split }) => split === 'val');
    expect(waited.map(({ values }) => values.evaluationsSinceBest)).toEqual([0, 1, 2]);
    const again = await runOf({ training, learningRate: 1e-12, resume: await run.recorded.stored('last') });
    expect(again.outcome).toMatchObject({ status: 'stopped-early', step: 6 });
    expect(again.recorded.metrics).toEqual([]);
  });

  it('counts the evaluations before a stop', async () => {
    const early = await runOf({ training, learningRate: 1e-12, stopAfter: 4 });
    expect(early.outcome).toMatchObject({ status: 'interrupted', step: 5 });
    const rest = await runOf({ training, learningRate: 1e-12, resume: await early.recorded.stored('last') });
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
      expect(run.recorded.saved.map(({ name }) => name)).toEqual(['diverged']);
      const { divergence, progress, model } = run.recorded.latest('diverged');
      expect(divergence!.step).toBe(progress.step + 1);
      expect(divergence!.batch).toHaveLength(12);
      for (const id of divergence!.batch) expect(materials.map((material) => material.id)).toContain(id);
      const [id] = divergence!.batch;
      // Weights after a step of 1e30 are finite; what is computed from them is not, from the first row on.
      for (const { data } of model.values()) expect((data as Float32Array).every(Number.isFinite)).toBe(true);
      expect(divergence!.notFinite).toEqual({
        embedding: { modality: 'structure', id },
        term: 'structure|phononDos',
        gradient: expect.stringMatching(/^structure\./),
      });
      expect(run.error!.message).toContain(
        `at step ${divergence!.step}; first not finite: the structure embedding of ${id}. Its batch: ${id}, `,
      );
      // A checkpoint at every step stands where the repeated steps must arrive.
      const watched = await runOf({ training: { ...parts, checkpointEvery: 1 }, learningRate: 1e30 });
      expect(progress.step).toBeGreaterThan(0);
      expect(watched.recorded.latest('last').progress.step).toBe(progress.step);
      expect(model).toEqual(watched.recorded.latest('last').model);
      expect(run.recorded.latest('diverged').optimizer).toEqual(watched.recorded.latest('last').optimizer);
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
