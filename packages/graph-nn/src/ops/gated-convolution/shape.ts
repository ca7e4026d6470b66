import { showShape, TensorError, type TensorSpec } from '@bravais/tensor-core';

/**
 * Type and shape of the output; N nodes, E edges, K kinds of them, W features.
 *
 * @throws {TensorError} `SHAPE` or `DTYPE` where the operands or the graph's index tensors do not fit together
 */
export function convolutionShape(inputs: readonly TensorSpec[]): TensorSpec {
  const [node, edge, bias, ...indices] = inputs as [TensorSpec, TensorSpec, TensorSpec, ...TensorSpec[]];
  const [nodes, row] = node.shape;
  const [rows, wide] = edge.shape;
  // Three more inputs where edges share rows by kind.
  const edges = indices.length > 4 ? indices[0]!.shape[0] : rows;
  const parts = [node, edge, bias];
  const shapes = parts.map(({ shape }) => showShape(shape)).join(', ');
  const ranks = parts.map(({ shape }) => shape.length).join();
  if (ranks !== '2,2,1' || row !== 2 * wide! || bias.shape[0] !== wide) {
    throw new TensorError(
      'SHAPE',
      `gatedConvolution: expected node part [N, 4W], edge part [E, 2W] or [K, 2W] and bias [2W], got ${shapes}. Check the widths of the products they come from.`,
    );
  }
  if (wide! % 8 !== 0) {
    throw new TensorError(
      'SHAPE',
      `gatedConvolution: the width W must be a multiple of 4, got ${shapes}. Pad the features.`,
    );
  }
  const wrong = parts.find(({ dtype }) => dtype !== 'f32');
  if (wrong) {
    throw new TensorError(
      'DTYPE',
      `gatedConvolution: expected f32 parts, got ${wrong.dtype}. Cast it first.`,
    );
  }
  const lengths = [edges!, nodes! + 1, nodes! + 1, edges!, edges!, rows! + 1, edges!];
  indices.forEach(({ dtype, shape }, index) => {
    if (dtype !== 'i32' && dtype !== 'u32') {
      throw new TensorError(
        'DTYPE',
        `gatedConvolution: ${NAMES[index]} must be i32 or u32, got ${dtype}. Take the graph's own index tensors.`,
      );
    }
    if (shape.length !== 1 || shape[0] !== lengths[index]) {
      throw new TensorError(
        'SHAPE',
        `gatedConvolution: ${NAMES[index]} must have shape [${lengths[index]}] for ${nodes} nodes, ${edges} edges and an edge part of ${rows} rows, got ${showShape(shape)}. Take parts and indices of one graph.`,
      );
    }
  });
  return { dtype: 'f32', shape: [nodes!, wide! / 2] };
}

const NAMES = [
  ...['edgeSource', 'targetOffsets', 'sourceOffsets', 'sourceOrder'],
  ...['kinds.countedKind', 'kinds.offsets', 'kinds.order'],
];
