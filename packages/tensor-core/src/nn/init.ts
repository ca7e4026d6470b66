import { type Key, normal, uniform } from '../random';
import { type Shape, sizeOf } from '../shape';
import type { HostParameter } from './host-tree';

/** U(-bound, bound) with bound = 1/√fanIn, PyTorch's default for linear layers. */
export function fanInUniform(key: Key, shape: Shape, fanIn: number): HostParameter {
  const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
  return { shape, values: uniform(key, sizeOf(shape), -bound, bound) };
}

/** N(0, deviation²). */
export function gaussian(key: Key, shape: Shape, deviation: number): HostParameter {
  return { shape, values: normal(key, sizeOf(shape), 0, deviation) };
}

/** The same value everywhere. */
export function constant(shape: Shape, value: number): HostParameter {
  return { shape, values: new Float32Array(sizeOf(shape)).fill(value) };
}
