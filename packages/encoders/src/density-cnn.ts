import { add, concat, mean, reshape, type Tensor } from '@bravais/tensor-core';
import {
  type Conv,
  conv3d,
  type GroupNorm,
  groupNorm,
  type HostParameter,
  initConv,
  initGroupNorm,
  initLayerNorm,
  initLinear,
  initMlp,
  type LayerNorm,
  type Linear,
  layerNorm,
  linear,
  type Mlp,
  mlp,
} from '@bravais/tensor-core/nn';
import { type Key, type RandomKey, split } from '@bravais/tensor-core/random';
import { cellFeatures } from './cell-features';

/** Shape of the encoder. */
export interface DensityCnnOptions {
  /** Channels of the convolutions. */
  readonly width: number;
  /** Residual blocks, whose taps lie 1, 2, 4, 1, 2, 4, … points apart: three see 17 points along each axis. */
  readonly blocks: number;
  /** Length of the embedding. */
  readonly embeddingDim: number;
}

/** x + project(gelu(expand(norm(depthwise(x))))). */
interface DensityBlock<P = Tensor> {
  readonly depthwise: Conv<P>;
  readonly norm: GroupNorm<P>;
  readonly expand: Linear<P>;
  readonly project: Linear<P>;
}

/** Parameters of the encoder: `stem.weight`, `blocks.0.depthwise.weight`, `blocks.0.norm.weight`, …, `head.layers.1.bias`. */
export interface DensityCnn<P = Tensor> {
  readonly stem: Conv<P>;
  readonly blocks: readonly DensityBlock<P>[];
  readonly norm: LayerNorm<P>;
  readonly cell: Mlp<P>;
  readonly head: Mlp<P>;
}

const KERNEL = [3, 3, 3] as const;
/** Width of a block's inside over that of its outside. */
const EXPANSION = 2;
/** Distances between taps, in turn: longer ones pass the end of common grids. */
const DILATIONS = [1, 2, 4] as const;
/** Channels that are normalised together, where there are a multiple of so many. */
const GROUP_CHANNELS = 8;
/** Numbers that describe a cell. */
const CELL_FEATURES = 6;

/** Initial parameters. */
export function initDensityCnn(key: Key, options: DensityCnnOptions): DensityCnn<HostParameter> {
  const { width, blocks: count, embeddingDim } = options;
  const [stem, blocks, cell, head] = split(key, 4) as [Key, Key, Key, Key];
  return {
    stem: initConv(stem, 1, width, KERNEL),
    blocks: split(blocks, count).map((blockKey) => initBlock(blockKey, width)),
    norm: initLayerNorm(width),
    cell: initMlp(cell, [CELL_FEATURES, width, width]),
    head: initMlp(head, [2 * width, 2 * width, embeddingDim]),
  };
}

function initBlock(key: Key, width: number): DensityBlock<HostParameter> {
  const [depthwise, expand, project] = split(key, 3) as [Key, Key, Key];
  return {
    depthwise: initConv(depthwise, width, width, KERNEL, width),
    norm: initGroupNorm(width),
    expand: initLinear(expand, width, EXPANSION * width),
    project: initLinear(project, EXPANSION * width, width),
  };
}

/**
 * z = MLP([norm(mean over the cell of CNN(ρ)), MLP(cell)]): embeds a charge density on the grid of its unit cell.
 *
 * CNN(ρ) is a 3 × 3 × 3 convolution and residual blocks (He et al. 2016, arXiv:1512.03385) x + W₂ gelu(W₁ norm(x ∗ k)): a depthwise
 * convolution with taps 1, 2, 4, 1, … points apart, group norm (Wu and He 2018, arXiv:1803.08494; 8 channels a group, or
 * all) and two products at each point, which is the block of Liu et al. 2022 (arXiv:2201.03545). All convolutions are periodic. Norm follows the pooling, since before it it would take the mean away.
 *
 * The embedding does not depend on the origin of the cell: it is the same, up to rounding, for every shift of the grid. So there is no
 * stride anywhere. A network with a total stride of s is invariant to shifts by multiples of s alone; its average over all s³
 * phases would be invariant, and is what is computed here, since strides become distances between taps when all phases
 * are kept (the algorithme à trous). Taking the phase of the largest norm (Chaman and Dokmanić 2021, arXiv:2011.14214) would be
 * cheaper, but the choice jumps where two are nearly equal. Depthwise convolutions keep the cost of the full grid bearable;
 * it grows as n³, so that 16³ points are a good choice.
 *
 * The cell enters by log a², log b², log c² and the cosines of its angles. Number of parameters for width w, K blocks and
 * embedding D: 28 w + K (4 w² + 33 w) + 2 w + (w² + 8 w) + (4 w² + 2 w + 2 w D + D).
 *
 * @param density log density [B, n, n, n] (axes may differ in length), c fastest
 * @param metric [B, 6] = a·a, b·b, c·c, b·c, a·c, a·b in Å²
 * @param rate dropout inside the last MLP
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @returns [B, embeddingDim], not normalised
 *
 * @example
 * ```ts
 * const encoder = packParameters(device, initDensityCnn(key(0), { width: 32, blocks: 3, embeddingDim: 128 }));
 * const z = densityCnn(encoder.tree, density, metric, 0.1, null);
 * ```
 */
export function densityCnn(
  parameters: DensityCnn,
  density: Tensor,
  metric: Tensor,
  rate: number,
  dropoutKey: RandomKey | null,
): Tensor {
  const { stem, blocks, norm, cell, head } = parameters;
  const source = reshape(density, [...density.shape, 1]);
  const first = conv3d(stem, source, { padding: 'periodic' });
  const features = blocks.reduce(
    (x, block, index) => densityBlock(block, x, DILATIONS[index % DILATIONS.length]!),
    first,
  );
  const pooled = layerNorm(norm, mean(features, [1, 2, 3]));
  const described = mlp(cell, cellFeatures(metric), 0, null);
  return mlp(head, concat([pooled, described], 1), rate, dropoutKey);
}

function densityBlock(
  { depthwise, norm, expand, project }: DensityBlock,
  x: Tensor,
  dilation: number,
): Tensor {
  const channels = x.shape.at(-1)!;
  const near = conv3d(depthwise, x, { padding: 'periodic', groups: channels, dilation });
  const groups = channels % GROUP_CHANNELS === 0 ? channels / GROUP_CHANNELS : 1;
  const hidden = linear(expand, groupNorm(norm, near, groups), 'gelu');
  return add(x, linear(project, hidden));
}
