import type { ViewName } from '@bravais/datasets';
import type { Device } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ExperimentConfig, resolveConfig } from '../config';
import {
  type AlignmentModel,
  createModel,
  fitPreprocessing,
  type PreparedMaterial,
  prepareMaterials,
} from '../model';
import { TINY_ENCODERS, tinyConfig } from '../model/structure-encoders/testing/tiny-encoders';
import { targetExperiment } from '../targets/testing/tiny-targets';
import { experimentOver, someWithEveryView } from '../testing/every-view';
import { embedMaterials } from '../training/embed-materials';
import { attributeMaterial } from './attribute-material';
import type { Attribution } from './attribute-structure';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const BLOCKS = { features: 8, heads: 2, headFeatures: 4, hidden: 8, blocks: 1 };
const ENCODERS: [ViewName, object][] = [
  ['phononDos', { kind: 'mlp', width: 8, layers: 1 }],
  ['phononDos', { kind: 'spectrum-transformer', patch: 8, ...BLOCKS }],
  ['chargeDensity', { kind: 'mlp', width: 8, layers: 1 }],
  ['densityGrid', { kind: 'cnn', width: 8, blocks: 1 }],
  ['densityGrid', { kind: 'mlp', width: 8, layers: 1 }],
  ['image', { kind: 'image-cnn', widths: [8, 16] }],
  ['description', { kind: 'bag-of-words', width: 8, rows: 64 }],
  ['description', { kind: 'text-transformer', vocabularySize: 300, ...BLOCKS }],
];

/** A model whose biases are not 0, as after training: without them the embedding of the baseline has no direction. */
async function modelOf(
  config: ExperimentConfig,
): Promise<{ model: AlignmentModel; materials: PreparedMaterial[] }> {
  const materials = prepareMaterials(someWithEveryView('train', 8), config);
  const model = createModel(device, config, fitPreprocessing(config, materials));
  const { flat } = model.parameters;
  const shift = sampleUniform([flat.size], 5);
  flat.write((await flat.read()).map((value, at) => value + 0.2 * shift[at]!));
  return { model, materials };
}

async function attributionsOf(config: ExperimentConfig, steps: number, place = 3): Promise<Attribution[]> {
  const { model, materials } = await modelOf(config);
  const embeddings = await embedMaterials(model, materials);
  const dim = config.model.embeddingDim;
  const own = Object.fromEntries(
    embeddings.map(({ name, rows }) => [name, rows.slice(place * dim, (place + 1) * dim)]),
  );
  return attributeMaterial(model, materials[place]!, own, { steps });
}

const sumOf = ({ parts, others }: Attribution): number =>
  [...parts, ...Object.values(others)].reduce((sum, value) => sum + value, 0);

/** Sum and difference agree as well as is said, and better with more steps. */
function expectComplete(coarse: Attribution, fine: Attribution): void {
  expect(Math.abs(sumOf(fine) - (fine.value - fine.baselineValue))).toBeCloseTo(fine.completenessError, 7);
  const rounding = 2e-6 * (1 + Math.abs(fine.value) + Math.abs(fine.baselineValue));
  expect(fine.completenessError).toBeLessThan(0.3 * coarse.completenessError + rounding);
  expect(fine.completenessError).toBeLessThan(
    0.02 * Math.max(0.05, Math.abs(fine.value - fine.baselineValue)),
  );
  expect(fine.parts.some((value) => value !== 0)).toBe(true);
}

describe('attributions are complete, the better the more steps', () => {
  it.each(TINY_ENCODERS)('of the atoms that $kind sees', async (encoder) => {
    const config = tinyConfig(encoder);
    const [coarse, fine] = [await attributionsOf(config, 8), await attributionsOf(config, 64)];
    expect(fine.map(({ modality, objective }) => [modality, objective])).toEqual([
      ['structure', 'cosine with its phononDos'],
      ['phononDos', 'cosine with its structure'],
    ]);
    expectComplete(coarse[0]!, fine[0]!);
    const { structure } = someWithEveryView('train', 8)[3]!;
    expect(fine[0]!.parts).toHaveLength(structure!.atomicNumbers.length);
    expect(Object.keys(fine[0]!.others)).toHaveLength(encoder.kind === 'cgcnn' ? 2 : 0);
  });

  it.each(ENCODERS)('of %s by %j', async (view, encoder) => {
    const base = experimentOver(['structure', view]);
    const config = resolveConfig({ ...base, model: { ...base.model, views: { [view]: encoder } } });
    const [coarse, fine] = [await attributionsOf(config, 8), await attributionsOf(config, 64)];
    expectComplete(coarse[1]!, fine[1]!);
    const value = someWithEveryView('train', 8)[3]!.views[view]!;
    if (typeof value === 'string') {
      const text = fine[1]!.units!.join('').replaceAll(/\s/g, '');
      expect(fine[1]!.parts).toHaveLength(fine[1]!.units!.length);
      expect(text).toBe(value.replaceAll(/\s/g, ''));
    } else {
      expect(fine[1]!.parts).toHaveLength(value instanceof Float32Array ? value.length : value.values.length);
    }
  });

  it('of a prediction, in its unit, and of the logit of a class', async () => {
    const config = targetExperiment({
      targets: {
        density: { kind: 'regression', property: 'densityGramPerCm3' },
        dense: { kind: 'classification', property: 'densityGramPerCm3', threshold: 6 },
      },
    });
    const [coarse, fine] = [await attributionsOf(config, 8), await attributionsOf(config, 64)];
    expect(fine.map(({ objective, unit }) => [objective.replace(/[01]$/, ''), unit])).toEqual([
      ['logit of dense ', ''],
      ['density', 'g/cm³'],
    ]);
    for (const [at, each] of fine.entries()) expectComplete(coarse[at]!, each);
  });
});

it('equal atoms bring equal shares, and a supercell shares what its cell brings', async () => {
  const { model, materials } = await modelOf(tinyConfig(TINY_ENCODERS[1]!));
  const embeddings = await embedMaterials(model, materials);
  const cell = someWithEveryView('train', 8)[3]!;
  const { latticeAngstrom, fracCoords, atomicNumbers } = cell.structure!;
  const half = (shift: number): number[] =>
    Array.from(fracCoords, (x, k) => (k % 3 === 0 ? (x + shift) / 2 : x));
  const twice = {
    ...cell,
    structure: {
      latticeAngstrom: latticeAngstrom.map((x, k) => (k < 3 ? 2 * x : x)),
      fracCoords: Float64Array.from([...half(0), ...half(1)]),
      atomicNumbers: Uint8Array.from([...atomicNumbers, ...atomicNumbers]),
      occupations: null,
    },
  };
  const u = embeddings.find(({ name }) => name === 'phononDos')!.rows.slice(0, 8);
  const found: Attribution[] = [];
  for (const material of prepareMaterials([cell, twice], model.config)) {
    const structure = embeddings[0]!.rows.slice(0, 8);
    found.push((await attributeMaterial(model, material, { structure, phononDos: u }, { steps: 16 }))[0]!);
  }
  const [one, two] = found.map(({ parts }) => parts) as [Float64Array, Float64Array];
  const count = atomicNumbers.length;
  for (const [site, own] of one.entries()) {
    expect(two[site]).toBeCloseTo(own / 2, 5);
    expect(two[site + count]).toBeCloseTo(own / 2, 5);
  }
});
