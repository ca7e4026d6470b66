import type { AttentionOptions } from '../ops/attention';
import { foldIn, type Key, type RandomKey, split } from '../random';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { initLayerNorm, type LayerNorm, layerNorm } from './layer-norm';
import {
  initTransformerBlock,
  type TransformerBlock,
  type TransformerBlockOptions,
  transformerBlock,
} from './transformer-block';

/** Sizes of a transformer. */
export interface TransformerOptions extends TransformerBlockOptions {
  readonly blocks: number;
}

/** Parameters of a transformer. */
export interface Transformer<P = Tensor> {
  readonly blocks: readonly TransformerBlock<P>[];
  readonly norm: LayerNorm<P>;
}

/** Parameters of its blocks, and 2 D. */
export function initTransformer(
  key: Key,
  { blocks, ...sizes }: TransformerOptions,
): Transformer<HostParameter> {
  return {
    blocks: split(key, blocks).map((each) => initTransformerBlock(each, sizes)),
    norm: initLayerNorm(sizes.features),
  };
}

/**
 * y = norm(block_N(… block_1(x))), tokens `[B, L, D]` to `[B, L, D]`.
 *
 * In a profile: `blocks.0`, `blocks.1`, ….
 *
 * @param rate of dropout
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @throws {TensorError} `SHAPE`, `DTYPE`, `ARGUMENT` as `attention`
 */
export function transformer(
  { blocks, norm }: Transformer,
  x: Tensor,
  options: AttentionOptions,
  rate: number,
  dropoutKey: RandomKey | null,
): Tensor {
  const hidden = blocks.reduce(
    (tokens, block, index) =>
      x.device.layer(`blocks.${index}`, () =>
        transformerBlock(block, tokens, options, rate, dropoutKey && foldIn(dropoutKey, index)),
      ),
    x,
  );
  return layerNorm(norm, hidden);
}
