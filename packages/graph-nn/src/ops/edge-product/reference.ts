import { at, type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';

/** y_en = Σ_k u_ek w_nk in float64, from the rows of the features. */
export function edgeProductReference(inputs: readonly ReferenceTensor[]): ReferenceTensor {
  const [rows, , weight] = inputs as [ReferenceTensor, ReferenceTensor, ReferenceTensor];
  const [edges, features] = rows.shape as [number, number];
  return referenceTensor([edges, weight.shape[0]!], ([e, n]) => {
    let sum = 0;
    for (let k = 0; k < features; k++) sum += at(rows, [e!, k]) * at(weight, [n!, k]);
    return sum;
  });
}
