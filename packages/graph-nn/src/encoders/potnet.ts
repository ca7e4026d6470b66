import {
  add,
  checkpoint,
  type Device,
  div,
  dropout,
  fuse,
  segmentMean,
  silu,
  sub,
  type Tensor,
} from '@bravais/tensor-core';
import {
  type Embedding,
  gaussian,
  type HostParameter,
  initLayerNorm,
  type LayerNorm,
  type Linear,
  layerNorm,
  linear,
} from '@bravais/tensor-core/nn';
import { type Key, type RandomKey, split } from '@bravais/tensor-core/random';
import type { PotentialGraphTensors } from '../batch/potential-graph';
import { GraphError } from '../graph/graph-error';
import { checkPositiveInteger } from '../graph/neighbors-within';
import { elementRows } from '../layers/element-rows';
import { gaussianBasis } from '../layers/gaussian-expansion';
import {
  type MultiquadricBasis,
  multiquadricBasis,
  multiquadricExpansion,
  multiquadricSecondMoment,
} from '../layers/multiquadric-expansion';
import {
  initPotnetConvolution,
  type PotnetConvolution,
  potnetConvolution,
} from '../layers/potnet-convolution';
import type { RadialBasis } from '../layers/radial-basis';
import { radialFeatures, radialProduct } from '../layers/radial-features';
import { scaledLinear } from '../layers/scaled-init';
import { stackedRows } from '../layers/stacked-rows';

/** Rows of the element table: atomic numbers up to 118, row 0 for padding. */
const ELEMENTS = 119;
/** Both grids end here. An edge of length d stands at −0.75 Å / d in [−4, 0]; a potential in [−4, 4]. */
const REACH = 4;
/** Å. */
const INVERSE_SCALE_ANGSTROM = 0.75;

/** Shape of the encoder. */
export interface PotnetOptions {
  /** Features of a node and of an edge, W; a multiple of 4. */
  readonly width: number;
  readonly convolutions: number;
  /** Distance features of a local edge, K; two at least. */
  readonly distanceBins: number;
  /** Multiquadric features of an infinite edge, M; two at least. */
  readonly potentialBins: number;
  /** Length of the embedding, D. */
  readonly embeddingDim: number;
}

/** Parameters of the encoder. */
export interface Potnet<P = Tensor> {
  readonly embedding: Embedding<P>;
  /** `[W, K]` and the bias: from features of a distance. */
  readonly distance: Linear<P>;
  /** `[W, M]` and the bias: from features of a potential. */
  readonly potential: Linear<P>;
  readonly potentialNorm: LayerNorm<P>;
  readonly convs: readonly PotnetConvolution<P>[];
  /** After the pooling, `[D, W]`. */
  readonly head: Linear<P>;
}

/** Grids that distances and potentials are laid out on; made by {@link potnetBasis}. */
export interface PotnetBasis {
  /** Gaussians of 4 − 0.75 Å / d, from 0 to 4; Bessel functions put in their place are of d itself. */
  readonly distance: RadialBasis;
  readonly potential: MultiquadricBasis;
}

/** What the encoder sees of a batch of crystals. */
export interface PotnetInput {
  readonly graph: PotentialGraphTensors;
  readonly basis: PotnetBasis;
}

/**
 * Grids for `options.distanceBins` and `options.potentialBins`; the tensors belong to the caller's scope. For Bessel functions of
 * the distances: `{ ...potnetBasis(device, options), distance: besselBasis(options.distanceBins, 8) }`.
 */
export function potnetBasis(
  device: Device,
  { distanceBins, potentialBins }: Pick<PotnetOptions, 'distanceBins' | 'potentialBins'>,
): PotnetBasis {
  return {
    distance: gaussianBasis(device, distanceBins, REACH),
    potential: multiquadricBasis(device, potentialBins, REACH),
  };
}

/**
 * Initial parameters: weights with which signals keep their variance through every layer, biases 0.
 *
 * @throws {@link GraphError} INVALID_OPTION
 */
export function initPotnet(key: Key, options: PotnetOptions): Potnet<HostParameter> {
  for (const [name, value] of Object.entries(options)) checkPositiveInteger('initPotnet', name, value);
  const { width, convolutions, distanceBins, potentialBins, embeddingDim } = options;
  if (width % 4 !== 0) {
    throw new GraphError(
      'INVALID_OPTION',
      `initPotnet: width must be a positive multiple of 4, got ${width}. Take 128 or 256.`,
    );
  }
  for (const [name, bins] of Object.entries({ distanceBins, potentialBins })) {
    if (bins > 1) continue;
    throw new GraphError(
      'INVALID_OPTION',
      `initPotnet: ${name} must be 2 at least, got ${bins}. A grid has two ends.`,
    );
  }
  const [elementKey, distanceKey, potentialKey, convolutionKey, headKey] = split(key, 5) as [
    Key,
    Key,
    Key,
    Key,
    Key,
  ];
  return {
    embedding: { weight: gaussian(elementKey, [ELEMENTS, width], 1) },
    // About two Gaussians of a distance are near 1, whatever K is.
    distance: scaledLinear(distanceKey, distanceBins, width, { fanIn: 2 }),
    potential: scaledLinear(potentialKey, potentialBins, width, {
      fanIn: potentialBins * multiquadricSecondMoment(potentialBins),
    }),
    potentialNorm: initLayerNorm(width),
    convs: split(convolutionKey, convolutions).map((each) => initPotnetConvolution(each, width)),
    head: scaledLinear(headKey, width, embeddingDim),
  };
}

const shiftedSilu = fuse((x, bias) => silu(add(x, bias)), 'shifted silu');
const onGrid = fuse((distance) => sub(REACH, div(INVERSE_SCALE_ANGSTROM, distance)), 'inverse distance');

/**
 * z = W_h mean_i x_i + b_h after T convolutions over local and infinite edges: crystals to embeddings `[G, D]`.
 *
 * Nodes start as a learned row per element. A local edge of length d starts as SiLU(W_d g(−0.75 Å / d) + b_d) of Gaussians g, an
 * infinite edge of potential u (see `potentialEdges`) as LN(softplus(W_u q(u) + b_u)) of multiquadrics q; both go through the
 * same convolutions ({@link potnetConvolution}), so that a node hears of its neighbours and of the whole lattice at once.
 *
 * Ours, not the paper's: potentials without dependence on the cell, from sublattices in place of sites, which makes an
 * embedding the same for every cell of a crystal (`potentialEdges` says why); layer norm for batch norm, so that it depends on no
 * other crystal of the batch; a learned row per element for a table of properties; a grid over [−4, 0] for distances, where
 * −0.75 Å / d lies, so that 128 Gaussians stand as close as PotNet's 256.
 *
 * Parameters: (119 + K + M + 4) W + T (8 W² + 8 W) + (W + 1) D; 1,692,544 for W = 256, T = 3, K = 128, M = 64, D = 128.
 *
 * A shared or partly vacant site is a node with the sum of its species' rows, each by its occupancy, and counts in the sums of the
 * lattice by what it is filled to.
 *
 * In a profile: `embedding`, `distances`, `potentials`, `convs.0` …, `pooling`, `head`.
 *
 * Source: Lin, Yan, Luo, Liu, Qian and Ji, "Efficient approximations of complete interatomic potentials for crystal property
 * prediction", ICML 2023 (PotNet).
 *
 * @param rate dropout on the pooled features
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @param checkpointed lets go of what the convolutions compute inside and computes it again for the gradient
 *
 * @example
 * ```ts
 * const options = { width: 256, convolutions: 3, distanceBins: 128, potentialBins: 64, embeddingDim: 128 };
 * const { tree } = packParameters(device, initPotnet(key(0), options));
 * const batch = batchGraphs(structures.map((each) => crystalGraph(each, { neighbors: 16 })));
 * const arrays = potentialGraphArrays(batch, structures.map((each) => potentialEdges(each)));
 * const input = { graph: uploadPotentialGraph(device, arrays), basis: potnetBasis(device, options) };
 * const z = potnet(tree, input, 0, null); // [crystals, 128]
 * ```
 */
export function potnet(
  parameters: Potnet,
  { graph, basis }: PotnetInput,
  rate: number,
  dropoutKey: RandomKey | null,
  checkpointed = false,
): Tensor {
  const { distance, potential } = graph.features;
  const { device } = distance;
  const convolve = checkpointed ? checkpoint(potnetConvolution) : potnetConvolution;
  const local = device.layer('distances', () => {
    const { weight, bias } = parameters.distance;
    const place = basis.distance.kind === 'bessel' ? distance : onGrid(distance);
    return shiftedSilu(radialProduct(radialFeatures(place, basis.distance), weight), bias);
  });
  const infinite = device.layer('potentials', () => {
    const features = multiquadricExpansion(potential, basis.potential);
    return layerNorm(parameters.potentialNorm, linear(parameters.potential, features, 'softplus'));
  });
  const rows = stackedRows(local, infinite);
  const nodes = parameters.convs.reduce(
    (x, convolution, index) => device.layer(`convs.${index}`, () => convolve(convolution, x, rows, graph)),
    device.layer('embedding', () => elementRows(parameters.embedding.weight, graph)),
  );
  const pooled = device.layer('pooling', () => segmentMean(nodes, graph.graphOffsets));
  return device.layer('head', () =>
    linear(parameters.head, dropoutKey ? dropout(pooled, { rate, key: dropoutKey }) : pooled),
  );
}
