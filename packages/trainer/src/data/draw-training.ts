import type { MaterialRecord } from '@bravais/datasets';
import { foldIn, key, permutation } from '@bravais/tensor-core/random';

/** Stream of randomness below the run's key that draws training materials; see those of `train`. */
const DRAW_STREAM = 4;

/** `count` of the training materials, or all, drawn by a seed, in their order; other splits stay whole. Of one seed the larger draw holds the smaller. */
export function drawTraining(
  records: readonly MaterialRecord[],
  count: number,
  seed: number,
): MaterialRecord[] {
  const training = records.flatMap(({ split }, place) => (split === 'train' ? [place] : []));
  const order = permutation(foldIn(key(seed), DRAW_STREAM), training.length);
  const drawn = new Set(Array.from(order.subarray(0, count), (index) => training[index]!));
  return records.filter(({ split }, place) => split !== 'train' || drawn.has(place));
}
