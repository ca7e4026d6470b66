import { broadcastTo, concat, reshape, slice, type Tensor } from '@bravais/tensor-core';
import {
  addPositions,
  gaussian,
  type HostParameter,
  initLinear,
  initTransformer,
  type Linear,
  linear,
  meanTokens,
  type Positions,
  sinusoidalPositions,
  type Transformer,
  transformer,
} from '@bravais/tensor-core/nn';
import { type Key, type RandomKey, split } from '@bravais/tensor-core/random';
import { checkSizes } from './check-sizes';
import { spectrumPatches } from './spectrum-transformer-patches';

/** Shape of the encoder. */
export interface SpectrumTransformerOptions {
  /** Bins of the spectrum. */
  readonly bins: number;
  /** Neighbouring bins that make a token, p; 1 for one token per bin. */
  readonly patch: number;
  /** Features of a token, D. */
  readonly features: number;
  readonly heads: number;
  /** Features of a head. */
  readonly headFeatures: number;
  /** Width of the MLPs' hidden layers, M. */
  readonly hidden: number;
  readonly blocks: number;
  /** Length of the embedding, E. */
  readonly embeddingDim: number;
  /** What becomes the embedding: the mean over tokens, or a token of its own. Default `mean`. */
  readonly pooling?: 'mean' | 'cls';
  /** Takes spectra that are known on part of the grid. Default false. */
  readonly partial?: boolean;
}

/** Parameters of the encoder. */
export interface SpectrumTransformer<P = Tensor> {
  /** `[D, 2 p]`, or `[D, 3 p]` for spectra that may be partial. */
  readonly patches: Linear<P>;
  /** `[tokens, D]`. */
  readonly positions: Positions<P>;
  /** `[1, D]`, where it is pooled by. */
  readonly cls?: P;
  readonly transformer: Transformer<P>;
  /** `[E, D]`. */
  readonly head: Linear<P>;
}

/** Size of the positions' first values: as small beside the tokens as learned rows begin. */
const POSITION_SCALE = 0.02;

/**
 * Initial parameters; positions begin as sinusoids.
 *
 * @throws {TensorError} `ARGUMENT`
 */
export function initSpectrumTransformer(
  key: Key,
  options: SpectrumTransformerOptions,
): SpectrumTransformer<HostParameter> {
  const { pooling = 'mean', partial = false, ...sizes } = options;
  checkSizes('initSpectrumTransformer', sizes);
  const { bins, patch, features, heads, headFeatures, hidden, blocks, embeddingDim } = sizes;
  const [patchKey, clsKey, blockKey, headKey] = split(key, 4) as [Key, Key, Key, Key];
  return {
    patches: initLinear(patchKey, (partial ? 3 : 2) * patch, features),
    positions: sinusoidalPositions(Math.ceil(bins / patch), features, POSITION_SCALE),
    ...(pooling === 'cls' ? { cls: gaussian(clsKey, [1, features], POSITION_SCALE) } : {}),
    transformer: initTransformer(blockKey, { features, inner: heads * headFeatures, hidden, blocks }),
    head: initLinear(headKey, features, embeddingDim),
  };
}

/**
 * z = W mean_t transformer(W_p [p_t, √p_t] + b_p + position_t) + b: embeds a spectrum, such as a density of states, by
 * attention between patches p_t of its bins.
 *
 * Bins that fill the last patch up are zeros. With `partial`, tokens also hold which of their bins are known: what stands in
 * the others has no influence, be it NaN, and tokens without any known bin are not attended to nor pooled. A spectrum of
 * which nothing is known gives b, or what the token of its own makes of itself; leave such materials out by their presence.
 *
 * The original of MultiMat (Moro et al., arXiv 2312.00111) has one token for each of 601 bins, 4 blocks of 8 heads of 64,
 * D = 128, M = 512, the energy as second input of a token in place of a position, and neither final norm nor head.
 *
 * Parameters, T = ⌈bins / p⌉ tokens, N blocks, I = heads × features of a head: 2 p D + D (3 p D + D with `partial`) + T D + N (4 D I +
 * 2 D M + M + 6 D) + 2 D + D E + E, and D for the token of its own; 1,672,064 for the original's sizes and E = 128.
 *
 * Shapes: spectrum `[B, bins]`, non-negative and normalised to maximum 1; result `[B, E]`, not normalised. In a profile:
 * `patches`, `blocks.0` …, `head`.
 *
 * @param options as the parameters were made with
 * @param rate dropout in each block
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 * @param known `[B, bins]`, 0 where a bin is unknown; asked for exactly with `partial`
 * @throws {TensorError} `SHAPE`, `ARGUMENT`
 *
 * @example
 * ```ts
 * const options = {
 *   ...{ bins: 601, patch: 10, features: 128, heads: 8, headFeatures: 64 },
 *   ...{ hidden: 512, blocks: 4, embeddingDim: 128 },
 * };
 * const encoder = packParameters(device, initSpectrumTransformer(key(0), options));
 * const z = spectrumTransformer(encoder.tree, electronicDos, options, 0.1, null);
 * ```
 */
export function spectrumTransformer(
  parameters: SpectrumTransformer,
  spectrum: Tensor,
  options: SpectrumTransformerOptions,
  rate: number,
  dropoutKey: RandomKey | null,
  known: Tensor | null = null,
): Tensor {
  const { device } = spectrum;
  const { cls } = parameters;
  const { tokens, mask } = device.layer('patches', () => {
    const { values, mask } = spectrumPatches(spectrum, known, options, cls !== undefined);
    return { tokens: addPositions(parameters.positions, linear(parameters.patches, values)), mask };
  });
  const [batch, , features] = tokens.shape as readonly [number, number, number];
  const all = cls
    ? concat([broadcastTo(reshape(cls, [1, 1, features]), [batch, 1, features]), tokens], 1)
    : tokens;
  const hidden = transformer(parameters.transformer, all, { heads: options.heads, mask }, rate, dropoutKey);
  return device.layer('head', () => {
    const pooled = cls
      ? reshape(slice(hidden, [null, { start: 0, end: 1 }, null]), [batch, features])
      : meanTokens(hidden, { mask });
    return linear(parameters.head, pooled);
  });
}
