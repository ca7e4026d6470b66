import { type ExperimentConfig, resolveConfig } from '../config';

/** What differs between the tests that train one. */
export interface DensityExperiment {
  readonly name: string;
  /** Materials of each split. */
  readonly limit: number;
  readonly steps: number;
  readonly batchSize: number;
  /** Other sections, or whole sections in place of those below. */
  readonly changes?: object;
}

/** A small alignment of reference crystals and their spectra that learns the density beside it. */
export function densityExperiment(of: DensityExperiment): ExperimentConfig {
  const { name, limit, steps, batchSize, changes = {} } = of;
  return resolveConfig({
    name,
    data: { source: 'reference', limit },
    graph: { neighbors: 8 },
    model: {
      embeddingDim: 8,
      structure: { kind: 'cgcnn', width: 8, convolutions: 1, distanceBins: 8, descriptorWidth: 16 },
      views: { phononDos: { kind: 'mlp', width: 8, layers: 1 } },
    },
    loss: { kind: 'all-pairs-clip' },
    targets: { density: { kind: 'regression', property: 'densityGramPerCm3' } },
    optim: { learningRate: 0.01, schedule: { kind: 'constant' } },
    training: { steps, batchSize },
    ...changes,
  });
}
