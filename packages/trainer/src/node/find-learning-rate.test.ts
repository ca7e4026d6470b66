import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../config';
import { prepareMaterials } from '../model';
import { rangeTest } from '../training/learning-rate-range/range-test';
import { findLearningRate } from './find-learning-rate';
import { loadRecords } from './load-records';

const config = parseConfig(`name: range
data: { source: reference, limit: 16 }
graph: { neighbors: 6 }
model:
  embeddingDim: 8
  structure: { kind: cgcnn, width: 8, convolutions: 1, distanceBins: 8, descriptorWidth: 8 }
  views: { phononDos: { kind: mlp, width: 8, layers: 1 } }
loss: { kind: all-pairs-clip }
optim: { schedule: { kind: constant } }
training: { epochs: 50, batchSize: 8 }
`);
const signal = new AbortController().signal;

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe('findLearningRate', () => {
  it('is a range test on the training split of the config, the same bits with materials of any other split', async () => {
    const found = await findLearningRate({ config, device, steps: 12 });
    const materials = prepareMaterials(await loadRecords(config.data), config);
    expect(materials.some(({ split }) => split !== 'train')).toBe(true);
    expect(found).toEqual(await rangeTest({ config, device, materials, signal, steps: 12 }));
    expect(found.points.length).toBeGreaterThan(5);
  });

  it('reads the weights of init, and says which are missing', async () => {
    const from = { ...config, init: { checkpoint: '/nowhere/run', frozen: [] } };
    await expect(findLearningRate({ config: from, device })).rejects.toMatchObject({
      name: 'CheckpointError',
      message: expect.stringContaining('/nowhere/run'),
    });
  });
});
