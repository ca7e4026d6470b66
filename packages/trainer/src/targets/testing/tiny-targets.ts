import { referenceSet } from '@bravais/datasets/reference';
import { type ExperimentConfig, resolveConfig } from '../../config';
import { type PreparedMaterial, prepareMaterials } from '../../model';

/** A small experiment that predicts properties of reference crystals. */
export function targetExperiment(
  changes: {
    readonly targets?: object;
    readonly loss?: object;
    readonly views?: object;
    readonly init?: object;
    readonly dropout?: number;
    readonly training?: object;
    readonly width?: number;
  } = {},
): ExperimentConfig {
  const { dropout = 0, width = 8, views = {}, targets, loss, init, training } = changes;
  return resolveConfig({
    name: 'targets',
    data: { source: 'reference' },
    graph: { neighbors: 8 },
    ...(init ? { init } : {}),
    model: {
      embeddingDim: 8,
      structure: { kind: 'cgcnn', width, convolutions: 1, distanceBins: 12, descriptorWidth: 16, dropout },
      views,
    },
    ...(loss ? { loss } : {}),
    targets: targets ?? { density: { kind: 'regression', property: 'densityGramPerCm3', dropout } },
    optim: { learningRate: 0.01, schedule: { kind: 'constant' } },
    training: { steps: 6, batchSize: 8, logEvery: 1, ...training },
  });
}

/** Small crystals of a split, the first of them. */
export function someMaterials(config: ExperimentConfig, split: string, count: number): PreparedMaterial[] {
  const records = referenceSet()
    .filter(({ structure }) => structure.atomicNumbers.length <= 4)
    .filter((record) => record.split === split);
  return prepareMaterials(records.slice(0, count), config);
}
