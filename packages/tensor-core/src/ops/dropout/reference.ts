import { bits } from '../../random';
import { isHostKey } from '../../random/random-key';
import type { ReferenceTensor } from '../../testing/reference-tensor';
import type { DropoutOptions } from './mask';

/** Keeps element i where word i of the stream, as a fraction of 2^32, is the rate or more. */
export function dropoutReference(
  [x]: readonly ReferenceTensor[],
  { rate, key }: DropoutOptions,
): ReferenceTensor {
  if (!isHostKey(key)) throw new TypeError('dropoutReference: the key must be a plain value.');
  const words = bits(key, x!.data.length);
  const data = x!.data.map((value, i) => (words[i]! / 2 ** 32 >= rate ? value / (1 - rate) : 0));
  return { shape: x!.shape, data };
}
