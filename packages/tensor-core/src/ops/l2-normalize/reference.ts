import { at, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import type { L2NormalizeAttrs } from './l2-normalize';

export function l2NormalizeReference(
  [x]: readonly ReferenceTensor[],
  { axis, epsilon }: L2NormalizeAttrs,
): ReferenceTensor {
  const front = axis < 0 ? axis + x!.shape.length : axis;
  return referenceTensor(x!.shape, (index) => {
    let squares = 0;
    for (let i = 0; i < x!.shape[front]!; i++) squares += at(x!, index.with(front, i)) ** 2;
    return at(x!, index) / Math.max(Math.sqrt(squares), epsilon);
  });
}
