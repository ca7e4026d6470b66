import { VIEW_FORMS, type ViewName } from '@bravais/datasets';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  type CheckpointContents,
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../checkpoint';
import { type ExperimentConfig, resolveConfig } from '../../config';
import { experimentOver, someWithEveryView } from '../../testing/every-view';
import type { TrainingEvent } from '../../training/events';
import { restoreModel, train } from '../../training/train';
import { createModel, modelBatch } from '../alignment-model';
import { type PreparedMaterial, prepareMaterials } from '../prepare';
import { fitPreprocessing } from '../preprocessing';
import { describeViewEncoder } from '.';
import { BLOCKS, embeddingsOf, experimentWith } from './testing/small-experiments';

const VIEWS = Object.keys(VIEW_FORMS) as ViewName[];

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

async function trained(
  config: ExperimentConfig,
  materials: readonly PreparedMaterial[],
): Promise<{ events: TrainingEvent[]; checkpoint: Checkpoint }> {
  const events: TrainingEvent[] = [];
  let last: CheckpointContents | undefined;
  await train({
    device,
    config,
    materials,
    resume: null,
    signal: new AbortController().signal,
    sink: {
      metric: () => undefined,
      timing: () => undefined,
      checkpoint: async (name, contents) => {
        if (name === 'last') last = contents;
      },
      event: (event) => {
        events.push(event);
      },
    },
  });
  return { events, checkpoint: await decodeCheckpoint(await encodeCheckpoint(last!)) };
}

/** Each view with its small encoder, and with others that take it. */
const ENCODERS: [ViewName, string, object][] = [
  ...VIEWS.map((view): [ViewName, string, object] => {
    const config = experimentOver(['structure', view]).model.views[view]!;
    return [view, config.kind, config];
  }),
  ['phononDos', 'spectrum-transformer', { kind: 'spectrum-transformer', patch: 8, ...BLOCKS }],
  ['diffraction', 'spectrum-transformer', { kind: 'spectrum-transformer', patch: 3, ...BLOCKS }],
  ['densityGrid', 'cnn', { kind: 'cnn', width: 8, blocks: 2 }],
  ['image', 'image-cnn', { kind: 'image-cnn', widths: [8, 16] }],
  ['image', 'depthwise image-cnn', { kind: 'image-cnn', widths: [8, 12], depthwise: true }],
  ['description', 'text-transformer', { kind: 'text-transformer', vocabularySize: 300, ...BLOCKS }],
];

describe.each(ENCODERS)('%s by %s', (view, _, encoder) => {
  const config = experimentWith(view, encoder);
  const materials = prepareMaterials(someWithEveryView('train', 16), config);
  const tested = prepareMaterials(someWithEveryView('test', 5), config);

  it('trains from recordings beside the structure, and embeds from its checkpoint as before it was stored', async () => {
    const { events, checkpoint } = await trained(config, materials);
    expect(events.filter(({ kind }) => kind === 'uncaptured')).toEqual([]);
    const losses = events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
    expect(new Set(losses).size).toBe(6);
    const model = restoreModel(device, checkpoint);
    expect(model.preprocessing).toEqual(fitPreprocessing(config, materials));
    const rows = await embeddingsOf(model, tested, view);
    expect(rows.some((value) => value !== 0)).toBe(true);
    expect(await embeddingsOf(restoreModel(device, checkpoint), tested, view)).toEqual(rows);
    const fresh = createModel(device, config, model.preprocessing);
    expect(await embeddingsOf(fresh, tested, view)).not.toEqual(rows);
  });

  it('learns the materials that it sees', async () => {
    const structure = { ...config.model.structure!, dropout: 0 };
    const views = { [view]: { ...encoder, dropout: 0 } };
    const { events } = await trained(
      resolveConfig({
        ...config,
        model: { ...config.model, structure, views },
        training: { ...config.training, steps: 30, batchSize: 16 },
      }),
      materials,
    );
    const losses = events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));
    expect(losses.at(-1)).toBeLessThan(0.8 * losses[0]!);
  });

  it('is embedded alike whatever stands beside it in the batch, and as zeros where it is absent', async () => {
    const model = createModel(device, config, fitPreprocessing(config, materials));
    const rows = await embeddingsOf(model, tested, view);
    const others = [{ ...tested[3]!, views: {} }, tested[1]!, materials[0]!];
    const beside = await embeddingsOf(model, others, view);
    expect(beside.slice(0, 8)).toEqual(new Array(8).fill(0));
    expect(beside.slice(8, 16)).toEqual(rows.slice(8, 16).map((value) => expect.closeTo(value, 5)));
  });
});

it.each<[string, ViewName, object]>([
  ['mlp, width 256, 2 layers', 'phononDos', { kind: 'mlp' }],
  ['bag-of-words, width 128, 1 layers, 4096 words', 'description', { kind: 'bag-of-words' }],
  [
    'spectrum-transformer, 2 blocks of 64 features, 4 heads of 16, patches of 10 bins',
    'electronicDos',
    { kind: 'spectrum-transformer' },
  ],
  ['cnn, width 16, 3 blocks', 'densityGrid', { kind: 'cnn' }],
  ['image-cnn, widths 32, 64, 128, 1 blocks a stage', 'image', { kind: 'image-cnn' }],
  [
    'image-cnn, widths 8, 2 blocks a stage, depthwise',
    'image',
    { kind: 'image-cnn', widths: [8], blocksPerStage: 2, depthwise: true },
  ],
  [
    'text-transformer, 2 blocks of 64 features, 4 heads of 16, 2048 tokens at most',
    'description',
    { kind: 'text-transformer' },
  ],
])('says %j of its encoder', (words, view, encoder) => {
  expect(describeViewEncoder(experimentWith(view, encoder).model.views[view]!)).toBe(words);
});

it.each<[ViewName, string]>([
  ['phononDos', 'cnn'],
  ['chargeDensity', 'spectrum-transformer'],
  ['densityGrid', 'image-cnn'],
  ['description', 'mlp'],
])('%s is of no form that %s takes', (view, kind) => {
  expect(() => experimentWith(view, { kind })).toThrow(`model.views.${view}.kind`);
});

describe.each([
  ['perceptrons', {}],
  [
    'others',
    {
      diffraction: { kind: 'spectrum-transformer', ...BLOCKS },
      image: { kind: 'image-cnn', widths: [8] },
      densityGrid: { kind: 'cnn', width: 8 },
    },
  ],
])('sizes that the data says, to %s', (_, encoders) => {
  const base = experimentOver(['structure', 'diffraction', 'image', 'densityGrid']);
  const views = { ...base.model.views, ...encoders };
  const config = resolveConfig({ ...base, model: { ...base.model, views } });
  const records = someWithEveryView('train', 4);
  const model = () =>
    createModel(device, config, fitPreprocessing(config, prepareMaterials(records, config)));

  it.each([
    [
      'diffraction',
      { diffraction: new Float32Array(21) },
      'diffraction must be 20 as in the training split, got 21.',
    ],
    ['image', { image: { width: 6, height: 5, values: new Float32Array(30) } }, 'image must be 6 × 5 as'],
    [
      'image',
      { image: { width: 5, height: 6, values: new Float32Array(29) } },
      'got 29 numbers where 30 belong.',
    ],
    [
      'densityGrid',
      { densityGrid: { size: 5, values: new Float32Array(125), metric: new Float32Array(6) } },
      'densityGrid must be 4 as in the training split, got 5.',
    ],
  ])('refuses a %s of another size by the id of its material', (_, odd, message) => {
    const record = { ...records[1]!, id: 'mp-7', views: { ...records[1]!.views, ...odd } };
    const materials = prepareMaterials([records[0]!, record], config);
    expect(() => modelBatch(model(), materials)).toThrow(
      expect.objectContaining({
        name: 'ModelError',
        code: 'VIEW_SHAPE',
        message: expect.stringMatching(new RegExp(`^mp-7: .*${message.replaceAll('.', '\\.')}`)),
      }),
    );
  });

  it('must be in the training split', () => {
    const without = prepareMaterials(
      records.map((record) => ({ ...record, views: {} })),
      config,
    );
    expect(() => fitPreprocessing(config, without)).toThrow(
      expect.objectContaining({ name: 'ModelError', code: 'VIEW_MISSING' }),
    );
  });
});
