import { at, type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';

/** Gated messages edge by edge in float64; inputs as in the op. */
export function gatedMessageReference(inputs: readonly ReferenceTensor[]): ReferenceTensor {
  const [target, source, edge, targetOf, sourceOf] = inputs as [
    ReferenceTensor,
    ReferenceTensor,
    ReferenceTensor,
    ReferenceTensor,
    ReferenceTensor,
  ];
  const [edges, wide] = edge.shape as [number, number];
  const width = wide / 2;
  const z = (e: number, k: number): number =>
    at(target, [targetOf.data[e]!, k]) + at(source, [sourceOf.data[e]!, k]) + at(edge, [e, k]);
  return referenceTensor([edges, width], ([e, k]) => {
    const gate = 1 / (1 + Math.exp(-z(e!, k!)));
    return gate * Math.log1p(Math.exp(z(e!, k! + width)));
  });
}
