import { VIEW_FORMS, type ViewName } from '@bravais/datasets';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  type CheckpointContents,
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../checkpoint';
import { type ExperimentConfig, resolveConfig } from '../../config';
import { experimentOver, someWithEveryView } from '../../testing/every-view';
import { embedMaterials } from '../../training/embed-materials';
import type { TrainingEvent } from '../../training/events';
import { restoreModel, train } from '../../training/train';
import { createModel, modelBatch } from '../alignment-model';
import { type PreparedMaterial, prepareMaterials } from '../prepare';
import { fitPreprocessing } from '../preprocessing';
import { describeViewEncoder } from '.';

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

const embeddingsOf = async (
  model: ReturnType<typeof createModel>,
  materials: readonly PreparedMaterial[],
  name: string,
): Promise<number[]> => {
  const found = await embedMaterials(model, materials);
  return Array.from(found.find((each) => each.name === name)!.rows);
};

const BLOCKS = { features: 8, heads: 2, headFeatures: 4, hidden: 8, blocks: 1 };

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

/** The small experiment over the structure and a view with this encoder. */
function experimentWith(view: ViewName, encoder: object): ExperimentConfig {
  const config = experimentOver(['structure', view]);
  return resolveConfig({ ...config, model: { ...config.model, views: { [view]: encoder } } });
}

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

describe('bag-of-words', () => {
  const config = experimentOver(['structure', 'description']);
  const [material] = prepareMaterials(someWithEveryView('test', 1), config);
  const embedText = async (texts: readonly string[]): Promise<number[][]> => {
    const model = createModel(device, config, {});
    const materials = texts.map((description) => ({ ...material!, views: { description } }));
    const rows = await embeddingsOf(model, materials, 'description');
    return texts.map((_, row) => rows.slice(8 * row, 8 * row + 8));
  };
  const words = fc.array(fc.constantFrom('LiFePO4', 'olivine', '2.5', 'is', '(', 'Å', 'mp-149'), {
    minLength: 1,
    maxLength: 12,
  });

  test.prop([words, words], { numRuns: 15 })(
    'sees words, not their order nor how long other texts are',
    async (own, other) => {
      const [straight] = await embedText([own.join(' ')]);
      const [turned] = await embedText([own.toReversed().join(' '), [...own, ...other, ...other].join(' ')]);
      expect(turned).toEqual(straight!.map((value) => expect.closeTo(value, 5)));
    },
  );

  it('tells words apart, takes an empty text, and reads no further than it is told', async () => {
    const [iron, copper, none] = await embedText(['FeO is cubic', 'CuO is cubic', '']);
    expect(iron).not.toEqual(copper);
    expect(none!.every(Number.isFinite)).toBe(true);
    const long = 'cubic '.repeat(512);
    const [cut, whole] = await embedText([`${long}hexagonal`, long]);
    expect(cut).toEqual(whole);
  });

  it('has shapes of few lengths, so that steps are recorded seldom', () => {
    const model = createModel(device, config, {});
    const shapes = Array.from({ length: 400 }, (_, length) => {
      const views = { description: 'a '.repeat(length) };
      return modelBatch(model, [{ ...material!, views }]).views.description!.weights!.shape.join();
    });
    expect(new Set(shapes).size).toBeLessThan(20);
  });
});

describe('cnn', () => {
  const config = experimentWith('densityGrid', { kind: 'cnn', width: 8, blocks: 2 });
  const records = someWithEveryView('train', 6);
  const SIZE = 4;
  const model = () =>
    createModel(device, config, fitPreprocessing(config, prepareMaterials(records, config)));
  const embedGrids = (change: (values: Float32Array) => Float32Array): Promise<number[]> => {
    const changed = records.map((record) => {
      const { densityGrid } = record.views;
      const values = change(densityGrid!.values);
      return { ...record, views: { densityGrid: { ...densityGrid!, values } } };
    });
    return embeddingsOf(model(), prepareMaterials(changed, config), 'densityGrid');
  };
  const shift = fc.integer({ min: 0, max: SIZE - 1 });

  test.prop([shift, shift, shift], { numRuns: 8 })('does not see where a cell begins', async (a, b, c) => {
    const moved = (values: Float32Array): Float32Array =>
      values.map((_, at) => {
        const [i, j, k] = [Math.floor(at / SIZE ** 2) + a, Math.floor(at / SIZE) + b, at + c];
        return values[((i % SIZE) * SIZE + (j % SIZE)) * SIZE + (k % SIZE)]!;
      });
    const straight = await embedGrids((values) => values);
    expect(await embedGrids(moved)).toEqual(straight.map((value) => expect.closeTo(value, 4)));
  });

  it('takes grids in any unit, and ones that do not vary', () => {
    const layOut = (change: (value: number) => number): Float32Array => {
      const changed = records.map((record) => {
        const densityGrid = {
          ...record.views.densityGrid!,
          values: record.views.densityGrid!.values.map(change),
        };
        return { ...record, views: { densityGrid } };
      });
      const materials = prepareMaterials(changed, config);
      const fitted = createModel(device, config, fitPreprocessing(config, materials));
      return modelBatch(fitted, materials).views.densityGrid!.density!.values as Float32Array;
    };
    const own = layOut((value) => value);
    const other = layOut((value) => 1000 * value + 5);
    expect([...other]).toEqual([...own].map((value) => expect.closeTo(value, 3)));
    expect(layOut(() => 0.1).every((value) => Math.abs(value) < 1e-6)).toBe(true);
  });
});

describe('text-transformer', () => {
  const LONGEST = 24;
  const encoder = { kind: 'text-transformer', vocabularySize: 300, maxTokens: LONGEST, ...BLOCKS };
  const config = experimentWith('description', encoder);
  const materials = prepareMaterials(someWithEveryView('train', 12), config);
  const preprocessing = fitPreprocessing(config, materials);
  const withTexts = (texts: readonly string[]): PreparedMaterial[] =>
    texts.map((description) => ({ ...materials[0]!, views: { description } }));
  const embedTexts = async (...texts: string[]): Promise<number[][]> => {
    const rows = await embeddingsOf(
      createModel(device, config, preprocessing),
      withTexts(texts),
      'description',
    );
    return texts.map((_, row) => rows.slice(8 * row, 8 * row + 8));
  };

  it('tells orders apart, takes an empty text, and reads no further than it is told', async () => {
    const [one, other, none] = await embedTexts('FeO is cubic', 'cubic is FeO', '');
    expect(one).not.toEqual(other);
    expect(none!.every(Number.isFinite)).toBe(true);
    const long = 'Fe O '.repeat(LONGEST);
    const [cut, whole] = await embedTexts(`${long}hexagonal`, long);
    expect(cut).toEqual(whole);
  });

  it('has shapes of few lengths, none longer than it reads', () => {
    const model = createModel(device, config, preprocessing);
    const lengths = Array.from(
      { length: 60 },
      (_, words) => modelBatch(model, withTexts(['a '.repeat(words)])).views.description!.ids!.shape[1]!,
    );
    expect(new Set(lengths).size).toBeLessThan(12);
    expect(Math.max(...lengths)).toBe(LONGEST);
  });

  it('learns the same tokenizer from the same texts, and none without', () => {
    expect(fitPreprocessing(config, materials)).toEqual(preprocessing);
    const missing = expect.objectContaining({ name: 'ModelError', code: 'VIEW_MISSING' });
    expect(() => fitPreprocessing(config, withTexts(['', '']))).toThrow(missing);
    expect(() => fitPreprocessing(config, [])).toThrow(missing);
    expect(() => createModel(device, config, {})).toThrow(missing);
  });
});
