import { at, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import type { LayerNormAttrs } from './layer-norm';

export function layerNormReference(
  [x, weight, bias]: readonly ReferenceTensor[],
  { epsilon }: LayerNormAttrs,
): ReferenceTensor {
  const length = x!.shape.at(-1)!;
  return referenceTensor(x!.shape, (index) => {
    const row = Array.from({ length }, (_, i) => at(x!, index.with(-1, i)));
    const mean = row.reduce((sum, value) => sum + value, 0) / length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
    const column = [index.at(-1)!];
    return ((at(x!, index) - mean) / Math.sqrt(variance + epsilon)) * at(weight!, column) + at(bias!, column);
  });
}
