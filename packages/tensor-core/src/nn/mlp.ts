import { foldIn, type Key, type RandomKey, split } from '../random';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { initLinear, type Linear, linear } from './linear';

/** Linear layers with an activation and dropout between them, none after the last. */
export interface Mlp<P = Tensor> {
  readonly layers: readonly Linear<P>[];
}

/** Layers between the given widths: `[in, hidden, out]` makes two. */
export function initMlp(key: Key, widths: readonly number[]): Mlp<HostParameter> {
  const keys = split(key, widths.length - 1);
  return { layers: keys.map((layerKey, index) => initLinear(layerKey, widths[index]!, widths[index + 1]!)) };
}

/**
 * x -> linear -> (silu -> dropout -> linear)*.
 *
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 */
export function mlp({ layers }: Mlp, x: Tensor, rate: number, dropoutKey: RandomKey | null): Tensor {
  return layers.reduce((input, layer, index) => {
    if (index === layers.length - 1) return linear(layer, input);
    return linear(layer, input, 'silu', dropoutKey && { rate, key: foldIn(dropoutKey, index) });
  }, x);
}
