import type { Parameters } from '../nn/parameters';
import { add, mul } from '../ops/elementwise/forward';
import { scoped, type Tensor } from '../tensor';

/** A copy of the parameters to average into. */
export function initEma(parameters: Parameters<unknown>): Tensor {
  return scoped(parameters.flat.device, () => mul(parameters.flat, 1));
}

/** ē ← δē + (1-δ)p in place: the exponential moving average of all parameters. */
export function updateEma(average: Tensor, parameters: Parameters<unknown>, decay: number): void {
  scoped(average.device, () => {
    average.assign(add(mul(average, decay), mul(parameters.flat, 1 - decay)));
  });
}
