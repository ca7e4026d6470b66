import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../checkpoint';
import type { ExperimentConfig } from '../config';
import type { PreparedMaterial } from '../model';
import { someMaterials, targetExperiment } from '../targets/testing/tiny-targets';
import { RecordedRun } from '../testing/recorded-run';
import { restoreModel, type TrainingOutcome, train } from './train';
import { validate } from './validate';

const TRAINING = { steps: 40, batchSize: 12, evaluateEvery: 2, patience: 3, ema: 0.9 };
const ALIGNED = {
  loss: { kind: 'all-pairs-clip' },
  views: { phononDos: { kind: 'mlp', width: 8, layers: 1, dropout: 0.1 } },
};

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

interface Changes {
  readonly experiment?: object;
  readonly training?: object;
  readonly learningRate?: number;
  readonly resume?: Checkpoint;
  readonly stopAt?: number;
}

interface Run {
  readonly config: ExperimentConfig;
  readonly materials: readonly PreparedMaterial[];
  readonly outcome: TrainingOutcome;
  readonly recorded: RecordedRun;
  readonly validations: readonly {
    readonly step: number;
    readonly values: Readonly<Record<string, number>>;
  }[];
}

async function runOf(changes: Changes): Promise<Run> {
  const { experiment = {}, learningRate = 0.3, resume = null, stopAt } = changes;
  const tiny = targetExperiment({
    dropout: 0.1,
    ...experiment,
    training: { ...TRAINING, ...changes.training },
  });
  const best = 'val/density/mae';
  const config = {
    ...tiny,
    optim: { ...tiny.optim, learningRate },
    training: { ...tiny.training, keepBest: best },
  };
  const materials = [...someMaterials(config, 'train', 36), ...someMaterials(config, 'val', 12)];
  const recorded = new RecordedRun(stopAt);
  const outcome = await train({ device, config, materials, resume, ...recorded });
  const validations = recorded.metrics.filter(({ split }) => split === 'val');
  return { config, materials, outcome, recorded, validations };
}

describe.each([
  ['a target alone', {}],
  ['a target beside an alignment', ALIGNED],
])('averages and patience with %s', (_, experiment) => {
  it('end the run three evaluations after the best one, which is the least error of the averages', async () => {
    const { outcome, validations, recorded, materials } = await runOf({ experiment });
    const errors = validations.map(({ values }) => values['density/mae']!);
    const least = Math.min(...errors);
    expect(outcome.status).toBe('stopped-early');
    expect(outcome.best).toEqual({
      metric: 'val/density/mae',
      value: least,
      step: validations[errors.indexOf(least)]!.step,
    });
    expect(outcome.step).toBe(outcome.best!.step + 3 * TRAINING.evaluateEvery);
    expect(validations.slice(-4).map(({ values }) => values.evaluationsSinceBest)).toEqual([0, 1, 2, 3]);
    const kept = restoreModel(device, await recorded.stored('best'));
    const val = materials.filter(({ split }) => split === 'val');
    const { evaluationsSinceBest: __, ...scores } = validations[errors.indexOf(least)]!.values;
    expect(await validate(kept, val)).toEqual(scores);
  });

  it('measure the averages, not the parameters of the step', async () => {
    const [averaged, plain] = [
      await runOf({ experiment, training: { patience: 20 } }),
      await runOf({ experiment, training: { patience: 20, ema: 1e-9 } }),
    ];
    const losses = ({ recorded }: Run) =>
      recorded.metrics.filter(({ split }) => split === 'train').map(({ values }) => values.loss);
    expect(losses(averaged)).toEqual(losses(plain));
    // A mean over steps of a rate that is far too high jumps less than the steps do.
    const jumps = ({ validations }: Run) =>
      validations
        .map(({ values }) => values['density/mae']!)
        .reduce((sum, value, at, all) => (at === 0 ? 0 : sum + Math.abs(value - all[at - 1]!)), 0);
    expect(jumps(averaged)).toBeLessThan(jumps(plain));
  });

  it('stopped and resumed, end with the bits of the run that was never stopped', async () => {
    const whole = await runOf({ experiment });
    const early = await runOf({ experiment, stopAt: 5 });
    expect(early.outcome).toMatchObject({ status: 'interrupted', step: 6 });
    const rest = await runOf({ experiment, resume: await early.recorded.stored('last') });
    expect([...early.recorded.metrics, ...rest.recorded.metrics]).toEqual(whole.recorded.metrics);
    expect(rest.outcome).toEqual({ ...whole.outcome, peakDeviceBytes: rest.outcome.peakDeviceBytes });
    expect(await rest.recorded.stored('last')).toEqual(await whole.recorded.stored('last'));
  });
});
