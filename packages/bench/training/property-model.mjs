import { reshape, silu } from '@bravais/tensor-core';
import { initLinear, linear, packParameters } from '@bravais/tensor-core/nn';
import { foldIn, key, split } from '@bravais/tensor-core/random';
import { propertyEncoder } from './property-encoder.mjs';

/** Stream of the initial parameters below a seed's key; the order of batches takes 1. */
const PARAMETER_STREAM = 0;

/** Initial parameters on the host; the same seed gives the same numbers everywhere. */
export function initialParameters(sizes, seed) {
  const [encoderKey, outputKey] = split(foldIn(key(seed), PARAMETER_STREAM), 2);
  return {
    encoder: propertyEncoder(sizes).init(encoderKey),
    output: initLinear(outputKey, sizes.embedding, 1),
  };
}

/**
 * A model that predicts one number a crystal, y = w · silu(encoder(crystal)) + b.
 *
 * `layout` says how batches are laid out for it (see `hostBatch`), `predict` takes one on the device.
 *
 * @param {import('@bravais/tensor-core').Device} device
 * @param {import('./property-encoder.mjs').Sizes} sizes
 * @param {number} seed
 */
export function createPropertyModel(device, sizes, seed) {
  const parameters = packParameters(device, initialParameters(sizes, seed));
  const encoder = propertyEncoder(sizes);
  const { embed } = encoder.open(device);
  const predict = (tree, batch, dropoutKey = null) => {
    const { graphOffsets } = batch.graph ?? batch.potentialGraph;
    const z = embed(tree.encoder, batch, dropoutKey, false);
    return reshape(linear(tree.output, silu(z)), [graphOffsets.size - 1]);
  };
  return { device, parameters, predict, layout: { edges: encoder.edges, descriptors: null } };
}
