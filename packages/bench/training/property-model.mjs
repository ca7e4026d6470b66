import { besselBasis, cgcnn, cogn, gaussianBasis, initCgcnn, initCogn } from '@bravais/graph-nn';
import { reshape, silu, tensor } from '@bravais/tensor-core';
import { initLinear, linear, packParameters } from '@bravais/tensor-core/nn';
import { foldIn, key, split } from '@bravais/tensor-core/random';
import { elementPropertyRows } from './element-properties.mjs';

/** Stream of the initial parameters below a seed's key; the order of batches takes 1. */
const PARAMETER_STREAM = 0;

/**
 * Encoders by name: initial parameters from a key, and embeddings of a batch from parameters.
 *
 * @typedef {object} Sizes
 * @property {'cogn' | 'cgcnn'} model
 * @property {number} width features of a node
 * @property {number} blocks rounds of message passing
 * @property {number} layers layers of an edge MLP (cogn)
 * @property {number} bins distance features
 * @property {number} cutoff Å, the last Gaussian's centre, or where Bessel functions end
 * @property {'gaussian' | 'bessel'} [basis] of the distance features; Gaussians where left out
 * @property {number} [siteFeatures] features of a site that the graphs have, for the angles between neighbours; 0 where left out
 * @property {number} embedding
 * @property {'properties' | 'learned'} elements whether an element starts from tabulated properties (cogn)
 */
const ENCODERS = {
  cogn: {
    init: (encoderKey, { width, blocks, layers, bins, embedding, elements, siteFeatures = 0 }) =>
      initCogn(encoderKey, {
        width,
        blocks,
        edgeLayers: layers,
        distanceBins: bins,
        elementProperties: elements === 'properties' ? elementPropertyRows().columns : 0,
        embeddingDim: embedding,
        siteFeatures,
      }),
    embed: cogn,
  },
  cgcnn: {
    init: (encoderKey, { width, blocks, bins, embedding, siteFeatures = 0 }) =>
      initCgcnn(encoderKey, {
        width,
        convolutions: blocks,
        distanceBins: bins,
        descriptors: 0,
        descriptorWidth: 0,
        embeddingDim: embedding,
        siteFeatures,
      }),
    embed: cgcnn,
  },
};

/** What distances are laid out on, by name. */
export const BASES = {
  gaussian: (device, { bins, cutoff }) => gaussianBasis(device, bins, cutoff),
  bessel: (_device, { bins, cutoff }) => besselBasis(bins, cutoff),
};

/** Initial parameters on the host; the same seed gives the same numbers everywhere. */
export function initialParameters(sizes, seed) {
  const encoder = ENCODERS[sizes.model];
  if (!encoder) {
    throw new Error(`--model must be one of ${Object.keys(ENCODERS).join(', ')}, got "${sizes.model}".`);
  }
  const [encoderKey, outputKey] = split(foldIn(key(seed), PARAMETER_STREAM), 2);
  return {
    encoder: encoder.init(encoderKey, sizes),
    output: initLinear(outputKey, sizes.embedding, 1),
  };
}

/**
 * A model that predicts one number a crystal, y = w · silu(encoder(crystal)) + b.
 *
 * @param {import('@bravais/tensor-core').Device} device
 * @param {Sizes} sizes
 * @param {number} seed
 * @param {number} rate dropout of the encoder in training
 */
export function createPropertyModel(device, sizes, seed, rate = 0) {
  const parameters = packParameters(device, initialParameters(sizes, seed));
  const basis = BASES[sizes.basis ?? 'gaussian'](device, sizes);
  const { embed } = ENCODERS[sizes.model];
  const { columns, values } = elementPropertyRows();
  const table = sizes.elements === 'properties' ? { elements: tensor(device, values, [119, columns]) } : {};
  const predict = (tree, graph, dropoutKey = null) => {
    const z = embed(tree.encoder, { graph, basis, ...table }, rate, dropoutKey);
    return reshape(linear(tree.output, silu(z)), [graph.graphOffsets.size - 1]);
  };
  return { device, parameters, predict };
}
