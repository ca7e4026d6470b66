import { createPropertyModel, initialParameters } from './property-model.mjs';

export const DISTANCE_BINS = 40;
export const CUTOFF_ANGSTROM = 8;

/** The sizes of the comparison with PyTorch: 98,097 parameters. */
const SIZES = {
  model: 'cgcnn',
  width: 64,
  blocks: 3,
  bins: DISTANCE_BINS,
  cutoff: CUTOFF_ANGSTROM,
  embedding: 84,
};

/** The encoder's sizes under the names of its own options. */
export const ENCODER = {
  width: SIZES.width,
  convolutions: SIZES.blocks,
  distanceBins: DISTANCE_BINS,
  descriptors: 0,
  descriptorWidth: 0,
  embeddingDim: SIZES.embedding,
};

/** Initial parameters on the host; the same seed gives the same numbers everywhere. */
export function initialTree(seed) {
  return initialParameters(SIZES, seed);
}

/** The model on the device. */
export function createModel(device, seed) {
  return createPropertyModel(device, SIZES, seed);
}
