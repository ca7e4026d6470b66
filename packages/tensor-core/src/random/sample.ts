import { TensorError } from '../errors';
import { type Key, STREAM } from './key';
import { multiplyHigh, philox } from './philox';

/** Most numbers of one stream, so that positions fit the shaders' 32-bit arithmetic. */
const MOST = 2 ** 32;

/**
 * The first `count` 32-bit words of the stream of a key: word `i` is word `i mod 4` of Philox block `floor(i / 4)`.
 *
 * @throws {TensorError} `ARGUMENT` where `count` is no integer from 0 to 2^32
 */
export function bits(key: Key, count: number): Uint32Array {
  const words = new Uint32Array(checkCount('bits', count));
  for (let at = 0; at < count; at += 4) {
    const block = philox([at / 4, 0, 0, STREAM], key);
    for (let k = 0; k < 4 && at + k < count; k++) words[at + k] = block[k]!;
  }
  return words;
}

/**
 * `low + (high - low) u`, u uniform in [0, 1) in steps of 2^-24.
 *
 * @throws {TensorError} `ARGUMENT` where `count` is no integer from 0 to 2^32
 *
 * @example
 * ```ts
 * const weights = uniform(key(0), 64 * 64, -0.1, 0.1);
 * ```
 */
export function uniform(key: Key, count: number, low = 0, high = 1): Float32Array {
  const words = bits(key, count);
  return Float32Array.from(words, (word) => low + (high - low) * unit(word));
}

/**
 * `mean + deviation z`, z normally distributed (Box and Muller): elements 2i and 2i + 1 are r cos a and r sin a with
 * r = sqrt(-2 ln(1 - u)), a = 2 pi v of words 2i and 2i + 1. |z| is at most 5.77.
 *
 * @throws {TensorError} `ARGUMENT` where `count` is no integer from 0 to 2^32
 *
 * @example
 * ```ts
 * const noise = normal(key(1), 128, 0, 0.02);
 * ```
 */
export function normal(key: Key, count: number, mean = 0, deviation = 1): Float32Array {
  const values = new Float32Array(checkCount('normal', count));
  const words = bits(key, Math.min(MOST, Math.ceil(count / 2) * 2));
  for (let i = 0; i < count; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - unit(words[i]!)));
    const angle = 2 * Math.PI * unit(words[i + 1]!);
    values[i] = mean + radius * Math.cos(angle);
    if (i + 1 < count) values[i + 1] = mean + radius * Math.sin(angle);
  }
  return values;
}

/**
 * The integers 0 ... count - 1 in random order, every order equally likely (Fisher and Yates).
 *
 * @param count at most 2^31
 * @throws {TensorError} `ARGUMENT`
 *
 * @example
 * ```ts
 * const order = permutation(foldIn(shuffleKey, epoch), dataset.length);
 * ```
 */
export function permutation(key: Key, count: number): Int32Array {
  if (checkCount('permutation', count) > 2 ** 31) {
    throw new TensorError('ARGUMENT', `permutation: expected at most 2^31 elements, got ${count}.`);
  }
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const draw = boundedIntegers(key);
  for (let last = count - 1; last > 0; last--) {
    const other = draw(last + 1);
    const value = order[last]!;
    order[last] = order[other]!;
    order[other] = value;
  }
  return order;
}

/** Draws integers below a bound without bias: a word is drawn again where it falls in the uneven rest (Lemire 2019). */
function boundedIntegers(key: Key): (bound: number) => number {
  let block = philox([0, 0, 0, STREAM], key);
  let next = 0;
  const word = (): number => {
    if (next > 0 && next % 4 === 0) {
      const at = next / 4;
      block = philox([at >>> 0, Math.floor(at / 2 ** 32), 0, STREAM], key);
    }
    return block[next++ % 4]!;
  };
  return (bound) => {
    const rest = 2 ** 32 % bound;
    let drawn = word();
    while (Math.imul(drawn, bound) >>> 0 < rest) drawn = word();
    return multiplyHigh(drawn, bound);
  };
}

/** The upper 24 bits of a word as a fraction, exact in float32. */
function unit(word: number): number {
  return (word >>> 8) / 2 ** 24;
}

function checkCount(op: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 0 || count > MOST) {
    throw new TensorError('ARGUMENT', `${op}: count must be an integer from 0 to 2^32, got ${count}.`);
  }
  return count;
}
