import { structureEncoderKind, structureSchema } from '@bravais/trainer';

const ofElements = ({ elements }) => ({ elementProperties: elements === 'properties' });

/** The config of each encoder in an experiment, from the options of a training. */
const CONFIGS = {
  cogn: ({ width, blocks, layers, bins, ...others }) => ({
    ...{ width, blocks, edgeLayers: layers, distanceBins: bins },
    ...ofElements(others),
  }),
  cgcnn: ({ width, blocks, bins }) => ({
    ...{ width, convolutions: blocks, distanceBins: bins },
    descriptors: false,
  }),
  potnet: ({ width, blocks, bins, potentialBins }) => ({
    ...{ width, convolutions: blocks, distanceBins: bins, potentialBins },
  }),
  'graph-conv-3d': ({ width, blocks, bins, ...others }) => ({
    ...{ width, convolutions: blocks, distanceBins: bins },
    ...ofElements(others),
  }),
  composition: ({ width, layers, ...others }) => ({ width, layers, ...ofElements(others) }),
};

/**
 * @typedef {object} Sizes
 * @property {string} model
 * @property {number} width features of a node
 * @property {number} blocks rounds of message passing
 * @property {number} layers layers of an edge MLP (cogn), hidden layers (composition)
 * @property {number} bins distance features
 * @property {number} [potentialBins] features of a potential (potnet)
 * @property {number} cutoff Å, the last Gaussian's centre, or where Bessel functions end
 * @property {'gaussian' | 'bessel'} [basis] of the distance features; Gaussians where left out
 * @property {number} [siteFeatures] features of a site that the graphs have, for the angles between neighbours; 0 where left out
 * @property {number} embedding
 * @property {'properties' | 'learned'} elements whether an element starts from tabulated properties, where the encoder takes them
 * @property {number} [dropout] 0 where left out
 */

/**
 * The encoder that options name: `edges` that it sees, initial parameters from a key, and, opened on a device, embeddings of a batch.
 *
 * @param {Sizes} sizes
 */
export function propertyEncoder(sizes) {
  const { cutoff, embedding, siteFeatures = 0 } = sizes;
  const config = encoderConfig(sizes);
  const kind = structureEncoderKind(config);
  return {
    edges: kind.edges,
    init: (key) => kind.init(key, config, { descriptors: 0, siteFeatures, embeddingDim: embedding }),
    open: (device) => kind.open(device, config, cutoff),
  };
}

/** The config of that encoder in an experiment. */
export function encoderConfig(sizes) {
  const { model, basis = 'gaussian', siteFeatures = 0, dropout = 0 } = sizes;
  if (!Object.hasOwn(CONFIGS, model)) {
    throw new Error(`--model must be one of ${Object.keys(CONFIGS).join(', ')}, got "${model}".`);
  }
  if (
    (basis !== 'gaussian' || siteFeatures > 0) &&
    !structureEncoderKind({ kind: model }).takesSiteFeatures
  ) {
    throw new Error(
      `--basis bessel and --angles 1 need one of cgcnn, cogn, got --model ${model}. Leave them out.`,
    );
  }
  return checked({
    ...{ kind: model, ...CONFIGS[model](sizes), dropout },
    ...(basis === 'gaussian' ? {} : { basis }),
  });
}

function checked(config) {
  const { success, data, error } = structureSchema.safeParse(config);
  if (success) return data;
  const [{ path, message }] = error.issues;
  throw new Error(
    `--model ${config.kind}: ${path.join('.')} cannot be ${config[path[0]]}: ${message}. Change the option that says it.`,
  );
}
