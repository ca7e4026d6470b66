import type { ReferenceTensor } from '../../testing';
import { pointwise, stretchedReader } from '../elementwise/reference';

const sigmoidOf = (x: number): number => 1 / (1 + Math.exp(-x));

/** σ(x) softplus(y) with broadcasting, in float64: the chain on which fusion is tested. */
export function gateReference(inputs: readonly ReferenceTensor[]): ReferenceTensor {
  const [x, y] = inputs.map(stretchedReader);
  return pointwise(inputs, (index) => sigmoidOf(x!(index)) * Math.log1p(Math.exp(y!(index))));
}
