import { mean, relu, type Tensor } from '@bravais/tensor-core';
import {
  type Conv,
  conv2d,
  type GroupNorm,
  type HostParameter,
  initConv,
  initGroupNorm,
  initMlp,
  type Mlp,
  mlp,
} from '@bravais/tensor-core/nn';
import { foldIn, type Key, type RandomKey, split } from '@bravais/tensor-core/random';
import { type ImageBlock, imageBlock, initImageBlock, normed } from './image-block';

/** Shape of the encoder. */
export interface ImageCnnOptions {
  /** Channels of the images: 1 for a micrograph, 3 for colours. */
  readonly channels: number;
  /** Channels of each stage, each at half the resolution of the one before: `[32, 64, 128]`. */
  readonly widths: readonly number[];
  /** Residual blocks of each stage. */
  readonly blocksPerStage: number;
  /** Convolves channel by channel and then across channels (Howard et al. 2017): a fraction of parameters and operations. */
  readonly depthwise: boolean;
  /** Length of the embedding. */
  readonly embeddingDim: number;
}

/** Parameters of the encoder: `stem.conv.weight`, …, `stages.0.0.conv1.weight`, …, `head.layers.1.bias`. */
export interface ImageCnn<P = Tensor> {
  readonly stem: { readonly conv: Conv<P>; readonly norm: GroupNorm<P> };
  readonly stages: readonly (readonly ImageBlock<P>[])[];
  readonly head: Mlp<P>;
}

/** Initial parameters. */
export function initImageCnn(key: Key, options: ImageCnnOptions): ImageCnn<HostParameter> {
  const { channels, widths, blocksPerStage, depthwise, embeddingDim } = options;
  const [stem, stages, head] = split(key, 3) as [Key, Key, Key];
  const [first, last] = [widths[0]!, widths.at(-1)!];
  return {
    stem: { conv: initConv(stem, channels, first, [3, 3]), norm: initGroupNorm(first) },
    stages: widths.map((width, stage) =>
      split(foldIn(stages, stage), blocksPerStage).map((blockKey, block) => {
        const entry = stage > 0 && block === 0;
        const from = entry ? widths[stage - 1]! : width;
        return initImageBlock(blockKey, from, width, { depthwise, shortcut: entry });
      }),
    ),
    head: initMlp(head, [last, last, embeddingDim]),
  };
}

/**
 * z = MLP(mean over positions of ResNet(image)): embeds images of any size from 1 × 1.
 *
 * ResNet is a 3 × 3 convolution of stride 2 and stages of basic residual blocks (He et al. 2016, arXiv:1512.03385), each stage
 * but the first beginning with stride 2, with group norm in place of batch norm (Wu and He 2018, arXiv:1803.08494; 8 channels a
 * group, or all), so that an embedding does not depend on the batch. With `depthwise`, each 3 × 3 convolution is one of every
 * channel alone and a product across channels (Howard et al. 2017, arXiv:1704.04861).
 *
 * Number of parameters: the stem has 9 C w₁ + 3 w₁, a block of width w 18 w² + 6 w (depthwise: 2 w² + 26 w), the first block of
 * a later stage after width v 9 v w + 9 w² + v w + 9 w (depthwise: 10 v + 10 w + 2 v w + w² + 9 w), the head w² + w + w D + D.
 *
 * @param image [B, H, W, C], values 0 … 1
 * @param rate dropout inside the last MLP
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @returns [B, embeddingDim], not normalised
 *
 * @example
 * ```ts
 * const options = { channels: 1, widths: [32, 64, 128], blocksPerStage: 1, depthwise: false, embeddingDim: 128 };
 * const encoder = packParameters(device, initImageCnn(key(0), options));
 * const z = imageCnn(encoder.tree, images, 0.1, null);
 * ```
 */
export function imageCnn(
  { stem, stages, head }: ImageCnn,
  image: Tensor,
  rate: number,
  dropoutKey: RandomKey | null,
): Tensor {
  const first = relu(normed(stem.norm, conv2d(stem.conv, image, { stride: 2, padding: 1 })));
  const features = stages.reduce(
    (input, blocks, stage) =>
      blocks.reduce((x, block, index) => imageBlock(block, x, stage > 0 && index === 0 ? 2 : 1), input),
    first,
  );
  return mlp(head, mean(features, [1, 2]), rate, dropoutKey);
}
