import {
  add,
  checkpoint,
  dropout,
  fuse,
  gatherRows,
  matmul,
  segmentMean,
  silu,
  type Tensor,
  TensorError,
} from '@bravais/tensor-core';
import {
  type Embedding,
  embedding,
  gaussian,
  type HostParameter,
  initLayerNorm,
  type LayerNorm,
  type Linear,
  layerNorm,
  linear,
} from '@bravais/tensor-core/nn';
import { type Key, type RandomKey, split } from '@bravais/tensor-core/random';
import type { GraphTensors } from '../batch/graph-tensors';
import { GraphError } from '../graph/graph-error';
import { checkPositiveInteger } from '../graph/neighbors-within';
import { type CognBlock, cognMessages, cognUpdate, initCognBlock } from '../layers/cogn-block';
import type { GaussianBasis } from '../layers/gaussian-expansion';
import { radialFeatures, radialProduct } from '../layers/radial-features';
import { scaledLinear, scaledWeight } from '../layers/scaled-init';

/** Rows of the element table: atomic numbers up to 118, row 0 for padding. */
const ELEMENTS = 119;
/** Size of an element's own row at the start, beside what its properties say: alike elements start alike. */
const OWN_SHARE = 0.1;

/** Shape of the encoder. */
export interface CognOptions {
  /** Features of a node and of an edge, W; a multiple of 4. */
  readonly width: number;
  readonly blocks: number;
  /** Layers of the MLP that makes the messages, one at least. */
  readonly edgeLayers: number;
  /** Gaussian distance features of an edge, K. */
  readonly distanceBins: number;
  /** Tabulated properties of an element, P; 0 for none. */
  readonly elementProperties: number;
  /** Length of the embedding, D. */
  readonly embeddingDim: number;
}

/** Parameters of the encoder. */
export interface Cogn<P = Tensor> {
  readonly embedding: Embedding<P>;
  /** `[W, P]`, present where the encoder takes properties of elements. */
  readonly properties?: { readonly weight: P };
  /** `[W, K]` and the bias: from distance features to the first state of an edge. */
  readonly distance: Linear<P>;
  readonly blocks: readonly CognBlock<P>[];
  readonly norm: LayerNorm<P>;
  /** On nodes, before the pooling. */
  readonly site: Linear<P>;
  /** After the pooling, `[D, W]`. */
  readonly head: Linear<P>;
}

/** What the encoder sees of a batch of crystals. */
export interface CognInput {
  readonly graph: GraphTensors;
  readonly basis: GaussianBasis;
  /** `[119, P]`, by atomic number, standardised; required exactly where the encoder takes properties. */
  readonly elements?: Tensor;
}

/**
 * Initial parameters: weights with which signals keep their variance through every layer, biases 0.
 *
 * @throws {@link GraphError} INVALID_OPTION
 */
export function initCogn(key: Key, options: CognOptions): Cogn<HostParameter> {
  const { elementProperties, ...positive } = options;
  for (const [name, value] of Object.entries(positive)) checkPositiveInteger('initCogn', name, value);
  if (!(Number.isSafeInteger(elementProperties) && elementProperties >= 0)) {
    throw new GraphError(
      'INVALID_OPTION',
      `initCogn: elementProperties must be 0 or a positive integer, got ${elementProperties}. Give the columns of the table.`,
    );
  }
  const { width, blocks, edgeLayers, distanceBins, embeddingDim } = positive;
  if (width % 4 !== 0) {
    throw new GraphError(
      'INVALID_OPTION',
      `initCogn: width must be a positive multiple of 4, got ${width}. Take 64 or 128.`,
    );
  }
  const [elementKey, distanceKey, blockKey, siteKey, headKey, propertyKey] = split(key, 6) as [
    Key,
    Key,
    Key,
    Key,
    Key,
    Key,
  ];
  const tabulated = elementProperties > 0;
  return {
    embedding: { weight: gaussian(elementKey, [ELEMENTS, width], tabulated ? OWN_SHARE : 1) },
    ...(tabulated ? { properties: { weight: scaledWeight(propertyKey, elementProperties, width) } } : {}),
    // About two Gaussians of a distance are near 1, whatever K is.
    distance: scaledLinear(distanceKey, distanceBins, width, { fanIn: 2 }),
    blocks: split(blockKey, blocks).map((each) => initCognBlock(each, width, edgeLayers)),
    norm: initLayerNorm(width),
    site: scaledLinear(siteKey, width, width),
    head: scaledLinear(headKey, width, embeddingDim, { afterSilu: true }),
  };
}

const shiftedSilu = fuse((x, bias) => silu(add(x, bias)), 'shifted silu');

/**
 * z = W_h mean_i SiLU(W_s LN(x_i) + b_s) + b_h after B blocks over nodes and edges: crystals to embeddings `[G, D]`.
 *
 * Nodes start as a learned row per element plus W_p of its tabulated properties, edges as u = SiLU(W_d g(d) + b_d) of the
 * Gaussians g of their length. Each block (see {@link cognMessages} and {@link cognUpdate}) makes a message from an edge and its
 * two ends by an MLP, adds it to the state of the edge, and updates nodes from the normed sum of their messages. Distances alone,
 * no angles: with states on edges, a message has heard of the neighbours of both ends. Pooling is a mean, so a primitive cell and
 * its supercells embed alike.
 *
 * Ours, not the paper's: layer norm, on nodes alone (it depends on no other crystal of the batch, and edges are twenty times as
 * many); a residual on edges; a layer on sites before the mean; weights that start at the variance of their signals. No envelope
 * fades edges out at a radius: they are the whole shells nearest to a site, which end in a gap of that crystal.
 *
 * Few data need the properties: without them what is learned of one element says nothing of its neighbours in the table.
 *
 * Parameters, with L layers in the edge MLP: (119 + P) W + (K + 1) W + B ((L + 4) W² + (L + 6) W) + W² + 3 W + (W + 1) D;
 * 520,960 for W = D = 128, B = 4, L = 3, K = 40, P = 30.
 *
 * In a profile: `embedding`, `distances`, `blocks.0` …, `sites`, `pooling`, `head`.
 *
 * Source: Ruff, Reiser, Stühmer and Friederich, "Connectivity optimized nested line graph networks for crystal structures",
 * Digital Discovery 3, 594 (2024): the network on the crystal graph, coGN.
 *
 * @param rate dropout on the pooled features
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @param checkpointed lets go of what the messages compute inside and computes it again for the gradient
 *
 * @example
 * ```ts
 * const options = { width: 128, blocks: 4, edgeLayers: 3, distanceBins: 40, elementProperties: 0, embeddingDim: 128 };
 * const { tree } = packParameters(device, initCogn(key(0), options));
 * const input = { graph: uploadGraphs(device, batch), basis: gaussianBasis(device, 40, 8) };
 * const z = cogn(tree, input, 0, null); // [crystals, 128]
 * ```
 */
export function cogn(
  parameters: Cogn,
  { graph, basis, elements }: CognInput,
  rate: number,
  dropoutKey: RandomKey | null,
  checkpointed = false,
): Tensor {
  const { kinds } = graph;
  const { device } = kinds.distance;
  const messagesOf = checkpointed ? checkpoint(cognMessages) : cognMessages;
  let nodes = device.layer('embedding', () => firstNodes(parameters, elements, graph));
  let edges = device.layer('distances', () => {
    const features = radialFeatures(kinds.distance, basis);
    const { weight, bias } = parameters.distance;
    return gatherRows(shiftedSilu(radialProduct(features, weight), bias), kinds.ofEdge, { inverse: kinds });
  });
  parameters.blocks.forEach((block, index) => {
    device.layer(`blocks.${index}`, () => {
      const messages = messagesOf(block, nodes, edges, graph);
      nodes = cognUpdate(block, nodes, messages, graph);
      if (index + 1 < parameters.blocks.length) edges = add(edges, messages);
    });
  });
  const sites = device.layer('sites', () =>
    linear(parameters.site, layerNorm(parameters.norm, nodes), 'silu'),
  );
  const pooled = device.layer('pooling', () => segmentMean(sites, graph.graphOffsets));
  return device.layer('head', () =>
    linear(parameters.head, dropoutKey ? dropout(pooled, { rate, key: dropoutKey }) : pooled),
  );
}

/** The row of each node's element: its own, and what its properties add. */
function firstNodes(
  { embedding: own, properties }: Cogn,
  elements: Tensor | undefined,
  { atomicNumbers }: GraphTensors,
): Tensor {
  if (properties && elements) {
    const weight = add(own.weight, matmul(elements, properties.weight, { transposeB: true }));
    return embedding({ weight }, atomicNumbers);
  }
  if (properties || elements) {
    throw new TensorError(
      'ARGUMENT',
      `cogn: expected a table of element properties exactly where the parameters take one, got ${elements ? 'one for parameters without' : 'none'}. Give it in the input's elements, or make parameters with elementProperties.`,
    );
  }
  return embedding(own, atomicNumbers);
}
