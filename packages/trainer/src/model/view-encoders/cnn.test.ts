import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { someWithEveryView } from '../../testing/every-view';
import { createModel, modelBatch } from '../alignment-model';
import { prepareMaterials } from '../prepare';
import { fitPreprocessing } from '../preprocessing';
import { embeddingsOf, experimentWith } from './testing/small-experiments';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
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
