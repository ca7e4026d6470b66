import { cgcnn, gaussianBasis, initCgcnn } from '@bravais/graph-nn';
import { reshape, silu } from '@bravais/tensor-core';
import { initLinear, linear, packParameters } from '@bravais/tensor-core/nn';
import { foldIn, key, split } from '@bravais/tensor-core/random';

export const DISTANCE_BINS = 40;
export const CUTOFF_ANGSTROM = 8;

/** With these sizes the model has 98,097 parameters. */
export const ENCODER = {
  width: 64,
  convolutions: 3,
  distanceBins: DISTANCE_BINS,
  descriptors: 0,
  descriptorWidth: 0,
  embeddingDim: 84,
};

/** Initial parameters on the host; the same seed gives the same numbers everywhere. */
export function initialTree(seed) {
  const [encoderKey, outputKey] = split(foldIn(key(seed), 0), 2);
  return {
    encoder: initCgcnn(encoderKey, ENCODER),
    output: initLinear(outputKey, ENCODER.embeddingDim, 1),
  };
}

/** Parameters on the device, and the radial basis. */
export function createModel(device, seed) {
  return {
    device,
    parameters: packParameters(device, initialTree(seed)),
    basis: gaussianBasis(device, DISTANCE_BINS, CUTOFF_ANGSTROM),
  };
}

/** y = w · silu(cgcnn(crystal)) + b: one number a crystal, `[G]`. */
export function predict({ basis }, tree, graph) {
  const z = cgcnn(tree.encoder, { graph, basis }, 0, null);
  return reshape(linear(tree.output, silu(z)), [graph.graphOffsets.size - 1]);
}
