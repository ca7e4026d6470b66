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
import type { ExperimentConfig } from '../../config';
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

describe.each(VIEWS)('%s', (view) => {
  const config = experimentOver(['structure', view]);
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

  it('is embedded alike whatever stands beside it in the batch, and as zeros where it is absent', async () => {
    const model = createModel(device, config, fitPreprocessing(config, materials));
    const rows = await embeddingsOf(model, tested, view);
    const others = [{ ...tested[3]!, views: {} }, tested[1]!, materials[0]!];
    const beside = await embeddingsOf(model, others, view);
    expect(beside.slice(0, 8)).toEqual(new Array(8).fill(0));
    expect(beside.slice(8, 16)).toEqual(rows.slice(8, 16).map((value) => expect.closeTo(value, 5)));
  });

  it('says what its encoder is', () => {
    expect(describeViewEncoder(config.model.views[view]!)).toMatch(/^(mlp|bag-of-words), width 8, 1 layers/);
  });
});

describe('sizes that the data says', () => {
  const config = experimentOver(['structure', 'diffraction', 'image', 'densityGrid']);
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
