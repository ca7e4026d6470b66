import { showShape, TensorError, type TensorSpec } from '@bravais/tensor-core';

const INDEX_NAMES = ['edgeSource', 'edgeTarget', 'targetOffsets', 'sourceOffsets', 'sourceOrder'];

/**
 * Type and shape of the output; N nodes, E edges, W features.
 *
 * @throws {TensorError} `SHAPE` or `DTYPE` where the operands or the graph's index tensors do not fit together
 */
export function edgeActivationShape(inputs: readonly TensorSpec[]): TensorSpec {
  const [node, edge, ...indices] = inputs as [TensorSpec, TensorSpec, ...TensorSpec[]];
  const [nodes, row] = node.shape;
  const [edges, width] = edge.shape;
  const shapes = `${showShape(node.shape)} and ${showShape(edge.shape)}`;
  if (node.shape.length !== 2 || edge.shape.length !== 2 || row !== 2 * width!) {
    throw new TensorError(
      'SHAPE',
      `edgeActivation: expected node part [N, 2W] and edge part [E, W], got ${shapes}. Check the widths of the products they come from.`,
    );
  }
  if (width! % 4 !== 0) {
    throw new TensorError(
      'SHAPE',
      `edgeActivation: the width W must be a multiple of 4, got ${shapes}. Pad the features.`,
    );
  }
  const wrong = [node, edge].find(({ dtype }) => dtype !== 'f32');
  if (wrong) {
    throw new TensorError('DTYPE', `edgeActivation: expected f32 parts, got ${wrong.dtype}. Cast it first.`);
  }
  const lengths = [edges!, edges!, nodes! + 1, nodes! + 1, edges!];
  indices.forEach(({ dtype, shape }, index) => {
    if (dtype !== 'i32' && dtype !== 'u32') {
      throw new TensorError(
        'DTYPE',
        `edgeActivation: ${INDEX_NAMES[index]} must be i32 or u32, got ${dtype}. Take the graph's own index tensors.`,
      );
    }
    if (shape.length !== 1 || shape[0] !== lengths[index]) {
      throw new TensorError(
        'SHAPE',
        `edgeActivation: ${INDEX_NAMES[index]} must have shape [${lengths[index]}] for ${nodes} nodes and ${edges} edges, got ${showShape(shape)}. Take parts and indices of one graph.`,
      );
    }
  });
  return { dtype: 'f32', shape: [edges!, width!] };
}
