import { TensorError } from '../../errors';
import { defineKernel } from '../../runtime/kernel';
import { sameShape, showShape } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import source from './running-statistics.wgsl';

/** Mean and variance of each column. */
export interface Statistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

const kernel = defineKernel({
  name: 'batch-norm-running-statistics',
  source,
  bindings: ['read', 'read', 'read', 'read', 'write', 'write'],
  params: ['u32', 'f32', 'f32'],
});

const WORKGROUP = 64;

/**
 * running + momentum (batch - running), with the batch's variance made unbiased by N / (N - 1): PyTorch's rule.
 *
 * @param running statistics [C] so far; start with mean 0 and variance 1
 * @param batch what `batchNorm` returned in training, and its number of rows N
 * @param momentum weight of the batch, from 0 to 1
 * @returns new tensors; the old ones are unchanged and carry no gradient
 * @throws {TensorError} `SHAPE` where shapes differ, `ARGUMENT` for fewer than two rows or another momentum
 *
 * @example
 * ```ts
 * running = updateRunningStatistics(running, { mean, variance, rows: 64 });
 * ```
 */
export function updateRunningStatistics(
  running: Statistics,
  batch: Statistics & { readonly rows: number },
  momentum = 0.1,
): { mean: Tensor; variance: Tensor } {
  const { device, shape, size } = running.mean;
  for (const tensor of [running.variance, batch.mean, batch.variance]) {
    if (sameShape(tensor.shape, shape)) continue;
    throw new TensorError(
      'SHAPE',
      `updateRunningStatistics: expected ${showShape(shape)} for all, got ${showShape(tensor.shape)}. All have one value per column.`,
    );
  }
  if (!(momentum >= 0 && momentum <= 1) || !(batch.rows >= 2)) {
    throw new TensorError(
      'ARGUMENT',
      `updateRunningStatistics: expected momentum in 0..1 and at least 2 rows, got ${momentum} and ${batch.rows}. The unbiased variance of one row does not exist.`,
    );
  }
  const mean = empty(device, shape, 'f32', 'running mean');
  const variance = empty(device, shape, 'f32', 'running variance');
  device.launch({
    kernel,
    bindings: [running.mean, running.variance, batch.mean, batch.variance, mean, variance].map(
      ({ binding }) => binding,
    ),
    params: [size, momentum, batch.rows / (batch.rows - 1)],
    groups: [Math.ceil(size / WORKGROUP), 1, 1],
  });
  return { mean, variance };
}
