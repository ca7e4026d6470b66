import { type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import type { TopKAttrs } from './top-k';

/** Positions of the k best values of a row: best first, NaN largest, equal ones by position. */
export function topPositions(row: ArrayLike<number>, { k, largest }: TopKAttrs): number[] {
  const rank = (value: number): number => (Number.isNaN(value) ? Infinity : value);
  const order = Array.from({ length: row.length }, (_, i) => i);
  order.sort((i, j) => {
    const [a, b] = [row[i]!, row[j]!];
    const sign = largest ? -1 : 1;
    const nan = Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    if (nan !== 0) return sign * nan;
    if (rank(a) !== rank(b)) return sign * (rank(a) < rank(b) ? -1 : 1);
    return i - j;
  });
  return order.slice(0, k);
}

export function topKReference([x]: readonly ReferenceTensor[], attrs: TopKAttrs): ReferenceTensor {
  const length = x!.shape.at(-1)!;
  const shape = [...x!.shape.slice(0, -1), attrs.k];
  let next = 0;
  let best: number[] = [];
  return referenceTensor(shape, (index) => {
    const row = x!.data.subarray(
      Math.floor(next / attrs.k) * length,
      (Math.floor(next / attrs.k) + 1) * length,
    );
    if (index.at(-1) === 0) best = topPositions(row, attrs);
    next++;
    return row[best[index.at(-1)!]!]!;
  });
}
