import type { Tensor } from '../tensor';
import { foldIn as foldInKey, type Key } from './key';

/** A key in device memory, so that a captured step can be given another one each time. */
export interface KeyTensor {
  /** u32 `[N, 2]`. */
  readonly keys: Tensor;
  /** Which of the keys it is. */
  readonly row: number;
  /** The key that `foldIn` derives on the host, in device memory too. */
  foldIn(data: number): KeyTensor;
}

/** A key as a plain value, or one in device memory. */
export type RandomKey = Key | KeyTensor;

/** Whether a key is a plain value. */
export function isHostKey(key: RandomKey): key is Key {
  return !('keys' in key && 'row' in key);
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
export function foldIn(parent: Key, data: number): Key;
export function foldIn(parent: RandomKey, data: number): RandomKey;
export function foldIn(parent: RandomKey, data: number): RandomKey {
  return isHostKey(parent) ? foldInKey(parent, data) : parent.foldIn(data);
}
