import { concat, sqrt, type Tensor } from '@bravais/tensor-core';
import { type HostParameter, initMlp, type Mlp, mlp } from '@bravais/tensor-core/nn';
import type { Key, RandomKey } from '@bravais/tensor-core/random';

/** Shape of the encoder. */
export interface SpectrumMlpOptions {
  /** Bins of the spectrum. */
  readonly bins: number;
  /** Width of the hidden layers. */
  readonly width: number;
  /** Number of hidden layers. */
  readonly layers: number;
  /** Length of the embedding. */
  readonly embeddingDim: number;
}

/** Parameters of the encoder: `layers.0.weight`, `layers.0.bias`, … */
export type SpectrumMlp<P = Tensor> = Mlp<P>;

/** Initial parameters. */
export function initSpectrumMlp(key: Key, options: SpectrumMlpOptions): SpectrumMlp<HostParameter> {
  const hidden = new Array<number>(options.layers).fill(options.width);
  return initMlp(key, [2 * options.bins, ...hidden, options.embeddingDim]);
}

/**
 * z = MLP([p, √p]): embeds a density of states on a fixed grid.
 *
 * The square root makes weak peaks visible beside strong ones. Shapes: spectrum `[B, bins]`, non-negative and
 * normalised to maximum 1; result `[B, embeddingDim]`, not normalised.
 *
 * @param rate dropout after each hidden layer
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 *
 * @example
 * ```ts
 * const encoder = packParameters(device, initSpectrumMlp(key(0), { bins: 66, width: 256, layers: 2, embeddingDim: 128 }));
 * const z = spectrumMlp(encoder.tree, phononDos, 0.1, null);
 * ```
 */
export function spectrumMlp(
  parameters: SpectrumMlp,
  spectrum: Tensor,
  rate: number,
  dropoutKey: RandomKey | null,
): Tensor {
  return mlp(parameters, concat([spectrum, sqrt(spectrum)], 1), rate, dropoutKey);
}
