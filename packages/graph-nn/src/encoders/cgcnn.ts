import { checkpoint, concat, dropout, type Tensor } from '@bravais/tensor-core';
import {
  type Embedding,
  type HostParameter,
  initEmbedding,
  initMlp,
  type Mlp,
  mlp,
} from '@bravais/tensor-core/nn';
import { foldIn, type Key, type RandomKey, split } from '@bravais/tensor-core/random';
import type { GraphTensors } from '../batch/graph-tensors';
import { type CgcnnConvolution, cgcnnConvolution, initCgcnnConvolution } from '../layers/cgcnn-convolution';
import { elementRows } from '../layers/element-rows';
import { type AttentionPooling, initPooling, type Pooling, pool } from '../layers/pooling';
import type { RadialBasis } from '../layers/radial-basis';
import { radialFeatures } from '../layers/radial-features';
import { initSiteRows, type SiteRows, withSiteRows } from '../layers/site-rows';

/** Rows of the element table: atomic numbers up to 118, row 0 unused. */
const ELEMENTS = 119;

/** Shape of the encoder. */
export interface CgcnnOptions {
  /** Features of a node, W; a multiple of 4. */
  readonly width: number;
  readonly convolutions: number;
  /** Distance features of an edge, K: functions of the basis. */
  readonly distanceBins: number;
  /** Length of the descriptor vector that joins the pooled nodes; 0 for none. */
  readonly descriptors: number;
  /** Features of the MLP over the descriptors. */
  readonly descriptorWidth: number;
  /** Length of the embedding. */
  readonly embeddingDim: number;
  /** How sites become a crystal; `'mean'` where left out. */
  readonly pooling?: Pooling;
  /** Features of a site that the graphs have, F (`siteFeatureCount`); 0, for none, where left out. */
  readonly siteFeatures?: number;
}

/** Parameters of the encoder. */
export interface Cgcnn<P = Tensor> extends SiteRows<P> {
  readonly embedding: Embedding<P>;
  readonly convs: readonly CgcnnConvolution<P>[];
  /** Present where the encoder takes descriptors. */
  readonly descriptors?: Mlp<P>;
  readonly head: Mlp<P>;
  /** Present where attention pools the sites. */
  readonly attention?: AttentionPooling<P>;
}

/** What the encoder sees of a batch of crystals; parameters with site features need a graph with them. */
export interface CgcnnInput {
  readonly graph: GraphTensors;
  readonly basis: RadialBasis;
  /** `[G, descriptors]`, standardised; required exactly where the encoder takes descriptors. */
  readonly descriptors?: Tensor;
  /** The pooling that the parameters were made for; `'mean'` where left out. */
  readonly pooling?: Pooling;
}

/**
 * Initial parameters.
 *
 * @throws GraphError INVALID_OPTION
 */
export function initCgcnn(key: Key, options: CgcnnOptions): Cgcnn<HostParameter> {
  const { width, convolutions, distanceBins, descriptors, descriptorWidth, embeddingDim } = options;
  const { pooling, siteFeatures = 0 } = options;
  const [elementKey, convolutionKey, descriptorKey, headKey] = split(key, 4) as [Key, Key, Key, Key];
  const convs = split(convolutionKey, convolutions).map((each) =>
    initCgcnnConvolution(each, width, distanceBins),
  );
  const joined = descriptors > 0 ? width + descriptorWidth : width;
  return {
    embedding: initEmbedding(elementKey, ELEMENTS, width),
    ...initSiteRows('initCgcnn', elementKey, siteFeatures, width),
    convs,
    ...(descriptors > 0
      ? { descriptors: initMlp(descriptorKey, [descriptors, descriptorWidth, descriptorWidth]) }
      : {}),
    ...initPooling(pooling, width),
    head: initMlp(headKey, [joined, 2 * embeddingDim, embeddingDim]),
  };
}

/**
 * z = MLP([mean_i x_i, MLP(descriptors)]) after T crystal graph convolutions: crystals to embeddings `[G, D]`.
 *
 * Nodes start as a learned row per element, a shared site as the sum of its species' rows by occupancy; with site features f (see
 * `siteFeatures`) as that plus W_f f_i, so that the network sees angles, made once with the graph. Pooling is a mean over
 * sites, unless {@link Pooling} says otherwise, so a primitive cell and its supercells embed alike. The head has one hidden layer of 2 D features, as the paper's. Source: Xie and Grossman, Phys. Rev. Lett. 120,
 * 145301 (2018).
 *
 * @param rate dropout on the pooled features and inside both MLPs
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @param checkpointed lets go of what the convolutions compute inside and computes it again for the gradient
 */
export function cgcnn(
  parameters: Cgcnn,
  input: CgcnnInput,
  rate: number,
  dropoutKey: RandomKey | null,
  checkpointed = false,
): Tensor {
  const { graph, basis, pooling } = input;
  const { device } = graph.edgeSource;
  const convolve = checkpointed ? checkpoint(cgcnnConvolution) : cgcnnConvolution;
  const edgeFeatures = device.layer('distances', () => radialFeatures(graph.kinds.distance, basis));
  const nodes = parameters.convs.reduce(
    (x, convolution, index) =>
      device.layer(`convs.${index}`, () => convolve(convolution, x, edgeFeatures, graph)),
    device.layer('embedding', () =>
      withSiteRows('cgcnn', elementRows(parameters.embedding.weight, graph), parameters, graph),
    ),
  );
  const pooled = device.layer('pooling', () => pool('cgcnn', nodes, graph, pooling, parameters.attention));
  const { descriptors } = parameters;
  const described = input.descriptors;
  const joined =
    descriptors && described
      ? device.layer('descriptors', () =>
          concat([pooled, mlp(descriptors, described, rate, dropoutKey && foldIn(dropoutKey, 0))], 1),
        )
      : pooled;
  return device.layer('head', () => {
    const kept = dropoutKey ? dropout(joined, { rate, key: foldIn(dropoutKey, 1) }) : joined;
    return mlp(parameters.head, kept, rate, dropoutKey && foldIn(dropoutKey, 2));
  });
}
