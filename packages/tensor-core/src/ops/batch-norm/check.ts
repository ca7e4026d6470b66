import type { TensorSpec } from '../../autograd';
import { TensorError } from '../../errors';
import { showShape } from '../../shape';
import { checkFloat } from '../reduce/forward';

const NAMES = ['x', 'weight', 'bias', 'runningMean', 'runningVariance'];

/** Throws unless inputs are x [N, C] and then vectors [C], with enough rows to take statistics over. */
export function checkBatchNorm(inputs: readonly TensorSpec[], training: boolean, epsilon: number): void {
  const [x, ...vectors] = inputs;
  for (const input of inputs) checkFloat('batchNorm', input);
  if (x!.shape.length !== 2) {
    throw new TensorError(
      'SHAPE',
      `batchNorm: expected x [N, C], got ${showShape(x!.shape)}. Reshape all but the channels into one axis.`,
    );
  }
  const [rows, columns] = x!.shape;
  vectors.forEach(({ shape }, index) => {
    if (shape.length === 1 && shape[0] === columns) return;
    throw new TensorError(
      'SHAPE',
      `batchNorm: expected ${NAMES[index + 1]} [${columns}] for x ${showShape(x!.shape)}, got ${showShape(shape)}. It has one value per column.`,
    );
  });
  if (training && rows! < 2) {
    throw new TensorError(
      'SHAPE',
      `batchNorm: expected more than one row in training, got x ${showShape(x!.shape)}. Use a larger batch, or training: false with running statistics.`,
    );
  }
  if (!(epsilon >= 0)) {
    throw new TensorError('ARGUMENT', `batchNorm: epsilon must be 0 or more, got ${epsilon}. Use 1e-5.`);
  }
}
