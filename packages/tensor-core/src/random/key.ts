import { TensorError } from '../errors';
import { philox } from './philox';

/**
 * A seed of random numbers as a plain value: two 32-bit words.
 *
 * The same key gives the same numbers every time, so each use needs a key of its own: `split` and `foldIn`
 * derive them.
 */
export type Key = readonly [low: number, high: number];

/** The last counter word keeps what is drawn from a key apart from the keys derived of it. */
export const STREAM = 0;
const SPLIT = 1;
const FOLD_IN = 2;

/**
 * The key of a seed.
 *
 * @param seed an integer from 0 to 2^53 - 1
 * @throws {TensorError} `ARGUMENT`
 *
 * @example
 * ```ts
 * const [initKey, trainKey] = split(key(42), 2);
 * ```
 */
export function key(seed: number): Key {
  return halves('key', 'seed', seed);
}

/**
 * `count` keys that are independent of each other and of the one they come from.
 *
 * @param count a non-negative integer
 * @throws {TensorError} `ARGUMENT`
 */
export function split(parent: Key, count = 2): Key[] {
  halves('split', 'count', count);
  return Array.from({ length: count }, (_, child) => derive(parent, [child, 0], SPLIT));
}

/**
 * The key that belongs to `parent` and a number, such as an epoch, a step or a layer.
 *
 * @param data an integer from 0 to 2^53 - 1
 * @throws {TensorError} `ARGUMENT`
 *
 * @example
 * ```ts
 * const stepKey = foldIn(trainKey, step);
 * ```
 */
export function foldIn(parent: Key, data: number): Key {
  return derive(parent, halves('foldIn', 'data', data), FOLD_IN);
}

function derive(parent: Key, [low, high]: Key, purpose: number): Key {
  const [first, second] = philox([low, high, 0, purpose], parent);
  return [first, second];
}

function halves(op: string, what: string, value: number): Key {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new TensorError(
      'ARGUMENT',
      `${op}: ${what} must be an integer from 0 to 2^53 - 1, got ${value}. Round it.`,
    );
  }
  return [value >>> 0, Math.floor(value / 2 ** 32)];
}
