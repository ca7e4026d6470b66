import { type Device, type Shape, type Tensor, tensor } from '../../packages/tensor-core/src/index.ts';
import { sampleUniform, testDevice } from '../../packages/tensor-core/src/testing/index.ts';

/** Where examples compute. */
export const device: Device = await testDevice();

/** A tensor of values in [low, high), the same each time. */
export const sample = (shape: Shape, low = -1, high = 1, seed = 1): Tensor =>
  tensor(device, sampleUniform(shape, seed, low, high), shape);

/** i32. */
export const integers = (...values: number[]): Tensor => tensor(device, Int32Array.from(values));
