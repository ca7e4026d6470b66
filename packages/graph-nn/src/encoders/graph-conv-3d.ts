import { checkpoint, dropout, type Tensor } from '@bravais/tensor-core';
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
import { elementRows } from '../layers/element-rows';
import { type ElementTable, elementTable, initElementTable } from '../layers/element-table';
import {
  type GraphConvolution3d,
  graphConvolution3d,
  initGraphConvolution3d,
} from '../layers/graph-convolution-3d';
import { type AttentionPooling, initPooling, type Pooling, pool } from '../layers/pooling';
import { type RadialBasis, radialExpansion } from '../layers/radial-basis';
import { scaledLinear } from '../layers/scaled-init';
import { checkSizes } from './check-sizes';

/** Shape of the encoder. */
export interface GraphConv3dOptions {
  /** Features of a node, W. */
  readonly width: number;
  readonly convolutions: number;
  /** Distance features of an edge, K: functions of the basis. */
  readonly distanceBins: number;
  /** Tabulated properties of an element, P; 0 for none. */
  readonly elementProperties: number;
  /** Length of the embedding, D. */
  readonly embeddingDim: number;
  /** How sites become a crystal; `'mean'` where left out. */
  readonly pooling?: Pooling;
}

/** Parameters of the encoder. */
export interface GraphConv3d<P = Tensor> extends ElementTable<P> {
  readonly convs: readonly GraphConvolution3d<P>[];
  readonly norm: LayerNorm<P>;
  /** On nodes, before the pooling. */
  readonly site: Linear<P>;
  /** After the pooling, `[D, W]`. */
  readonly head: Linear<P>;
  /** Present where attention pools the sites. */
  readonly attention?: AttentionPooling<P>;
}

/** What the encoder sees of a batch of crystals. */
export interface GraphConv3dInput {
  readonly graph: GraphTensors;
  readonly basis: RadialBasis;
  /** `[119, P]`, by atomic number, standardised; required exactly where the encoder takes properties. */
  readonly elements?: Tensor;
  /** The pooling that the parameters were made for; `'mean'` where left out. */
  readonly pooling?: Pooling;
}

/**
 * Initial parameters: weights with which signals keep their variance, biases 0.
 *
 * @throws {@link GraphError} INVALID_OPTION
 */
export function initGraphConv3d(key: Key, options: GraphConv3dOptions): GraphConv3d<HostParameter> {
  const { elementProperties, pooling, ...positive } = options;
  checkSizes('initGraphConv3d', positive, elementProperties);
  const { width, convolutions, distanceBins, embeddingDim } = positive;
  const [elementKey, propertyKey, convolutionKey, siteKey, headKey] = split(key, 5) as [
    Key,
    Key,
    Key,
    Key,
    Key,
  ];
  return {
    ...initElementTable(elementKey, propertyKey, width, elementProperties),
    convs: split(convolutionKey, convolutions).map((each) =>
      initGraphConvolution3d(each, width, distanceBins),
    ),
    norm: initLayerNorm(width),
    ...initPooling(pooling, width),
    site: scaledLinear(siteKey, width, width),
    head: scaledLinear(headKey, width, embeddingDim, { afterSilu: true }),
  };
}

/**
 * z = W_h mean_i SiLU(W_s LN(h_i) + b_s) + b_h after T graph convolutions H' = H + SiLU(LN(H) W_0ᵀ + b + Â LN(H) W_1ᵀ): crystals to
 * embeddings `[G, D]`.
 *
 * The graph convolutional network of Kipf and Welling in three dimensions: Â = S^(-½) A S^(-½) is the adjacency of the periodic
 * graph with strengths learned from distances, normalised by degrees (see {@link graphConvolution3d}). An edge carries one number,
 * so this is the plainest network that uses distances at all, and the bar for those whose messages depend on distances in every
 * feature. Nodes start as a learned row per element plus W_p of its tabulated properties, a shared site as the sum of its species by
 * occupancy. Pooling is a mean over sites, or {@link Pooling}.
 *
 * A "3D-GCN" proposed for aligning structures with texts and images multiplies adjacency and features by the same weight but never
 * with each other, so that no neighbour acts on a node. This is that network with the product Â H that makes it a convolution; a
 * weight of its own for the node itself, layer norm and the residual are ours.
 *
 * Parameters (and W more for attention): (119 + P) W + T (2 W² + 3 W + K + 1) + W² + 3 W + (W + 1) D; 148,091 for W = D = 128, T = 3, K = 40, P = 0.
 *
 * In a profile: `embedding`, `distances`, `convs.0` …, `sites`, `pooling`, `head`.
 *
 * Source: Kipf and Welling, "Semi-supervised classification with graph convolutional networks", ICLR 2017, equation 2.
 *
 * @param rate dropout on the pooled features
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @param checkpointed lets go of what the convolutions compute inside and computes it again for the gradient
 *
 * @example
 * ```ts
 * const options = { width: 128, convolutions: 3, distanceBins: 40, elementProperties: 0, embeddingDim: 128 };
 * const { tree } = packParameters(device, initGraphConv3d(key(0), options));
 * const input = { graph: uploadGraphs(device, batch), basis: gaussianBasis(device, 40, 8) };
 * const z = graphConv3d(tree, input, 0, null); // [crystals, 128]
 * ```
 */
export function graphConv3d(
  parameters: GraphConv3d,
  { graph, basis, elements, pooling }: GraphConv3dInput,
  rate: number,
  dropoutKey: RandomKey | null,
  checkpointed = false,
): Tensor {
  const { device } = graph.kinds.distance;
  const convolve = checkpointed ? checkpoint(graphConvolution3d) : graphConvolution3d;
  const first = device.layer('embedding', () =>
    elementRows(elementTable('graphConv3d', parameters, elements), graph),
  );
  const features = device.layer('distances', () => radialExpansion(graph.kinds.distance, basis));
  const nodes = parameters.convs.reduce(
    (x, convolution, index) =>
      device.layer(`convs.${index}`, () => convolve(convolution, x, features, graph)),
    first,
  );
  const sites = device.layer('sites', () =>
    linear(parameters.site, layerNorm(parameters.norm, nodes), 'silu'),
  );
  const pooled = device.layer('pooling', () =>
    pool('graphConv3d', sites, graph, pooling, parameters.attention),
  );
  return device.layer('head', () =>
    linear(parameters.head, dropoutKey ? dropout(pooled, { rate, key: dropoutKey }) : pooled),
  );
}
