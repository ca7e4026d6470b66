import { add, checkpoint, dropout, fuse, gatherRows, silu, type Tensor } from '@bravais/tensor-core';
import {
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
import { type CognBlock, cognMessages, cognUpdate, initCognBlock } from '../layers/cogn-block';
import { elementRows } from '../layers/element-rows';
import { type ElementTable, elementTable, initElementTable } from '../layers/element-table';
import { type AttentionPooling, initPooling, type Pooling, pool } from '../layers/pooling';
import type { RadialBasis } from '../layers/radial-basis';
import { radialFeatures, radialProduct } from '../layers/radial-features';
import { scaledLinear } from '../layers/scaled-init';
import { initSiteRows, type SiteRows, withSiteRows } from '../layers/site-rows';
import { checkSizes } from './check-sizes';

/** Shape of the encoder. */
export interface CognOptions {
  /** Features of a node and of an edge, W; a multiple of 4. */
  readonly width: number;
  readonly blocks: number;
  /** Layers of the MLP that makes the messages, one at least. */
  readonly edgeLayers: number;
  /** Distance features of an edge, K: functions of the basis. */
  readonly distanceBins: number;
  /** Tabulated properties of an element, P; 0 for none. */
  readonly elementProperties: number;
  /** Length of the embedding, D. */
  readonly embeddingDim: number;
  /** How sites become a crystal; `'mean'` where left out. */
  readonly pooling?: Pooling;
  /** Features of a site that the graphs have, F (`siteFeatureCount`); 0, for none, where left out. */
  readonly siteFeatures?: number;
}

/** Parameters of the encoder. */
export interface Cogn<P = Tensor> extends ElementTable<P>, SiteRows<P> {
  /** `[W, K]` and the bias: from distance features to the first state of an edge. */
  readonly distance: Linear<P>;
  readonly blocks: readonly CognBlock<P>[];
  readonly norm: LayerNorm<P>;
  /** On nodes, before the pooling. */
  readonly site: Linear<P>;
  /** After the pooling, `[D, W]`. */
  readonly head: Linear<P>;
  /** Present where attention pools the sites. */
  readonly attention?: AttentionPooling<P>;
}

/** What the encoder sees of a batch of crystals; parameters with site features need a graph with them. */
export interface CognInput {
  readonly graph: GraphTensors;
  readonly basis: RadialBasis;
  /** `[119, P]`, by atomic number, standardised; required exactly where the encoder takes properties. */
  readonly elements?: Tensor;
  /** The pooling that the parameters were made for; `'mean'` where left out. */
  readonly pooling?: Pooling;
}

/**
 * Initial parameters: weights with which signals keep their variance through every layer, biases 0.
 *
 * @throws {@link GraphError} INVALID_OPTION
 */
export function initCogn(key: Key, options: CognOptions): Cogn<HostParameter> {
  const { elementProperties, pooling, siteFeatures = 0, ...positive } = options;
  checkSizes('initCogn', positive, elementProperties);
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
  return {
    ...initElementTable(elementKey, propertyKey, width, elementProperties),
    ...initSiteRows('initCogn', elementKey, siteFeatures, width),
    // About two Gaussians of a distance are near 1, whatever K is.
    distance: scaledLinear(distanceKey, distanceBins, width, { fanIn: 2 }),
    blocks: split(blockKey, blocks).map((each) => initCognBlock(each, width, edgeLayers)),
    norm: initLayerNorm(width),
    ...initPooling(pooling, width),
    site: scaledLinear(siteKey, width, width),
    head: scaledLinear(headKey, width, embeddingDim, { afterSilu: true }),
  };
}

const shiftedSilu = fuse((x, bias) => silu(add(x, bias)), 'shifted silu');

/**
 * z = W_h mean_i SiLU(W_s LN(x_i) + b_s) + b_h after B blocks over nodes and edges: crystals to embeddings `[G, D]`.
 *
 * Nodes start as a learned row per element plus W_p of its tabulated properties (a shared site as the sum of its species by
 * occupancy), edges as u = SiLU(W_d g(d) + b_d) of features g of their length, Gaussians or Bessel functions. Each block (see {@link cognMessages} and
 * {@link cognUpdate}) makes a message from an edge and its two ends by an MLP, adds it to the state of the edge, and updates nodes
 * from the normed sum of their messages. Distances alone, no angles: with states on edges, a message has heard of the neighbours of
 * both ends. Angles come in where nodes start with site features f (see `siteFeatures`), as their row plus W_f f_i, made once with the
 * graph. Pooling is a mean over sites, unless {@link Pooling} says otherwise, so a primitive cell and its supercells embed alike.
 *
 * Ours, not the paper's: layer norm, on nodes alone (it depends on no other crystal of the batch, and edges are twenty times as
 * many); a residual on edges; a layer on sites before the mean; weights that start at the variance of their signals. No envelope
 * fades edges out at a radius: they are the whole shells nearest to a site, which end in a gap of that crystal.
 *
 * Few data need the properties: without them what is learned of one element says nothing of its neighbours in the table.
 *
 * Parameters, with L layers in the edge MLP (and W more for attention, F W for F site features): (119 + P) W + (K + 1) W + B ((L + 4) W² + (L + 6) W) + W² + 3 W + (W + 1) D;
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
  { graph, basis, elements, pooling }: CognInput,
  rate: number,
  dropoutKey: RandomKey | null,
  checkpointed = false,
): Tensor {
  const { kinds } = graph;
  const { device } = kinds.distance;
  const messagesOf = checkpointed ? checkpoint(cognMessages) : cognMessages;
  let nodes = device.layer('embedding', () => {
    const rows = elementRows(elementTable('cogn', parameters, elements), graph);
    return withSiteRows('cogn', rows, parameters, graph);
  });
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
  const pooled = device.layer('pooling', () => pool('cogn', sites, graph, pooling, parameters.attention));
  return device.layer('head', () =>
    linear(parameters.head, dropoutKey ? dropout(pooled, { rate, key: dropoutKey }) : pooled),
  );
}
