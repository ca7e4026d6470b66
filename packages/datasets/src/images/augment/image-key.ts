import { threefry2x32 } from './threefry';

/** What randomness depends on: a seed and the number of the image (or of the step), whole numbers of 32 bits. */
export type ImageKey = readonly [seed: number, index: number];

/** A key of its own for one use of a key, so that turning one augmentation off leaves the others as they were. */
export function subkey([seed, index]: ImageKey, use: number): ImageKey {
  return threefry2x32([seed, index], [0xffffffff, use]);
}

/** Uniform numbers in [0, 1): the n-th of a key. */
export function uniform(key: ImageKey, n: number): number {
  return threefry2x32(key, [n, 0])[0] / 2 ** 32;
}

/** Normal numbers, mean 0 and deviation 1 (Box and Muller 1958): the n-th of a key. */
export function normal(key: ImageKey, n: number): number {
  const [u, v] = threefry2x32(key, [n, 1]);
  return Math.sqrt(-2 * Math.log((u + 1) / 2 ** 32)) * Math.cos((2 * Math.PI * v) / 2 ** 32);
}
