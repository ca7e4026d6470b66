import { constant, fanInUniform, type HostParameter, type Linear } from '@bravais/tensor-core/nn';
import type { Key } from '@bravais/tensor-core/random';

/** E[SiLU(z)²] for z ~ N(0, 1). */
const SILU_SECOND_MOMENT = 0.35578;

/** What a layer's inputs are like. */
export interface LayerInputs {
  /** Inputs summed into one output, where the layer is a part of a wider one. Default: its own. */
  readonly fanIn?: number;
  /** Whether they come out of a SiLU. Default: they have mean 0 and variance 1. */
  readonly afterSilu?: boolean;
}

/**
 * A weight `[outputs, inputs]` from U(-b, b) with which sums of the inputs have variance 1: b² = 3 / fanIn, and 3 / (0.356 fanIn)
 * after a SiLU.
 *
 * The default of linear layers, b² = 1 / fanIn, lets the signal fade to a third of its variance in every layer; an edge MLP of
 * several layers then starts as its biases alone.
 */
export function scaledWeight(
  key: Key,
  inputs: number,
  outputs: number,
  { fanIn = inputs, afterSilu = false }: LayerInputs = {},
): HostParameter {
  const moment = afterSilu ? SILU_SECOND_MOMENT : 1;
  return fanInUniform(key, [outputs, inputs], (fanIn * moment) / 3);
}

/** A linear layer with {@link scaledWeight} and bias 0. */
export function scaledLinear(
  key: Key,
  inputs: number,
  outputs: number,
  layer: LayerInputs = {},
): Linear<HostParameter> {
  return { weight: scaledWeight(key, inputs, outputs, layer), bias: constant([outputs], 0) };
}
