import type { Parameters } from '../nn/parameters';
import { type Tensor, tensor } from '../tensor';

/** 1 for every element of a weight matrix, 0 for biases, norms and other vectors, which are not decayed. */
export function decayMask(parameters: Parameters<unknown>): Tensor {
  const mask = new Float32Array(parameters.flat.size);
  for (const { shape, offset, size } of parameters.entries) {
    if (shape.length >= 2) mask.fill(1, offset, offset + size);
  }
  return tensor(parameters.flat.device, mask);
}
