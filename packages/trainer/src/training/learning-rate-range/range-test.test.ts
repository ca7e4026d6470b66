import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PreparedMaterial, prepareMaterials } from '../../model';
import { experimentOver, someWithEveryView } from '../../testing/every-view';
import { RecordedRun } from '../../testing/recorded-run';
import { train } from '../train';
import { type RangeReport, type RangeTestRun, rangeTest } from './range-test';

const config = experimentOver(['structure', 'phononDos'], { training: { batchSize: 12 } });

let device: Device;
let materials: PreparedMaterial[];
beforeAll(async () => {
  device = await testDevice();
  materials = prepareMaterials(someWithEveryView('train', 36), config);
});

const run = (more: Partial<RangeTestRun> = {}): Promise<RangeReport> =>
  rangeTest({ device, config, materials, signal: new AbortController().signal, steps: 60, ...more });

describe('a learning-rate range test', () => {
  it('raises the rate from 1e-6 by equal factors, and suggests one at which a run learns', async () => {
    const { points, steepest, minimum, minimumTenth } = await run();
    expect(points[0]!.learningRate).toBeCloseTo(1e-6, 12);
    const factor = 10 ** (6 / 59);
    points.slice(1).forEach(({ learningRate }, at) => {
      expect(learningRate / points[at]!.learningRate).toBeCloseTo(factor, 9);
    });
    expect(steepest).toBeGreaterThan(1e-5);
    expect(steepest).toBeLessThan(minimum!);
    expect(minimumTenth).toBe(minimum! / 10);
    const lastLossAt = async (learningRate: number): Promise<number> => {
      const recorded = new RecordedRun();
      const trained = {
        ...config,
        optim: { ...config.optim, learningRate },
        training: { ...config.training, steps: 30 },
      };
      await train({ device, config: trained, materials, resume: null, ...recorded });
      return recorded.metrics.at(-1)!.values.loss!;
    };
    expect(await lastLossAt(steepest!)).toBeLessThan(0.9 * (await lastLossAt(1e-5)));
  });

  it('repeats bit for bit, with averages and without, and differs with another seed', async () => {
    const first = await run();
    expect(await run()).toEqual(first);
    const averaged = { ...config, training: { ...config.training, ema: 0.9 } };
    expect(await run({ config: averaged })).toEqual(first);
    expect((await run({ config: { ...config, seed: 1 } })).points).not.toEqual(first.points);
  });

  it('begins with the loss that a run begins with, and tells of every step', async () => {
    const told: number[] = [];
    const report = await run({ steps: 4, onStep: ({ loss }, step) => told.push(step, loss) });
    expect(told).toEqual(report.points.flatMap(({ loss }, at) => [at + 1, loss]));
    expect(report).toMatchObject({ ended: 'all-rates', steps: 4, batchSize: 12, seed: 0 });
    const recorded = new RecordedRun();
    await train({ device, config, materials, resume: null, ...recorded });
    expect(report.points[0]!.loss).toBe(recorded.metrics[0]!.values.loss);
  });

  it('stops where the loss is no number, which is no point of the curve', async () => {
    const of = materials.map((each, row) => {
      const phononDos = each.views.phononDos!.map(() => Number.POSITIVE_INFINITY);
      return row === 0 ? { ...each, views: { ...each.views, phononDos } } : each;
    });
    const report = await run({ materials: of });
    expect(report.ended).toBe('not-finite');
    // An epoch is three batches: the material is in one of them.
    expect(report.points.length).toBeLessThan(3);
    expect(report.points.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  });

  it('ends where it is told to, and leaves no tensors behind', async () => {
    const before = device.stats.liveBuffers;
    const controller = new AbortController();
    const seen: number[] = [];
    const onStep = (_: unknown, step: number): void => {
      seen.push(step);
      if (step === 3) controller.abort(new Error('enough'));
    };
    await expect(run({ signal: controller.signal, onStep })).rejects.toThrow('enough');
    expect(seen).toEqual([1, 2, 3]);
    expect(device.stats.liveBuffers).toBe(before);
  });
});
