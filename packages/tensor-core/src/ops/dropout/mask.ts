import { TensorError } from '../../errors';
import philoxSource from '../../random/philox.wgsl';
import { isHostKey, type RandomKey } from '../../random/random-key';
import streamKeyValue from '../../random/stream-key-value.wgsl';
import type { Tensor } from '../../tensor';
import droppedSource from './dropped.wgsl';
import streamKeyTensor from './stream-key-tensor.wgsl';

/** How many elements fall out, and by which random numbers. */
export interface DropoutOptions {
  /** Probability of 0 for each element, 0 to 1. */
  readonly rate: number;
  /** A key of its own for each use: the same key drops the same elements. */
  readonly key: RandomKey;
}

/** The smallest random word that keeps its element. */
export function thresholdOf(rate: number): number {
  return Math.round(rate * 2 ** 32);
}

/** @throws {TensorError} `ARGUMENT` for a rate outside 0 … 1 */
export function checkRate(op: string, rate: number): void {
  if (rate >= 0 && rate <= 1) return;
  throw new TensorError('ARGUMENT', `${op}: rate must lie in 0 … 1, got ${rate}.`);
}

/** Whether some elements fall out and others stay, so that a mask is needed. */
export function isPartial({ rate }: DropoutOptions): boolean {
  const threshold = thresholdOf(rate);
  return threshold > 0 && threshold < 2 ** 32;
}

/** Where the key of a mask comes from: params of the kernel, or a tensor at binding 2. */
export type KeySource = 'value' | 'tensor';

/** WGSL of `dropped`; the kernel's params hold key0, key1, threshold and scale. */
export const DROPPED_SOURCES: Readonly<Record<KeySource, readonly string[]>> = {
  value: [philoxSource, streamKeyValue, droppedSource],
  tensor: [philoxSource, streamKeyTensor, droppedSource],
};

/** What a kernel with `dropped` is launched with. */
export function maskOf({ rate, key }: DropoutOptions): {
  source: KeySource;
  keys: Tensor | null;
  params: readonly [key0: number, key1: number, threshold: number, scale: number];
} {
  const rest = [thresholdOf(rate), 1 / (1 - rate)] as const;
  return isHostKey(key)
    ? { source: 'value', keys: null, params: [...key, ...rest] }
    : { source: 'tensor', keys: key.keys, params: [key.row, 0, ...rest] };
}
