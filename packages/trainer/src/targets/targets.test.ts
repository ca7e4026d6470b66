import type { Device } from '@bravais/tensor-core';
import { flattenTree, type Tree } from '@bravais/tensor-core';
import { foldIn, key } from '@bravais/tensor-core/random';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Checkpoint } from '../checkpoint';
import type { ExperimentConfig } from '../config';
import { encodeMetric } from '../metrics';
import { createModel, fitPreprocessing, type PreparedMaterial } from '../model';
import { RecordedRun } from '../testing/recorded-run';
import { embedMaterials } from '../training/embed-materials';
import type { CheckpointName } from '../training/events';
import { initialModel } from '../training/initial-model';
import { ModelOptimizer } from '../training/optimizer';
import { restoreModel, type TrainingRun, train } from '../training/train';
import { targetMetrics } from './target-metrics';
import { someMaterials, targetExperiment } from './testing/tiny-targets';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

async function runTraining(
  config: ExperimentConfig,
  materials: readonly PreparedMaterial[],
  more: Partial<Pick<TrainingRun, 'init' | 'resume'>> & { readonly stopAt?: number } = {},
) {
  const { stopAt, init = null, resume = null } = more;
  const run = new RecordedRun(stopAt);
  const { signal, sink, metrics } = run;
  const outcome = await train({ device, config, materials, init, resume, signal, sink });
  const stored = (name: CheckpointName): Promise<Checkpoint> => run.stored(name);
  return { outcome, metrics, lines: metrics.map(encodeMetric).join(''), stored };
}

/** Loss and gradient norm of a few steps on one batch. */
async function someSteps(
  config: ExperimentConfig,
  batch: readonly PreparedMaterial[],
  model = fresh(config, batch),
) {
  const optimizer = new ModelOptimizer(
    model,
    () => 0.01,
    null,
    () => undefined,
  );
  const numbers: number[] = [];
  for (let step = 0; step < 4; step++) {
    const { loss, gradientNorm, terms } = optimizer.step(batch, foldIn(key(1), step));
    numbers.push(await loss.item(), await gradientNorm.item());
    for (const each of [loss, gradientNorm, ...Object.values(terms)]) each.dispose();
  }
  optimizer.dispose();
  return numbers;
}

function fresh(config: ExperimentConfig, batch: readonly PreparedMaterial[]) {
  return createModel(device, config, fitPreprocessing(config, batch));
}

async function parametersOf(model: ReturnType<typeof fresh>, of: string) {
  const found = flattenTree(model.parameters.tree as Tree).filter(([name]) => name.startsWith(of));
  return Promise.all(found.map(async ([name, tensor]) => [name, await tensor.read()] as const));
}

describe('an experiment with a target and one modality', () => {
  it('learns it: better than the mean of the labels, and keeps the weights of the least error', async () => {
    const config = targetExperiment({ training: { steps: 80, batchSize: 32, evaluateEvery: 20 } });
    const materials = [...someMaterials(config, 'train', 96), ...someMaterials(config, 'val', 32)];
    const { outcome, metrics } = await runTraining(config, materials);
    const val = metrics.filter(({ split }) => split === 'val').map(({ values }) => values);
    expect(val).toHaveLength(4);
    expect(val.at(-1)!['density/r2']).toBeGreaterThan(0.5);
    expect(outcome.best!.metric).toBe('val/density/mae');
    expect(outcome.best!.value).toBe(Math.min(...val.map((values) => values['density/mae']!)));
    expect(val.at(-1)).not.toHaveProperty('mrr');
  });

  it('stopped and resumed, ends with the bits of the run that was never stopped', async () => {
    const config = targetExperiment({ dropout: 0.2, training: { evaluateEvery: 3 } });
    const materials = [...someMaterials(config, 'train', 24), ...someMaterials(config, 'val', 8)];
    const whole = await runTraining(config, materials);
    const early = await runTraining(config, materials, { stopAt: 2 });
    expect(early.outcome).toMatchObject({ status: 'interrupted', step: 3 });
    const rest = await runTraining(config, materials, { resume: await early.stored('last') });
    expect(early.lines + rest.lines).toBe(whole.lines);
    expect(await rest.stored('last')).toEqual(await whole.stored('last'));
  });

  it('predicts the same from its checkpoint', async () => {
    const config = targetExperiment();
    const materials = someMaterials(config, 'train', 16);
    const run = await runTraining(config, [...materials, ...someMaterials(config, 'val', 8)]);
    const model = restoreModel(device, await run.stored('last'));
    const val = someMaterials(config, 'val', 8);
    const again = await targetMetrics(model, val, await embedMaterials(model, val));
    expect(run.metrics.at(-1)!.values).toMatchObject(again);
    expect(again['density/mae']).toBeGreaterThan(0);
  });
});

describe('labels', () => {
  const targets = { gap: { kind: 'regression', property: 'gap', dropout: 0 } };
  const config = targetExperiment({ targets, training: { batchSize: 12 } });
  const labelled = (materials: readonly PreparedMaterial[], of: (row: number) => object) =>
    materials.map((material, row) => ({ ...material, scalars: { ...of(row) } as Record<string, number> }));

  it('that are missing count for nothing: loss and gradient are those of the batch without them', async () => {
    const all = someMaterials(config, 'train', 12);
    const some = labelled(all, (row) => (row % 3 === 0 ? {} : { gap: row }));
    const masked = await someSteps(config, some);
    const present = some.filter((_, row) => row % 3 !== 0);
    const leftOut = await someSteps(config, present, fresh(config, some));
    masked.forEach((value, at) => {
      expect(value / leftOut[at]!).toBeCloseTo(1, 3);
    });
  });

  it('of materials without the modality count for nothing either', async () => {
    const all = labelled(someMaterials(config, 'train', 12), (row) => ({ gap: row % 5 }));
    const some = all.map(({ structure, ...rest }, row) =>
      row % 4 === 0 ? rest : { ...rest, ...(structure && { structure }) },
    );
    const masked = await someSteps(config, some);
    const leftOut = await someSteps(
      config,
      some.filter((_, row) => row % 4 !== 0),
    );
    masked.forEach((value, at) => {
      expect(value / leftOut[at]!).toBeCloseTo(1, 3);
    });
  });

  it('that nobody has, or that have no logarithm, are refused by name', () => {
    const all = someMaterials(config, 'train', 12);
    expect(() => fresh(config, all)).toThrow(
      expect.objectContaining({
        code: 'TARGET_LABELS',
        message: expect.stringContaining('two values of gap'),
      }),
    );
    const logarithmic = targetExperiment({ targets: { gap: { ...targets.gap, transform: 'log10' } } });
    expect(() =>
      fresh(
        logarithmic,
        labelled(all, (row) => ({ gap: row })),
      ),
    ).toThrow(
      expect.objectContaining({ code: 'TARGET_LABELS', message: expect.stringContaining(all[0]!.id) }),
    );
  });

  it('make classes, which are learned: their own materials are told apart', async () => {
    const classes = targetExperiment({
      targets: { dense: { kind: 'classification', property: 'densityGramPerCm3', threshold: 6, dropout: 0 } },
      training: { steps: 40, batchSize: 32 },
    });
    const training = someMaterials(classes, 'train', 96);
    // The training materials once more: what is asked is whether they are learned, not what else.
    const materials = [...training, ...training.map((each) => ({ ...each, split: 'val' as const }))];
    const { metrics, outcome } = await runTraining(classes, materials);
    expect(outcome.best!.metric).toBe('val/dense/accuracy');
    const dense = training.filter(({ scalars }) => scalars!.densityGramPerCm3! > 6).length / 96;
    expect(Math.max(dense, 1 - dense)).toBeLessThan(0.8);
    expect(metrics.at(-1)!.values['dense/accuracy']).toBeGreaterThan(0.95);
  });
});

describe('beside an alignment loss', () => {
  const both = {
    loss: { kind: 'all-pairs-clip', temperature: 0.1 },
    views: { phononDos: { kind: 'mlp', width: 8, layers: 1, dropout: 0 } },
    targets: {
      density: { kind: 'regression', property: 'densityGramPerCm3', weight: 0.5, dropout: 0 },
      volume: {
        kind: 'regression',
        property: 'volumePerAtomAngstrom3',
        modality: 'phononDos',
        layers: 1,
        width: 8,
        dropout: 0,
      },
    },
  };

  it('the total is that loss and the weighted ones, whole and in parts', async () => {
    const config = targetExperiment(both);
    const batch = someMaterials(config, 'train', 8);
    const whole = await someSteps(config, batch);
    const parts = await someSteps(targetExperiment({ ...both, training: { microBatch: 4 } }), batch);
    parts.forEach((value, at) => {
      expect(value / whole[at]!).toBeCloseTo(1, 3);
    });
    const { metrics } = await runTraining(config, someMaterials(config, 'train', 16));
    for (const { values } of metrics) {
      const { loss, ...terms } = values;
      const sum = terms['loss/structure|phononDos']! + 0.5 * terms['loss/density']! + terms['loss/volume']!;
      expect(sum).toBeCloseTo(loss!, 4);
    }
  });
});

describe('encoders of another run', () => {
  const views = { phononDos: { kind: 'mlp', width: 8, layers: 1, dropout: 0 } };
  const aligned = targetExperiment({ views, loss: { kind: 'all-pairs-clip' } });
  const init = { checkpoint: 'runs/aligned' };

  it('are taken over with their preprocessing, and trained on', async () => {
    const materials = someMaterials(aligned, 'train', 24);
    const from = await (await runTraining(aligned, materials)).stored('last');
    const config = targetExperiment({ init });
    const others = someMaterials(config, 'train', 48).slice(24);
    const model = initialModel(device, config, fitPreprocessing(config, others), from);
    for (const [name, values] of await parametersOf(model, 'structure.')) {
      expect(values).toEqual(from.model.get(name)!.data);
    }
    expect(model.preprocessing.descriptors!.mean).toEqual(
      from.model.get('preprocessing.descriptors.mean')!.data,
    );
    const run = await runTraining(config, others, { init: from });
    const after = await run.stored('last');
    for (const [name, { data }] of after.model) {
      if (name.startsWith('structure.head')) expect(data).not.toEqual(from.model.get(name)!.data);
    }
  });

  it('stay as they are where they are frozen, bit for bit, and the head learns', async () => {
    const materials = someMaterials(aligned, 'train', 24);
    const from = await (await runTraining(aligned, materials)).stored('last');
    const config = targetExperiment({ dropout: 0.3, init: { ...init, frozen: ['structure'] } });
    const after = await (await runTraining(config, materials, { init: from })).stored('last');
    const encoder = [...after.model].filter(([name]) => name.startsWith('structure.'));
    expect(encoder.length).toBeGreaterThan(5);
    for (const [name, { data }] of encoder) expect(data).toEqual(from.model.get(name)!.data);
    const model = initialModel(device, config, fitPreprocessing(config, materials), from);
    for (const [name, values] of await parametersOf(model, 'targets.')) {
      expect(after.model.get(name)!.data).not.toEqual(values);
    }
  });

  it('of another size, of another graph, or of no shared modality are refused by name', async () => {
    const materials = someMaterials(aligned, 'train', 16);
    const from = await (await runTraining(aligned, materials)).stored('last');
    const start =
      (config: ExperimentConfig, weights = from) =>
      () =>
        initialModel(device, config, fitPreprocessing(config, materials), weights);
    expect(start(targetExperiment({ init, width: 16 }))).toThrow(
      expect.objectContaining({
        code: 'INIT_MISMATCH',
        message: expect.stringMatching(/structure\.\S+ \[.*got \[/),
      }),
    );
    const otherGraph = { ...from, config: { ...from.config, graph: { ...from.config.graph, neighbors: 9 } } };
    expect(start(targetExperiment({ init }), otherGraph)).toThrow(
      expect.objectContaining({ code: 'INIT_MISMATCH' }),
    );
    await expect(runTraining(targetExperiment({ init }), materials)).rejects.toMatchObject({
      code: 'INIT_MISSING',
    });
  });
});
