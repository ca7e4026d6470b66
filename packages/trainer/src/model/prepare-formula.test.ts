import { referenceSet } from '@bravais/datasets/reference';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExperimentConfig, resolveConfig } from '../config';
import { modalityScalars } from '../controls/modality-scalars';
import { embedMaterials } from '../training/embed-materials';
import { createModel } from './alignment-model';
import { compositionColumns, prepareMaterials } from './prepare';
import { fitPreprocessing } from './preprocessing';

const configure = (formulas: boolean, graph: object = {}): ExperimentConfig =>
  resolveConfig({
    name: 'test',
    data: { source: 'reference' },
    graph: { neighbors: 8, ...graph },
    model: {
      embeddingDim: 12,
      structure: {
        kind: 'cgcnn',
        width: 16,
        convolutions: 2,
        distanceBins: 12,
        descriptors: 'springs',
        formulas,
      },
      views: { phononDos: { kind: 'mlp', width: 16, layers: 1 } },
    },
    loss: { kind: 'all-pairs-clip', temperature: 0.1 },
    optim: { learningRate: 0.001, schedule: { kind: 'constant' } },
    training: { steps: 2, batchSize: 4 },
  });
const records = referenceSet()
  .filter(({ structure }) => structure.atomicNumbers.length <= 4)
  .slice(0, 12);
const withoutStructure = records.map(({ structure, ...rest }) => rest);

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

async function structureRows(config: ExperimentConfig, some: Parameters<typeof prepareMaterials>[0]) {
  const model = createModel(device, config, fitPreprocessing(config, prepareMaterials(records, config)));
  const [structures] = await embedMaterials(model, prepareMaterials(some, config));
  return structures!;
}

describe('model.structure.formulas', () => {
  it('lets materials without structure take part by their formula, and only where asked for', () => {
    const [taken] = prepareMaterials(withoutStructure, configure(true));
    expect(taken!.structure!.graph.edgeSource).toHaveLength(0);
    expect(modalityScalars(taken!, 'structure')).toBeNull();
    expect(prepareMaterials(withoutStructure, configure(false)).every((each) => !each.structure)).toBe(true);
  });

  it('knows the composition that the crystal has, and nothing of its geometry', () => {
    const known = prepareMaterials(records, configure(true));
    prepareMaterials(withoutStructure, configure(true)).forEach(({ structure }, row) => {
      const [own, crystal] = [structure!.descriptors, known[row]!.structure!.descriptors];
      expect(own).toHaveLength(crystal.length);
      for (let column = 0; column < own.length; column++) {
        if (column < compositionColumns) expect(own[column]).toBeCloseTo(crystal[column]!, 5);
        else expect(own[column]).toBeNaN();
      }
    });
  });

  it.each([{}, { siteFeatures: {} }])(
    'embeds polymorphs alike and formulas apart, beside crystals in a batch (%o)',
    async (graph) => {
      const config = configure(true, graph);
      const mixed = [...records.slice(0, 3), ...withoutStructure, { ...withoutStructure[0]!, id: 'again' }];
      const { rows } = await structureRows(config, mixed);
      const row = (place: number) => Array.from(rows.subarray(12 * place, 12 * (place + 1)));
      expect(row(3)).toEqual(row(mixed.length - 1).map((value) => expect.closeTo(value, 5)));
      expect(rows.every(Number.isFinite)).toBe(true);
      const formulas = new Set(withoutStructure.map(({ formula }) => formula));
      const places = withoutStructure.map((_, place) =>
        row(3 + place)
          .map((value) => value.toFixed(4))
          .join(),
      );
      expect(new Set(places).size).toBe(formulas.size);
      const crystals = (await structureRows(config, records.slice(0, 3))).rows;
      expect(Array.from(crystals)).toEqual(
        Array.from(rows.subarray(0, 36), (value) => expect.closeTo(value, 5)),
      );
    },
  );

  it('names the material whose formula cannot be read', () => {
    expect(() => prepareMaterials([{ ...withoutStructure[0]!, formula: 'Xx2' }], configure(true))).toThrow(
      withoutStructure[0]!.id,
    );
  });
});
