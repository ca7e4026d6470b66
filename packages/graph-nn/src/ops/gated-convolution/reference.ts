import { at, type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';

/** The gated convolution edge by edge in float64; inputs as in the op. */
export function gatedConvolutionReference(inputs: readonly ReferenceTensor[]): ReferenceTensor {
  const [node, edge, bias, sourceOf, offsets] = inputs as [
    ReferenceTensor,
    ReferenceTensor,
    ReferenceTensor,
    ReferenceTensor,
    ReferenceTensor,
  ];
  const kinds = inputs[7];
  const [nodes, row] = node.shape as [number, number];
  const width = row / 4;
  const z = (i: number, e: number, k: number): number => {
    const source = at(node, [sourceOf.data[e]!, 2 * width + k]);
    return at(node, [i, k]) + source + at(edge, [kinds ? kinds.data[e]! % 2 ** 24 : e, k]) + at(bias, [k]);
  };
  return referenceTensor([nodes, width], ([i, k]) => {
    let total = 0;
    for (let e = offsets.data[i!]!; e < offsets.data[i! + 1]!; e++) {
      const gate = 1 / (1 + Math.exp(-z(i!, e, k!)));
      total +=
        (kinds ? Math.floor(kinds.data[e]! / 2 ** 24) : 1) *
        gate *
        Math.log1p(Math.exp(z(i!, e, k! + width)));
    }
    return total;
  });
}
