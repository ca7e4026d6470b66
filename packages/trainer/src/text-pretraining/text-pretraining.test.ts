import { createTokenizer, trainTokenizer } from '@bravais/datasets/text';
import type { Device } from '@bravais/tensor-core';
import { namedValues } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Checkpoint, type CheckpointContents, decodeCheckpoint, encodeCheckpoint } from '../checkpoint';
import { type ExperimentConfig, resolveConfig } from '../config';
import type { MetricRecord } from '../metrics';
import {
  type AlignmentModel,
  createModel,
  fitPreprocessing,
  type PreparedMaterial,
  prepareMaterials,
} from '../model';
import { textTransformerKind } from '../model/view-encoders/text-transformer';
import { someWithEveryView } from '../testing/every-view';
import { maskedTokenBatches } from './masked-token-batches';
import { pretrainText } from './pretrain-text';
import { textEncoderOf } from './text-encoder';

const ENCODER = { features: 16, heads: 2, headFeatures: 8, hidden: 32, blocks: 1 };

function configure(textPretraining: object, optim: object = {}, changes: object = {}): ExperimentConfig {
  return resolveConfig({
    name: 'texts',
    data: { source: 'reference' },
    model: {
      embeddingDim: 8,
      views: {
        phononDos: { kind: 'mlp', width: 8, layers: 1 },
        description: { kind: 'text-transformer', vocabularySize: 300, maxTokens: 32, ...ENCODER },
      },
    },
    textPretraining,
    loss: { kind: 'all-pairs-clip', temperature: 0.1 },
    optim: { learningRate: 0.005, schedule: { kind: 'constant' }, ...optim },
    training: { steps: 4, batchSize: 8, logEvery: 1, checkpointEvery: 1000 },
    ...changes,
  });
}

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const materialsFor = (config: ExperimentConfig, count = 24): PreparedMaterial[] =>
  prepareMaterials(someWithEveryView('train', count), config);

const modelOf = (config: ExperimentConfig, materials: readonly PreparedMaterial[]): AlignmentModel =>
  createModel(device, config, fitPreprocessing(config, materials));

async function weightsOf({ parameters }: AlignmentModel): Promise<Map<string, Float32Array>> {
  return namedValues(parameters.entries, (await parameters.flat.read()) as Float32Array);
}

interface Trained {
  readonly isDone: boolean;
  readonly weights: Map<string, Float32Array>;
  readonly checkpoint: Checkpoint;
  readonly metrics: MetricRecord[];
}

async function pretrained(
  config: ExperimentConfig,
  options: { materials?: readonly PreparedMaterial[]; resume?: Checkpoint; stopAfter?: number } = {},
): Promise<Trained> {
  const { materials = materialsFor(config), resume = null, stopAfter } = options;
  const model = modelOf(config, materials);
  const controller = new AbortController();
  const metrics: MetricRecord[] = [];
  let last: CheckpointContents | undefined;
  const isDone = await pretrainText(model, {
    settings: config.textPretraining!,
    training: materials,
    viewOptions: {},
    signal: controller.signal,
    sink: {
      resume,
      metric: (record) => {
        metrics.push(record);
      },
      checkpoint: async (contents) => {
        last = contents;
      },
    },
    event: (event) => {
      expect(event.kind).toBe('masked-tokens');
      if (event.kind === 'masked-tokens' && event.step === stopAfter) controller.abort();
    },
  });
  const checkpoint = await decodeCheckpoint(await encodeCheckpoint(last!));
  return { isDone, weights: await weightsOf(model), checkpoint, metrics };
}

describe('maskedTokenBatches', () => {
  const texts = ['the rock salt structure of NaCl', 'CsCl', 'zinc blende ZnS with four neighbours', 'NaCl'];
  const tokenizer = createTokenizer(trainTokenizer(texts, { vocabularySize: 300 }));
  const source = {
    view: 'description' as const,
    form: { kind: 'text' as const },
    fitted: textTransformerKind.fit(
      configure({ steps: 1 }).model.views.description as never,
      { view: 'description', form: { kind: 'text' } },
      texts,
    ),
  };
  const encoder = configure({ steps: 1 }).model.views.description as never;
  const layOut = (values: readonly string[]) =>
    textTransformerKind.layOut(
      encoder,
      source,
      values.map((value) => ({ id: '', value })),
    );

  test.prop(
    [
      fc.nat(1e6),
      fc.nat(1000),
      fc.integer({ min: 1, max: 4 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
    ],
    { numRuns: 60 },
  )(
    'a step asks for its share of ordinary tokens and says what stood there, the same for the same seed',
    (seed, step, batchSize, maskedFraction) => {
      const given = { texts, tokenizer, layOut, batchSize, maskedFraction };
      const batch = maskedTokenBatches(key(seed), given)(step);
      expect(maskedTokenBatches(key(seed), given)(step)).toEqual(batch);
      const [, length] = batch.ids.shape as [number, number];
      const { mask, pad } = tokenizer.specialIds;
      const restored = Int32Array.from(batch.ids.values);
      const asked = new Array<number>(batchSize).fill(0);
      const positions = [...batch.positions.values].filter((at) => at >= 0);
      for (const [k, at] of positions.entries()) {
        restored[at] = batch.targets.values[k]!;
        asked[Math.floor(at / length)]! += 1;
        expect(at % length).toBeLessThan(batch.lengths.values[Math.floor(at / length)]!);
      }
      expect(new Set(positions).size).toBe(positions.length);
      for (let row = 0; row < batchSize; row++) {
        const tokens = batch.lengths.values[row]!;
        expect(asked[row]).toBe(Math.max(1, Math.round(maskedFraction * tokens)));
        const text = tokenizer.decode(restored.subarray(row * length, row * length + tokens));
        expect(texts).toContain(text);
        expect(restored.subarray(row * length + tokens, (row + 1) * length).every((id) => id === pad)).toBe(
          true,
        );
      }
      const outside = [...batch.ids.values].filter((id, at) => id === mask && !positions.includes(at));
      expect(outside).toEqual([]);
    },
  );
});

describe('pretrainText', () => {
  it('learns the texts, stops and goes on, and repeats bit for bit', async () => {
    const config = configure({ steps: 60, batchSize: 8, learningRate: 0.01 });
    const whole = await pretrained(config);
    expect(whole.isDone).toBe(true);
    const losses = whole.metrics.map(({ values }) => values.loss!);
    expect(losses).toHaveLength(60);
    const meanOf = (values: readonly number[]): number => values.reduce((x, y) => x + y, 0) / values.length;
    expect(meanOf(losses.slice(0, 5))).toBeGreaterThan(4.5);
    expect(meanOf(losses.slice(-10))).toBeLessThan(0.7 * meanOf(losses.slice(0, 5)));

    const early = await pretrained(config, { stopAfter: 20 });
    expect(early.isDone).toBe(false);
    expect(early.weights).toEqual(await weightsOf(modelOf(config, materialsFor(config))));
    const rest = await pretrained(config, { resume: early.checkpoint });
    expect([...early.metrics, ...rest.metrics]).toEqual(whole.metrics);
    expect(rest.weights).toEqual(whole.weights);
    expect(rest.checkpoint.optimizer).toEqual(whole.checkpoint.optimizer);
  });

  it('hands over the trained encoder bit for bit, and leaves all else as it was', async () => {
    const config = configure({ steps: 2 });
    const { weights, checkpoint } = await pretrained(config);
    const before = await weightsOf(modelOf(config, materialsFor(config)));
    for (const [name, values] of weights) {
      const stored = checkpoint.model.get(name)?.data;
      const isTrained = name.startsWith('description.') && !name.startsWith('description.head.');
      expect(stored !== undefined, name).toBe(isTrained);
      expect(values, name).toEqual(stored ?? before.get(name));
    }
    expect(weights.get('description.tokens.weight')).not.toEqual(before.get('description.tokens.weight'));
  });

  it('reaches the rows of tokens that no text holds through the tied head, and no others unseen', async () => {
    const config = configure({ steps: 1, batchSize: 24 }, { weightDecay: 0 });
    const materials = materialsFor(config);
    const model = modelOf(config, materials);
    const { tokenizer, config: encoder } = textEncoderOf(model);
    const held = new Set(materials.flatMap(({ views }) => [...tokenizer.encode(views.description!)]));
    const before = await weightsOf(model);
    const { weights } = await pretrained(config, { materials });
    const changed = (name: string, row: number): boolean => {
      const at = row * encoder.features;
      const rowOf = (values: Map<string, Float32Array>) => values.get(name)!.slice(at, at + encoder.features);
      return String(rowOf(weights)) !== String(rowOf(before));
    };
    const absent = Array.from({ length: tokenizer.vocabularySize }, (_, id) => id).filter(
      (id) => !held.has(id),
    );
    expect(absent.length).toBeGreaterThan(100);
    expect(absent.every((id) => changed('description.tokens.weight', id))).toBe(true);
    const longest = Math.max(...materials.map(({ views }) => tokenizer.encode(views.description!).length));
    expect(longest).toBeLessThan(encoder.maxTokens);
    expect(changed('description.positions.weight', 0)).toBe(true);
    expect(changed('description.positions.weight', encoder.maxTokens - 1)).toBe(false);
  });

  it('refuses weights of another tokenizer', async () => {
    const config = configure({ steps: 2 });
    const { checkpoint } = await pretrained(config);
    await expect(
      pretrained(config, { materials: materialsFor(config, 12), resume: checkpoint }),
    ).rejects.toMatchObject({ name: 'TrainingError', code: 'TOKENIZER_MISMATCH' });
  });
});

describe('textPretraining in a config', () => {
  it('fills in its defaults', () => {
    expect(configure({ steps: 5 }).textPretraining).toEqual({
      ...{ steps: 5, batchSize: 32, learningRate: 1e-3, maskedFraction: 0.15 },
    });
  });

  it('needs an encoder of tokens that may change', () => {
    const expected = /textPretraining must be left out, or beside model\.views\.description/;
    const words = { kind: 'bag-of-words' };
    const views = { phononDos: { kind: 'mlp' }, description: words };
    expect(() => configure({ steps: 5 }, {}, { model: { views } })).toThrow(expected);
    const init = { checkpoint: 'runs/x', frozen: ['description'] };
    expect(() => configure({ steps: 5 }, {}, { init })).toThrow(expected);
  });
});
