import { join } from 'node:path';
import { createStructure } from '@bravais/datasets';
import type { Device } from '@bravais/tensor-core';
import { namedValues } from '@bravais/tensor-core/nn';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
import type { Checkpoint } from '../checkpoint';
import { configHash } from '../config';
import { structureEncoder } from '../model';
import { readRun } from '../node/read-run';
import { restoreModel } from './train';

const MODEL = join(import.meta.dirname, '../../../../models/b1-first');

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

let device: Device;
let checkpoint: Checkpoint;
beforeAll(async () => {
  device = await testDevice();
  checkpoint = await readRun(MODEL);
});

it('the shipped checkpoint has the hash of its config, so that its run can be resumed', async () => {
  expect(await configHash(checkpoint.config)).toBe(checkpoint.state.configHash);
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
  const rockSalt = createStructure({
    latticeAngstrom: [0, 2.82, 2.82, 2.82, 0, 2.82, 2.82, 2.82, 0],
    fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
    atomicNumbers: [11, 17],
  });
  const row = await encoder.embed([encoder.prepare(rockSalt)]);
  // Printed by `bravais embed` when cgcnn was the only encoder.
  const then = [-0.512548685, -0.268597811, 0.0760074854, 0.598443806, -0.182481736, -0.194722086];
  expect(Array.from(row.slice(0, 6))).toEqual(then.map((value) => expect.closeTo(value, 4)));
});
