import { at, type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';

/** The edge activation edge by edge in float64; inputs as in the op. */
export function edgeActivationReference(inputs: readonly ReferenceTensor[]): ReferenceTensor {
  const [node, edge, sourceOf, targetOf] = inputs as [
    ReferenceTensor,
    ReferenceTensor,
    ReferenceTensor,
    ReferenceTensor,
  ];
  const [edges, width] = edge.shape as [number, number];
  return referenceTensor([edges, width], ([e, k]) => {
    const [i, j] = [targetOf.data[e!]!, sourceOf.data[e!]!];
    const z = at(node, [i, k!]) + at(node, [j, width + k!]) + at(edge, [e!, k!]);
    return z / (1 + Math.exp(-z));
  });
}
