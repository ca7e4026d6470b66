import { createStructure } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import type { Device } from '@bravais/tensor-core';
import { key } from '@bravais/tensor-core/random';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../config';
import { embedMaterials } from '../training/embed-materials';
import { ModelOptimizer } from '../training/optimizer';
import { type AlignmentModel, createModel } from './alignment-model';
import { prepareMaterials } from './prepare';
import { fitPreprocessing } from './preprocessing';
import { structureEncoder } from './structure-encoder';

const config = resolveConfig({
  name: 'test',
  data: { source: 'reference' },
  graph: { neighbors: 8 },
  model: {
    embeddingDim: 16,
    structure: { kind: 'cgcnn', width: 16, convolutions: 1, distanceBins: 12, dropout: 0.5 },
    views: { phononDos: { kind: 'mlp', width: 16, layers: 1, dropout: 0.1 } },
  },
  loss: { kind: 'all-pairs-clip', temperature: 0.1 },
  optim: { learningRate: 0.005, schedule: { kind: 'constant' } },
  training: { steps: 12, batchSize: 4 },
});
const records = referenceSet()
  .filter(({ structure }) => structure.atomicNumbers.length <= 4)
  .slice(0, 12);
const cell = { latticeAngstrom: [3, 0, 0, 0, 3, 0, 0, 0, 3], fracCoords: [0, 0, 0] };
const alloyOf = (nickel: number) =>
  createStructure({
    ...cell,
    species: [
      [
        { element: 'Fe', occupancy: 0.5 },
        { element: 'Ni', occupancy: nickel },
      ],
    ],
  });

let device: Device;
let model: AlignmentModel;
beforeAll(async () => {
  device = await testDevice();
  const materials = prepareMaterials(records, config);
  model = createModel(device, config, fitPreprocessing(config, materials));
});

describe('structureEncoder', () => {
  it('gives the rows that evaluation gives, without dropout, alone or in a batch', async () => {
    const encoder = structureEncoder(model);
    const prepared = records.map(({ structure }) => encoder.prepare(structure));
    const rows = await encoder.embed(prepared);
    expect(rows).toHaveLength(records.length * encoder.embeddingDim);
    const [structures] = await embedMaterials(model, prepareMaterials(records, config));
    const close = (values: Float32Array) => Array.from(values, (value) => expect.closeTo(value, 5));
    expect(Array.from(rows)).toEqual(close(structures!.rows));
    const alone = await encoder.embed(prepared.slice(3, 4));
    expect(Array.from(alone)).toEqual(close(rows.slice(3 * 16, 4 * 16)));
    expect(await encoder.embed([])).toHaveLength(0);
  });

  it('sees occupancies in graph and descriptors', async () => {
    const encoder = structureEncoder(model);
    const ordered = encoder.prepare(createStructure({ ...cell, atomicNumbers: ['Fe'] }));
    const full = encoder.prepare(createStructure({ ...cell, species: [[{ element: 'Fe', occupancy: 1 }]] }));
    expect(full).toEqual(ordered);
    const alloys = [0.5, 0.25].map((share) => encoder.prepare(alloyOf(share)));
    expect(alloys[1]!.descriptors[25]! / 5).toBeCloseTo(2 / 3, 6);
    expect(alloys[1]!.descriptors[27]! / 5).toBeCloseTo(1 / 3, 6);
    const rows = await encoder.embed([ordered, ...alloys]);
    const [iron, half, quarter] = [0, 1, 2].map((k) => rows.slice(16 * k, 16 * k + 16));
    expect(half).not.toEqual(iron);
    expect(half).not.toEqual(quarter);
  });
});

it('trains on disordered crystals, from a recording too, and the same bits twice', async () => {
  const mixed = prepareMaterials(
    records.slice(0, 4).map((record, k) => ({ ...record, structure: alloyOf(0.1 * (k + 1)) })),
    config,
  );
  const train = async (): Promise<number[]> => {
    const fallbacks: unknown[] = [];
    const fresh = createModel(device, config, model.preprocessing);
    const optimizer = new ModelOptimizer(
      fresh,
      () => 0.005,
      null,
      (reason) => fallbacks.push(reason),
    );
    const losses: number[] = [];
    for (let step = 0; step < 6; step++) {
      const { loss } = optimizer.step(mixed, key(step));
      losses.push((await loss.read())[0]!);
    }
    optimizer.dispose();
    expect(fallbacks).toEqual([]);
    return losses;
  };
  const losses = await train();
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(new Set(losses).size).toBe(6);
  expect(await train()).toEqual(losses);
});
