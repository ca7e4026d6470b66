import type { MaterialRecord, MaterialViews } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import { type ExperimentConfig, resolveConfig } from '../config';

const SIZE = 4;
const BINS = 20;

/** Small real crystals, each with a view of every form, made from its spectrum; `some('train', 24)` are the first of a split. */
export function someWithEveryView(
  split: string,
  count: number,
): (MaterialRecord & { views: MaterialViews })[] {
  return referenceSet()
    .filter(({ structure }) => structure.atomicNumbers.length <= 4)
    .filter((record) => record.split === split)
    .slice(0, count)
    .map((record) => ({ ...record, views: everyView(record.views.phononDos, record.formula) }));
}

function everyView(spectrum: Float32Array, formula: string): MaterialViews {
  const taken = (length: number): Float32Array =>
    Float32Array.from({ length }, (_, i) => spectrum[(7 * i) % spectrum.length]!);
  return {
    phononDos: spectrum,
    electronicDos: taken(200),
    chargeDensity: taken(102),
    text: taken(768),
    densityGrid: {
      size: SIZE,
      values: taken(SIZE ** 3),
      metric: Float32Array.of(9, 9, 9, 0, 0, spectrum[9]!),
    },
    diffraction: taken(BINS),
    description: `${formula} has ${spectrum.filter((value) => value > 0.1).length} strong bins of ${spectrum.length}.`,
    image: { width: 5, height: 6, values: taken(30) },
  };
}

/** A small experiment over the named modalities. */
export function experimentOver(
  modalities: readonly string[],
  changes: { readonly loss?: object; readonly training?: object } = {},
): ExperimentConfig {
  const dropout = 0.1;
  const views = modalities.filter((name) => name !== 'structure');
  return resolveConfig({
    name: 'views',
    data: { source: 'reference' },
    graph: { neighbors: 8 },
    model: {
      embeddingDim: 8,
      ...(modalities.includes('structure')
        ? { structure: { kind: 'cgcnn', width: 8, convolutions: 1, distanceBins: 12, dropout } }
        : {}),
      views: Object.fromEntries(
        views.map((view) => [
          view,
          view === 'description'
            ? { kind: 'bag-of-words', width: 8, rows: 64, dropout }
            : { kind: 'mlp', width: 8, layers: 1, dropout },
        ]),
      ),
    },
    loss: { kind: 'all-pairs-clip', temperature: 0.1, ...changes.loss },
    optim: { learningRate: 0.005, schedule: { kind: 'constant' } },
    training: { steps: 6, batchSize: 8, logEvery: 1, ...changes.training },
  });
}
