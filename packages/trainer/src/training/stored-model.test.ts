import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createStructure } from '@bravais/datasets';
import type { Device } from '@bravais/tensor-core';
import { namedValues } from '@bravais/tensor-core/nn';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
import type { TrainedModel } from '../checkpoint';
import { structureEncoder } from '../model';
import { loadModel } from '../node/load-model';
import { readModel } from '../node/read-model';
import { restoreModel } from './train';

const MODELS = join(import.meta.dirname, '../../../../models');
const MODEL = join(MODELS, 'b1-first');

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const rockSalt = createStructure({
  latticeAngstrom: [0, 2.82, 2.82, 2.82, 0, 2.82, 2.82, 2.82, 0],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: [11, 17],
});

let device: Device;
let checkpoint: TrainedModel;
beforeAll(async () => {
  device = await testDevice();
  checkpoint = await readModel(MODEL);
});

it('its weights come back bit for bit, none missing and none added', async () => {
  const { flat, entries } = restoreModel(device, checkpoint).parameters;
  const restored = namedValues(entries, (await flat.read()) as Float32Array);
  const stored = [...checkpoint.model].filter(([name]) => !name.startsWith('preprocessing.'));
  expect([...restored.keys()].sort()).toEqual(stored.map(([name]) => name).sort());
  for (const [name, { data }] of stored)
    expect(bytesOf(restored.get(name)!).equals(bytesOf(data)), name).toBe(true);
});

it('it embeds rock salt as it did then', async () => {
  const encoder = structureEncoder(restoreModel(device, checkpoint));
  const row = await encoder.embed([encoder.prepare(rockSalt)]);
  // Printed by `bravais embed` when cgcnn was the only encoder.
  const then = [-0.512548685, -0.268597811, 0.0760074854, 0.598443806, -0.182481736, -0.194722086];
  expect(Array.from(row.slice(0, 6))).toEqual(then.map((value) => expect.closeTo(value, 4)));
});

// Measured: -2.13 eV/atom (heat of formation). PBE has a gap of 5.0 eV.
it.each([
  ['formation-energy', 'formationEnergy', -2.1066],
  ['band-gap', 'bandGap', 4.9712],
])('%s predicts rock salt without training', async (folder, target, value) => {
  const model = await loadModel(join(MODELS, folder), device);
  const [prediction] = await model.predict([rockSalt]);
  expect(prediction![target]!.value).toBeCloseTo(value, 3);
});

it.each(['b1-first', 'formation-energy', 'band-gap'])(
  '%s is at most 3 MB and names its licences',
  (folder) => {
    expect(statSync(join(MODELS, folder, 'model.safetensors')).size).toBeLessThan(3e6);
    expect(readFileSync(join(MODELS, folder, 'README.md'), 'utf8')).toContain('CC BY 4.0');
  },
);
