import { referenceSet } from '@bravais/datasets/reference';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ViewAugmentations } from '../augmentation/view-augmentation';
import type { Checkpoint } from '../checkpoint';
import { type ExperimentConfig, resolveConfig } from '../config';
import { encodeMetric } from '../metrics';
import { type PreparedMaterial, prepareMaterials } from '../model';
import { RecordedRun } from '../testing/recorded-run';
import { type TrainingOutcome, train } from './train';

const BASE = {
  name: 'test',
  data: { source: 'reference' },
  graph: { neighbors: 8 },
  model: {
    embeddingDim: 16,
    structure: { kind: 'cgcnn', width: 16, convolutions: 1, distanceBins: 12, dropout: 0.1 },
    views: { phononDos: { kind: 'mlp', width: 16, layers: 1, dropout: 0.1 } },
  },
  loss: { kind: 'all-pairs-clip', temperature: 0.1 },
  optim: { learningRate: 0.005, schedule: { kind: 'warmup-cosine' } },
  training: { steps: 12, batchSize: 16, checkpointEvery: 6, evaluateEvery: 6, logEvery: 2 },
};

function configure(
  changes: {
    seed?: number;
    learnTemperature?: boolean;
    steps?: number;
    learningRate?: number;
    activationCheckpointing?: boolean;
    augment?: ViewAugmentations;
  } = {},
): ExperimentConfig {
  const { seed = 0, learnTemperature = false, steps = 12, learningRate = 0.005 } = changes;
  const { activationCheckpointing = false, augment } = changes;
  return resolveConfig({
    ...BASE,
    seed,
    loss: { ...BASE.loss, learnTemperature },
    optim: { ...BASE.optim, learningRate },
    training: { ...BASE.training, steps, activationCheckpointing, ...(augment ? { augment } : {}) },
  });
}

interface Run extends Pick<RecordedRun, 'events' | 'saved'> {
  readonly outcome: TrainingOutcome;
  readonly metrics: string;
  readonly stored: (name: 'last' | 'best') => Promise<Checkpoint>;
}

let device: Device;
let materials: PreparedMaterial[];
beforeAll(async () => {
  device = await testDevice();
  const small = referenceSet().filter(({ structure }) => structure.atomicNumbers.length <= 4);
  const some = (split: string, count: number) =>
    small.filter((record) => record.split === split).slice(0, count);
  materials = prepareMaterials([...some('train', 64), ...some('val', 24), ...some('test', 8)], configure());
});

async function runTraining(
  config: ExperimentConfig,
  resume: Checkpoint | null = null,
  stopAt = Number.POSITIVE_INFINITY,
): Promise<Run> {
  const recorded = new RecordedRun(stopAt);
  const { signal, sink, events, saved, metrics } = recorded;
  const outcome = await train({ device, config, materials, resume, signal, sink });
  const stored = (name: 'last' | 'best') => recorded.stored(name);
  return { outcome, metrics: metrics.map(encodeMetric).join(''), events, saved, stored };
}

const stored = (run: Run, name: 'last' | 'best'): Promise<Checkpoint> => run.stored(name);

describe('a training run', () => {
  it('learns: the loss falls, and validation beats chance', async () => {
    const run = await runTraining(configure({ steps: 60 }));
    expect(run.outcome).toMatchObject({ status: 'finished', step: 60, steps: 60 });
    const losses = run.events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
    expect(losses.at(-1)!).toBeLessThan(0.8 * losses[0]!);
    const chance = Array.from({ length: 24 }, (_, i) => 1 / (i + 1) / 24).reduce((sum, each) => sum + each);
    expect(run.outcome.best!.value).toBeGreaterThan(1.3 * chance);
  });

  it('repeats bit for bit with its seed, and differs with another', async () => {
    const [first, second, other] = [
      await runTraining(configure()),
      await runTraining(configure()),
      await runTraining(configure({ seed: 1 })),
    ];
    expect(second.metrics).toBe(first.metrics);
    expect(await stored(second, 'last')).toEqual(await stored(first, 'last'));
    expect(other.metrics).not.toBe(first.metrics);
  });

  it('gives the same bits with activations checkpointed', async () => {
    const plain = await runTraining(configure());
    const checkpointed = await runTraining(configure({ activationCheckpointing: true }));
    expect(checkpointed.metrics).toBe(plain.metrics);
    expect(plain.outcome.peakDeviceBytes).toBeGreaterThan(0);
  });

  it('with views changed at random, too, goes on as if it had not been stopped', async () => {
    const config = configure({ augment: { phononDos: [{ name: 'shift' }, { name: 'noise' }] } });
    const whole = await runTraining(config);
    const early = await runTraining(config, null, 6);
    const rest = await runTraining(config, await stored(early, 'last'));
    expect((await stored(rest, 'last')).model).toEqual((await stored(whole, 'last')).model);
    expect(whole.metrics).not.toBe((await runTraining(configure())).metrics);
  });

  it('resumed from a checkpoint equals the run that was never stopped', async () => {
    const whole = await runTraining(configure());
    const early = await runTraining(configure(), null, 6);
    // The next step was underway when the abort came.
    expect(early.outcome).toMatchObject({ status: 'interrupted', step: 7 });
    const rest = await runTraining(configure(), await stored(early, 'last'));
    expect(early.metrics + rest.metrics).toBe(whole.metrics);
    expect(await stored(rest, 'last')).toEqual(await stored(whole, 'last'));
    expect(rest.outcome.best).toEqual(whole.outcome.best);
  });

  it('trains the temperature where asked to, and keeps it in the checkpoint', async () => {
    const run = await runTraining(configure({ learnTemperature: true }));
    const scale = (await stored(run, 'last')).model.get('logitScale')!.data[0] as number;
    expect(scale).not.toBeCloseTo(Math.log(10), 6);
    expect(Math.abs(scale - Math.log(10))).toBeLessThan(0.5);
  });

  it('leaves no tensors behind', async () => {
    const before = device.stats.liveBuffers;
    await runTraining(configure({ steps: 3 }));
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('stops where the loss is no number, and says what to do', async () => {
    const run = runTraining(configure({ learningRate: 1e30 }));
    await expect(run).rejects.toMatchObject({
      code: 'DIVERGED',
      message: expect.stringContaining('Lower optim.learningRate'),
    });
  });

  it('refuses a training split without negatives', async () => {
    const all = materials;
    materials = materials.filter(({ split }) => split !== 'train');
    await expect(runTraining(configure())).rejects.toMatchObject({ code: 'EMPTY_SPLIT' });
    materials = all;
  });
});
