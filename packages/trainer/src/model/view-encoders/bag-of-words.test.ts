import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { experimentOver, someWithEveryView } from '../../testing/every-view';
import { createModel, modelBatch } from '../alignment-model';
import { prepareMaterials } from '../prepare';
import { embeddingsOf } from './testing/small-experiments';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
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
