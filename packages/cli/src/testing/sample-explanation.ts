import type { MaterialRecord } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import type { EmbeddingMeasures, ExplainedEmbeddings, ExplanationReport } from '@bravais/trainer';
import { seededRandom } from '../report/seeded-random';

/** An explanation of a few reference crystals with embeddings drawn at random; `changes` are made to the first record. */
export function sampleExplanation(changes: Partial<MaterialRecord> = {}): ExplanationReport {
  const [first, ...others] = referenceSet().slice(0, 40);
  const records: MaterialRecord[] = [{ ...first!, ...changes }, ...others];
  const random = seededRandom(11);
  const materials = [...records.keys()];
  const embeddings = (['trained', 'untrained', 'composition'] as const).flatMap((source) =>
    (source === 'composition' ? ['composition'] : ['structure', 'phononDos']).map(
      (modality): ExplainedEmbeddings => ({
        source,
        modality,
        dim: 4,
        rows: Float32Array.from({ length: 4 * records.length }, () => random() - 0.5),
        materials,
      }),
    ),
  );
  const measures = embeddings.map(({ source, modality, dim }, at): EmbeddingMeasures => {
    const label = { count: 40, knn: { accuracy: 0.5 + at / 20, majority: 0.25 }, silhouette: at / 100 };
    const probe = { r2: 0.9 - at / 10, meanAbsoluteError: 0.5, meanAbsoluteErrorOfMean: 1.5, count: 40 };
    return {
      source,
      modality,
      dim,
      count: 40,
      effectiveRank: 3 - at / 8,
      uniformity: -2 + at / 16,
      crystalSystem: label,
      probes: { densityGramPerCm3: probe },
    };
  });
  const numbers = { steps: 64, value: 0.75, baselineValue: 0.25, completenessError: 0.0005 };
  const sites = first!.structure.atomicNumbers.length;
  return {
    split: 'test',
    materials: 80,
    records,
    step: 40,
    seed: 3,
    configHash: 'cd'.repeat(32),
    adapter: 'llvmpipe (LLVM 15.0.6, 256 bits)',
    labels: {
      crystalSystem: records.map((_, place) => (place % 2 === 0 ? 'cubic' : 'hexagonal')),
      metallicity: records.map((_, place) => ['metal', 'insulator', null][place % 3]!),
      formationEnergy: Float64Array.from(records, (_, place) => (place === 5 ? Number.NaN : -place / 10)),
      properties: {
        densityGramPerCm3: Float64Array.from(records, ({ scalars }) => scalars.densityGramPerCm3!),
      },
    },
    embeddings,
    measures,
    pairs: [
      {
        source: 'trained',
        modalities: ['structure', 'phononDos'],
        count: 40,
        alignment: 0.5,
        modalityGap: 0.125,
      },
      {
        source: 'untrained',
        modalities: ['structure', 'phononDos'],
        count: 40,
        alignment: 2,
        modalityGap: 0.625,
      },
    ],
    neighbors: {
      modality: 'structure',
      of: materials.map((place) =>
        [1, 2].map((step) => ({ material: (place + step) % 40, cosine: 1 - step / 8 })),
      ),
    },
    attributions: [
      {
        ...{ material: 0, modality: 'structure', objective: 'cosine with its phononDos', unit: '' },
        ...{ baseline: 'sites without elements', ...numbers, others: { 'geometry statistics': 0.125 } },
        parts: Float64Array.from({ length: sites }, (_, site) => (site - 1) / 8),
        units: Array.from({ length: sites }, () => 'Na'),
      },
      {
        ...{ material: 0, modality: 'phononDos', objective: 'cosine with its structure', unit: '' },
        ...{ baseline: 'no intensity', ...numbers, others: {} },
        parts: Float64Array.from({ length: 66 }, (_, bin) => Math.sin(bin)),
      },
      {
        ...{ material: 0, modality: 'description', objective: 'cosine with its structure', unit: '' },
        ...{ baseline: 'a text without words', ...numbers, others: {} },
        parts: Float64Array.of(0.25, -0.125, 0),
        units: ['cubic', '<b>bold</b>', ' crystal'],
      },
      {
        ...{ material: 0, modality: 'densityGrid', objective: 'cosine with its structure', unit: '' },
        ...{ baseline: 'the mean of the training split', ...numbers, others: { cell: 0.0625 } },
        parts: Float64Array.from({ length: 27 }, (_, point) => Math.cos(point)),
      },
    ],
    swaps: [
      {
        material: 0,
        original: { cosineWithViews: { phononDos: 0.75 }, predictions: { density: 2.5 } },
        swaps: [
          {
            ...{ from: 'Na', to: 'K', formula: 'KCl', cosineWithOriginal: 0.875 },
            ...{ cosineWithViews: { phononDos: 0.5 }, predictions: { density: 2 } },
          },
        ],
      },
    ],
  };
}
