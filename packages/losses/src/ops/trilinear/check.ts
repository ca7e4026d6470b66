import { type Shape, showShape, TensorError, type TensorSpec } from '@bravais/tensor-core';

/**
 * The common shape [rows, columns] of three matrices.
 *
 * @throws {TensorError} `DTYPE` where one is not f32, `SHAPE` where one is no matrix, is empty, or differs from the first
 */
export function checkTriple(op: string, inputs: readonly TensorSpec[]): Shape {
  const shapes = inputs.map(({ shape }) => showShape(shape)).join(', ');
  if (inputs.length !== 3) {
    throw new TensorError('SHAPE', `${op}: expected three embeddings, got ${inputs.length}.`);
  }
  const odd = inputs.find(({ dtype }) => dtype !== 'f32');
  if (odd)
    throw new TensorError('DTYPE', `${op}: embeddings must be f32, got ${odd.dtype}. Cast them first.`);
  const [{ shape }] = inputs as [TensorSpec];
  const fits = inputs.every((each) => each.shape.length === 2 && showShape(each.shape) === showShape(shape));
  if (!fits || shape.some((extent) => extent === 0)) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected three embeddings of one shape [B, D], none empty, got ${shapes}. Row i of each is the same material.`,
    );
  }
  return shape;
}
