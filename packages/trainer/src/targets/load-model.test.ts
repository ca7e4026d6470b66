import { encodeSafetensors } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
import { type CheckpointContents, encodeCheckpoint } from '../checkpoint';
import { train } from '../training/train';
import { loadModel } from './load-model';
import { someMaterials, targetExperiment } from './testing/tiny-targets';

let device: Device;
let bytes: Uint8Array;
beforeAll(async () => {
  device = await testDevice();
  const config = targetExperiment({
    targets: {
      density: { kind: 'regression', property: 'densityGramPerCm3' },
      gap: { kind: 'regression', property: 'bandGapEv', minimum: 0 },
      dense: { kind: 'classification', property: 'densityGramPerCm3', threshold: 6 },
    },
  });
  let last: CheckpointContents | undefined;
  await train({
    device,
    config,
    materials: someMaterials(config, 'train', 300),
    resume: null,
    signal: new AbortController().signal,
    sink: {
      metric: () => undefined,
      timing: () => undefined,
      event: () => undefined,
      checkpoint: async (_, contents) => {
        last = contents;
      },
    },
  });
  bytes = (await encodeCheckpoint(last!)).get('model.safetensors')!;
});

it('predicts from the bytes of the weights alone, every structure by itself and in the order given', async () => {
  const model = loadModel(bytes, device);
  expect(model.properties.map(({ name, unit }) => [name, unit])).toEqual([
    ['dense', ''],
    ['density', 'g/cm³'],
    ['gap', 'eV'],
  ]);
  const structures = referenceSet()
    .slice(0, 70)
    .map(({ structure }) => structure);
  const all = await model.predict(structures);
  expect(all).toHaveLength(70);
  expect(all.every(({ gap }) => gap!.value >= 0)).toBe(true);
  const [alone] = await model.predict([structures[69]!]);
  expect(all[69]!.density!.value).toBeCloseTo(alone!.density!.value, 3);
  expect(all[69]!.dense!.probabilities).toHaveLength(2);
  expect(await model.embed(structures.slice(0, 2))).toMatchObject([{ length: 8 }, { length: 8 }]);
});

it('refuses bytes that are no model of this package', () => {
  expect(() => loadModel(bytes.subarray(0, 1000), device)).toThrow(
    expect.objectContaining({ name: 'CheckpointError', code: 'TENSORS' }),
  );
  expect(() => loadModel(encodeSafetensors(new Map()), device)).toThrow(
    expect.objectContaining({ name: 'CheckpointError', code: 'STATE' }),
  );
});
