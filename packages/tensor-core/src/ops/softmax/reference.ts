import { at, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import type { SoftmaxAttrs } from './softmax';

type Reference = (inputs: readonly ReferenceTensor[], attrs: SoftmaxAttrs) => ReferenceTensor;

export const logSoftmaxReference: Reference = ([x], { axis }) => {
  const front = axis < 0 ? axis + x!.shape.length : axis;
  return referenceTensor(x!.shape, (index) => {
    const line = Array.from({ length: x!.shape[front]! }, (_, i) => at(x!, index.with(front, i)));
    const top = Math.max(...line);
    const total = line.reduce((sum, value) => sum + Math.exp(value - top), 0);
    return at(x!, index) - top - Math.log(total);
  });
};

export const softmaxReference: Reference = (inputs, attrs) => {
  const { shape, data } = logSoftmaxReference(inputs, attrs);
  return { shape, data: data.map(Math.exp) };
};
