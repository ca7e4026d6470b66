import { createStructure, densityFeatures, promoleculeDensity } from '@bravais/datasets';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../config';
import { prepareMaterials, prepareStructure } from './prepare';

const configOf = (structure: object) =>
  resolveConfig({
    name: 'prepare',
    data: { source: 'reference' },
    model: { structure: { kind: 'cgcnn', ...structure }, views: { phononDos: { kind: 'mlp' } } },
    loss: { kind: 'all-pairs-clip' },
    optim: { schedule: { kind: 'constant' } },
    training: { steps: 1 },
  });
const salt = (shift = 0) =>
  createStructure({
    latticeAngstrom: [0, 2.8, 2.8, 2.8, 0, 2.8, 2.8, 2.8, 0],
    fracCoords: [shift, shift, shift, 0.5 + shift, 0.5 + shift, 0.5 + shift],
    atomicNumbers: ['Na', 'Cl'],
  });

describe('descriptors with a promolecule', () => {
  const bare = prepareStructure(salt(), configOf({})).descriptors;
  const joined = prepareStructure(salt(), configOf({ descriptors: 'promolecule' })).descriptors;

  it('are those without, then the features of the density of neutral atoms', () => {
    const { size, values } = promoleculeDensity(salt());
    const features = densityFeatures({ shape: [size, size, size], values }, 'salt');
    expect(joined.subarray(0, bare.length)).toEqual(bare);
    expect(joined.subarray(bare.length)).toEqual(features);
  });

  it('do not see where the cell begins', () => {
    const shifted = prepareStructure(salt(0.25), configOf({ descriptors: 'promolecule' })).descriptors;
    expect([...shifted.subarray(bare.length)]).toEqual(
      [...joined.subarray(bare.length)].map((value) => expect.closeTo(value, 3)),
    );
  });

  it('refuse shared sites by the id of the material', () => {
    const structure = createStructure({
      latticeAngstrom: [3, 0, 0, 0, 3, 0, 0, 0, 3],
      fracCoords: [0, 0, 0],
      species: [[{ element: 'Fe', occupancy: 0.5 }, { element: 'Ni', occupancy: 0.5 }]], // biome-ignore format: a site
    });
    const record = {
      id: 'alloy-1',
      formula: 'FeNi',
      split: 'train',
      structure,
      views: {},
      scalars: {},
    } as const;
    expect(() => prepareMaterials([record], configOf({ descriptors: 'promolecule' }))).toThrow(
      expect.objectContaining({
        name: 'PromoleculeError',
        code: 'DISORDERED',
        message: expect.stringMatching(/^alloy-1: /),
      }),
    );
  });
});
