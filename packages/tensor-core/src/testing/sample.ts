import { type Shape, sizeOf } from '../shape';

/** Deterministic uniform values in [low, high) for test inputs (splitmix32 of the seed and the position). */
export function sampleUniform(shape: Shape, seed: number, low = -2, high = 2): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = low + (high - low) * unit(seed, i);
  return values;
}

/** Deterministic integers in [0, bound). */
export function sampleIntegers(shape: Shape, seed: number, bound: number): Int32Array {
  const values = new Int32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = Math.floor(unit(seed, i) * bound);
  return values;
}

function unit(seed: number, position: number): number {
  let z = (Math.imul(seed + 1, 0x9e3779b9) + Math.imul(position + 1, 0x85ebca6b)) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
}
