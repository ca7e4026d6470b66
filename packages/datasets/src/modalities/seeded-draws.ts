import { DataError } from '../data-error';
import type { AugmentationKey } from './modality';

/** Random numbers that depend on a key alone, in the order in which they are drawn. */
export interface SeededDraws {
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** An integer from 0 to count − 1, each as likely. */
  below(count: number): number;
  /** Of mean 0 and standard deviation 1. */
  normal(): number;
}

/**
 * The stream of a key: word i = mix(a + i·φ) ⊕ b, mixed again, where a and b are two 32-bit hashes of the key; mix is the finalizer
 * of MurmurHash3 and φ the golden ratio in 32 bits.
 *
 * @param key integers from 0 to 2⁵³ − 1
 * @throws {DataError} `DATA_INVALID` for other numbers
 */
export function seededDraws(key: AugmentationKey): SeededDraws {
  let [a, b] = [0x243f6a88, 0x85a308d3];
  for (const number of key) {
    if (!Number.isSafeInteger(number) || number < 0) {
      throw new DataError(
        'DATA_INVALID',
        'augmentation key',
        `integers from 0 to 2^53 - 1 expected, got ${number}. Round it.`,
      );
    }
    for (const word of [number >>> 0, Math.floor(number / 2 ** 32)]) {
      a = mix(a ^ word) + 0x13198a2e;
      b = mix(Math.imul(b, 0x9e3779b1) + word) ^ a;
    }
  }
  let at = 0;
  const uniform = (): number => {
    at = (at + 0x9e3779b9) >>> 0;
    return mix(mix(a + at) ^ b) / 2 ** 32;
  };
  return {
    between: (low, high) => low + (high - low) * uniform(),
    below: (count) => Math.floor(count * uniform()),
    // Box and Muller; 1 − u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
