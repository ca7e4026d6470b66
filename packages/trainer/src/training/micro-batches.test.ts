import { referenceSet } from '@bravais/datasets/reference';
import type { Device } from '@bravais/tensor-core';
import { foldIn, key } from '@bravais/tensor-core/random';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExperimentConfig, resolveConfig } from '../config';
import { createModel, fitPreprocessing, type PreparedMaterial, prepareMaterials } from '../model';
import { ModelOptimizer } from './optimizer';
import { train } from './train';

const STEPS = 8;

function configure(
  training: { batchSize: number; microBatch?: number },
  { dropout = 0, learnTemperature = false } = {},
): ExperimentConfig {
  return resolveConfig({
    name: 'test',
    data: { source: 'reference' },
    graph: { neighbors: 8 },
    model: {
      embeddingDim: 12,
      structure: { kind: 'cgcnn', width: 16, convolutions: 1, distanceBins: 12, dropout },
      views: { phononDos: { kind: 'mlp', width: 16, layers: 1, dropout } },
    },
    loss: { kind: 'all-pairs-clip', temperature: 0.1, learnTemperature },
    optim: { learningRate: 0.005, schedule: { kind: 'constant' } },
    training: { steps: STEPS, ...training },
  });
}

let device: Device;
let materials: PreparedMaterial[];
beforeAll(async () => {
  device = await testDevice();
  const small = referenceSet().filter(({ structure }) => structure.atomicNumbers.length <= 4);
  const some = (split: string, count: number) =>
    small.filter((record) => record.split === split).slice(0, count);
  const config = configure({ batchSize: 24 });
  materials = prepareMaterials([...some('train', 24), ...some('val', 10)], config);
});

interface Steps {
  readonly losses: number[];
  readonly norms: number[];
  readonly parameters: Float32Array;
  readonly fallbacks: string[];
}

/** Some steps on batches of the same materials in turned order, which fall into the same few buckets. */
async function someSteps(config: ExperimentConfig, batch = materials.slice(0, 24)): Promise<Steps> {
  const model = createModel(device, config, fitPreprocessing(config, batch));
  const fallbacks: string[] = [];
  const optimizer = new ModelOptimizer(
    model,
    () => 0.005,
    null,
    ({ message }) => fallbacks.push(message),
  );
  const [losses, norms]: [number[], number[]] = [[], []];
  for (let step = 0; step < STEPS; step++) {
    const turned = [...batch.slice(step % 2), ...batch.slice(0, step % 2)];
    const { loss, gradientNorm } = optimizer.step(turned, foldIn(key(1), step));
    losses.push(await loss.item());
    norms.push(await gradientNorm.item());
    loss.dispose();
    gradientNorm.dispose();
  }
  const parameters = (await model.parameters.flat.read()) as Float32Array;
  optimizer.dispose();
  return { losses, norms, parameters, fallbacks };
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expected.forEach((value, step) => {
    expect(Math.abs(actual[step]! - value), `step ${step}`).toBeLessThan(1e-4 * value);
  });
}

describe('training.microBatch', () => {
  it.each([1, 6, 24])('of %i trains as the whole batch does, all negatives included', async (microBatch) => {
    const whole = await someSteps(configure({ batchSize: 24 }, { learnTemperature: true }));
    const parts = await someSteps(configure({ batchSize: 24, microBatch }, { learnTemperature: true }));
    expectClose(parts.losses, whole.losses);
    expectClose(parts.norms, whole.norms);
    expect(whole.losses.at(-1)).toBeLessThan(0.9 * whole.losses[0]!);
    expect(parts.fallbacks).toEqual([]);
  });

  it('trains as the whole batch does where materials lack a spectrum, and the last part is short', async () => {
    const lacking = materials
      .slice(0, 22)
      .map((material, row) => (row % 3 === 0 ? { ...material, views: {} } : material));
    const whole = await someSteps(configure({ batchSize: 24 }), lacking);
    const parts = await someSteps(configure({ batchSize: 24, microBatch: 6 }), lacking);
    expectClose(parts.losses, whole.losses);
    expectClose(parts.norms, whole.norms);
  });

  it('repeats bit for bit, dropout included', async () => {
    const config = configure({ batchSize: 24, microBatch: 8 }, { dropout: 0.3 });
    const [first, second] = [await someSteps(config), await someSteps(config)];
    expect(second.losses).toEqual(first.losses);
    expect(second.parameters).toEqual(first.parameters);
  });

  it('drops other features in each part: exchanged parts have another loss then, and only then', async () => {
    const exchanged = [...materials.slice(12, 24), ...materials.slice(0, 12)];
    const difference = async (dropout: number): Promise<number> => {
      const config = configure({ batchSize: 24, microBatch: 12 }, { dropout });
      const [one, other] = [await someSteps(config), await someSteps(config, exchanged)];
      return Math.abs(one.losses[0]! - other.losses[0]!);
    };
    expect(await difference(0)).toBeLessThan(1e-5);
    expect(await difference(0.3)).toBeGreaterThan(1e-3);
  });

  it('runs through training, validation and leaves nothing behind', async () => {
    const run = async (config: ExperimentConfig) => {
      const before = device.stats.liveBuffers;
      const metrics: { values: Readonly<Record<string, number>>; split: string }[] = [];
      const outcome = await train({
        device,
        config,
        materials,
        resume: null,
        signal: new AbortController().signal,
        sink: {
          metric: (record) => {
            metrics.push(record);
          },
          timing: () => undefined,
          checkpoint: async () => undefined,
          event: (event) => expect(event.kind).not.toBe('uncaptured'),
        },
      });
      const losses = metrics.flatMap(({ values, split }) => (split === 'train' ? [values.loss!] : []));
      return { outcome, losses, left: device.stats.liveBuffers - before };
    };
    const whole = await run(configure({ batchSize: 24 }));
    const parts = await run(configure({ batchSize: 24, microBatch: 4 }));
    expect(parts.outcome).toMatchObject({ status: 'finished', step: STEPS });
    expectClose(parts.losses, whole.losses);
    expect(parts.left).toBe(whole.left);
    expect(parts.outcome.best!.value).toBeCloseTo(whole.outcome.best!.value, 3);
  });
});
