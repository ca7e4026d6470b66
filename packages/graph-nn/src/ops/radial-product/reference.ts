import { at, type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';
import type { RadialProductAttrs } from '.';

/** y_en = Σ_k exp(-((d_e - k w) / w)²) w_nk in float64, over all k. */
export function radialProductReference(
  inputs: readonly ReferenceTensor[],
  { spacingAngstrom }: RadialProductAttrs,
): ReferenceTensor {
  const [distance, weight] = inputs as [ReferenceTensor, ReferenceTensor];
  const [columns, bins] = weight.shape as [number, number];
  return referenceTensor([distance.shape[0]!, columns], ([e, n]) => {
    let sum = 0;
    for (let k = 0; k < bins; k++) {
      const away = distance.data[e!]! / spacingAngstrom - k;
      sum += Math.exp(-away * away) * at(weight, [n!, k]);
    }
    return sum;
  });
}
