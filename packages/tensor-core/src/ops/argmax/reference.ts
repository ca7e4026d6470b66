import { at, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import { reducedShape } from '../reduce/extents';
import type { ArgmaxAttrs } from './argmax';

type Reference = (inputs: readonly ReferenceTensor[], attrs: ArgmaxAttrs) => ReferenceTensor;

export const argmaxReference: Reference = ([x], { axis, keepDims }) => {
  const front = axis < 0 ? axis + x!.shape.length : axis;
  const { data } = referenceTensor(reducedShape(x!.shape, [front], true), (index) => {
    let best = 0;
    for (let i = 1; i < x!.shape[front]!; i++) {
      if (at(x!, index.with(front, i)) > at(x!, index.with(front, best))) best = i;
    }
    return best;
  });
  return { shape: reducedShape(x!.shape, [front], keepDims), data };
};

export const argminReference: Reference = ([x], attrs) =>
  argmaxReference([{ shape: x!.shape, data: x!.data.map((value) => -value) }], attrs);
