import type { ExperimentConfig } from '../../../config';
import { resolveConfig } from '../../../config';
import type { StructureEncoderConfig } from '..';

/** Every kind of encoder with few features, so that a step takes milliseconds. */
export const TINY_ENCODERS: readonly (Readonly<Record<string, unknown>> & {
  readonly kind: StructureEncoderConfig['kind'];
})[] = [
  { kind: 'cgcnn', width: 8, convolutions: 2, distanceBins: 12, descriptorWidth: 8 },
  { kind: 'cogn', width: 8, blocks: 2, edgeLayers: 2, distanceBins: 12 },
  { kind: 'potnet', width: 8, convolutions: 2, distanceBins: 12, potentialBins: 8 },
  { kind: 'graph-conv-3d', width: 8, convolutions: 2, distanceBins: 12 },
  { kind: 'composition', width: 8, layers: 2 },
];

/** A small experiment with an encoder. */
export function tinyConfig(structure: object, training: object = {}): ExperimentConfig {
  return resolveConfig({
    name: 'tiny',
    data: { source: 'reference' },
    graph: { neighbors: 8 },
    model: {
      embeddingDim: 8,
      structure: { dropout: 0.1, ...structure },
      views: { phononDos: { kind: 'mlp', width: 8, layers: 1 } },
    },
    loss: { kind: 'all-pairs-clip', temperature: 0.1 },
    optim: { learningRate: 0.005, schedule: { kind: 'constant' } },
    training: { steps: 4, batchSize: 8, logEvery: 1, ...training },
  });
}
