import type { Device } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { type PreparedMaterial, parseConfig, prepareMaterials } from '@bravais/trainer';
import { loadRecords } from '@bravais/trainer/node';
import { beforeAll, expect, it } from 'vitest';
import { profileTraining } from '../profile/profile-training';
import { runSteps } from './run-steps';

const config = parseConfig(`name: few
data: { source: reference, limit: 12 }
model:
  embeddingDim: 8
  structure: { kind: cgcnn, width: 8, convolutions: 1, distanceBins: 8, descriptorWidth: 8 }
  views: { phononDos: { kind: mlp, width: 8, layers: 1 } }
loss: { kind: all-pairs-clip }
optim: { schedule: { kind: constant } }
training: { epochs: 50, batchSize: 4, evaluateEvery: 1 }
`);
const never = new AbortController().signal;

let device: Device;
let materials: PreparedMaterial[];
beforeAll(async () => {
  device = await openDevice();
  materials = prepareMaterials(await loadRecords(config.data), config);
});

it('takes as many steps as asked, and fewer where told or stopped', async () => {
  const seen: number[] = [];
  const facts = await runSteps({ device, config, materials, steps: 3, signal: never }, (step) => {
    seen.push(step);
    return true;
  });
  expect(seen).toEqual([1, 2, 3]);
  expect(facts).toMatchObject({ batchSize: 4, trainingMaterials: 12 });
  expect(facts.parameterCount).toBeGreaterThan(1000);

  seen.length = 0;
  await runSteps({ device, config, materials, steps: 9, signal: never }, (step) => {
    seen.push(step);
    return step < 2;
  });
  expect(seen).toEqual([1, 2]);

  seen.length = 0;
  const controller = new AbortController();
  await runSteps({ device, config, materials, steps: 9, signal: controller.signal }, (step) => {
    seen.push(step);
    controller.abort();
    return true;
  });
  expect(seen).toEqual([1]);
});

it('a profile of training holds every launch of its steps, by kernel and by layer', async () => {
  const profile = await profileTraining({
    ...{ config, dataRoot: undefined, device, signal: never, graphs: { workers: 1 } },
  });
  expect(profile.profiledSteps + profile.slowSteps).toBe(10);
  expect(profile.profiledSteps).toBeGreaterThanOrEqual(5);
  expect(profile.stepMilliseconds).toBeGreaterThan(0);
  expect(profile.peakBytes).toBeGreaterThan(4 * profile.parameterCount);
  const { kernels, layers, kernelMilliseconds, launchesPerStep, profiledSteps } = profile;
  const sum = (
    rows: readonly { launches: number; milliseconds: number }[],
    of: 'launches' | 'milliseconds',
  ) => rows.reduce((total, row) => total + row[of], 0);
  expect(sum(kernels, 'launches')).toBe(launchesPerStep * profiledSteps);
  expect(sum(layers, 'launches')).toBe(launchesPerStep * profiledSteps);
  expect(sum(kernels, 'milliseconds')).toBeCloseTo(kernelMilliseconds * profiledSteps, 6);
  const adamw = kernels.find(({ kernel }) => kernel === 'adamw');
  expect(adamw?.launches).toBe(profiledSteps);
});
