import type { Device } from '@bravais/tensor-core';
import { foldIn, key } from '@bravais/tensor-core/random';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentConfig } from '../config';
import { encodeMetric, type MetricRecord } from '../metrics';
import {
  createModel,
  fitPreprocessing,
  type PreparedMaterial,
  prepareMaterials,
  structureEncoder,
} from '../model';
import { evaluatePairs } from '../retrieval';
import { experimentOver, someWithEveryView } from '../testing/every-view';
import { embedMaterials } from './embed-materials';
import { ModelOptimizer } from './optimizer';
import { train } from './train';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const THREE = ['structure', 'phononDos', 'text'];
const WHOLE = { batchSize: 12 };

/** Every third material without a structure, every fourth without text. */
function lacking(materials: readonly PreparedMaterial[]): PreparedMaterial[] {
  return materials.map(({ structure, views: { text, ...views }, ...rest }, row) => ({
    ...rest,
    ...(structure && row % 3 !== 0 ? { structure } : {}),
    views: text && row % 4 !== 0 ? { ...views, text } : views,
  }));
}

async function someSteps(config: ExperimentConfig, batch: readonly PreparedMaterial[]) {
  const model = createModel(device, config, fitPreprocessing(config, batch));
  const optimizer = new ModelOptimizer(
    model,
    () => 0.005,
    null,
    () => undefined,
  );
  const [losses, norms]: [number[], number[]] = [[], []];
  for (let step = 0; step < 4; step++) {
    const { loss, gradientNorm, terms } = optimizer.step(batch, foldIn(key(1), step));
    losses.push(await loss.item());
    norms.push(await gradientNorm.item());
    for (const each of [loss, gradientNorm, ...Object.values(terms)]) each.dispose();
  }
  optimizer.dispose();
  return { losses, norms };
}

describe('materials that lack a structure', () => {
  const config = experimentOver(THREE, { training: WHOLE });
  const materials = prepareMaterials(someWithEveryView('train', 12), config);

  it('count for nothing in pairs with it: loss and gradients are those of the batch without them', async () => {
    const only = experimentOver(['structure', 'phononDos'], { training: WHOLE });
    const still = { ...only, model: withoutDropout(only) };
    const rows = lacking(materials);
    const present = rows.filter(({ structure }) => structure);
    expect(present).toHaveLength(8);
    const [masked, leftOut] = [await someSteps(still, rows), await someSteps(still, present)];
    masked.losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(leftOut.losses[step]!, 4);
      expect(masked.norms[step]! / leftOut.norms[step]!).toBeCloseTo(1, 3);
    });
    expect(new Set(masked.losses).size).toBe(4);
  });

  it('train alike whole and in parts, and run through training, validation and a checkpoint', async () => {
    const rows = lacking(materials);
    const still = { ...config, model: withoutDropout(config) };
    const parts = { ...still, training: { ...still.training, microBatch: 4 } };
    const [whole, split] = [await someSteps(still, rows), await someSteps(parts, rows)];
    split.losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(whole.losses[step]!, 3);
    });
    const run = async (): Promise<string> => {
      const lines: MetricRecord[] = [];
      const val = lacking(prepareMaterials(someWithEveryView('val', 8), config));
      const outcome = await train({
        device,
        config,
        materials: [...rows, ...val],
        resume: null,
        signal: new AbortController().signal,
        sink: {
          metric: (record) => {
            lines.push(record);
          },
          timing: () => undefined,
          checkpoint: async () => undefined,
          event: () => undefined,
        },
      });
      expect(outcome.status).toBe('finished');
      return lines.map(encodeMetric).join('');
    };
    const first = await run();
    expect(first).toContain('"structure-to-text/mrr"');
    expect(await run()).toBe(first);
  });

  it('are not ranked where they have nothing to rank', async () => {
    const rows = lacking(materials);
    const model = createModel(device, config, fitPreprocessing(config, rows));
    const embedded = await embedMaterials(model, rows);
    const counts = evaluatePairs(embedded, 8).map(({ query, gallery, count }) => [query, gallery, count]);
    expect(counts).toEqual([
      ['structure', 'phononDos', 8],
      ['structure', 'text', 6],
      ['phononDos', 'structure', 8],
      ['phononDos', 'text', 9],
      ['text', 'structure', 6],
      ['text', 'phononDos', 9],
    ]);
    const { rows: structures } = embedded[0]!;
    expect(structures.slice(0, 8)).toEqual(new Float32Array(8));
  });
});

describe('a model without a structure encoder', () => {
  it('aligns two views, prepares no graph, and says so where structures are asked for', async () => {
    const config = experimentOver(['phononDos', 'electronicDos']);
    const materials = prepareMaterials(someWithEveryView('train', 12), config);
    expect(materials.every(({ structure }) => structure === undefined)).toBe(true);
    const { losses } = await someSteps(config, materials);
    expect(new Set(losses).size).toBe(4);
    const model = createModel(device, config, fitPreprocessing(config, materials));
    expect((await embedMaterials(model, materials)).map(({ name }) => name)).toEqual([
      'phononDos',
      'electronicDos',
    ]);
    expect(() => structureEncoder(model)).toThrow(
      expect.objectContaining({ name: 'ModelError', code: 'NO_STRUCTURE_ENCODER' }),
    );
  });
});

it('the terms of a loss over several pairs are logged, and their mean is the loss; one term is the loss itself', async () => {
  const logged = async (modalities: readonly string[]): Promise<MetricRecord[]> => {
    const config = experimentOver(modalities);
    const lines: MetricRecord[] = [];
    await train({
      device,
      config,
      materials: prepareMaterials(someWithEveryView('train', 12), config),
      resume: null,
      signal: new AbortController().signal,
      sink: {
        metric: (record) => {
          lines.push(record);
        },
        timing: () => undefined,
        checkpoint: async () => undefined,
        event: () => undefined,
      },
    });
    return lines;
  };
  for (const { values } of await logged(THREE)) {
    const terms = Object.entries(values).filter(([name]) => name.startsWith('loss/'));
    expect(terms.map(([name]) => name)).toEqual([
      'loss/structure|phononDos',
      'loss/structure|text',
      'loss/phononDos|text',
    ]);
    expect(terms.reduce((sum, [, value]) => sum + value, 0) / 3).toBeCloseTo(values.loss!, 5);
  }
  const [first] = await logged(THREE.slice(0, 2));
  expect(Object.keys(first!.values)).toEqual(['loss', 'gradientNorm', 'learningRate']);
});

function withoutDropout({ model }: ExperimentConfig): ExperimentConfig['model'] {
  return {
    ...model,
    ...(model.structure ? { structure: { ...model.structure, dropout: 0 } } : {}),
    views: Object.fromEntries(
      Object.entries(model.views).map(([view, encoder]) => [view, { ...encoder, dropout: 0 }]),
    ),
  };
}
