import { at, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import type { BatchNormAttrs } from './batch-norm';

export function batchNormReference(
  [x, weight, bias, runningMean, runningVariance]: readonly ReferenceTensor[],
  { training, epsilon }: BatchNormAttrs,
): ReferenceTensor {
  const [rows, columns] = x!.shape as [number, number];
  const statistics = Array.from({ length: columns }, (_, column) => {
    if (!training) return { mean: runningMean!.data[column]!, variance: runningVariance!.data[column]! };
    const values = Array.from({ length: rows }, (_, row) => at(x!, [row, column]));
    const mean = values.reduce((sum, value) => sum + value, 0) / rows;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows;
    return { mean, variance };
  });
  return referenceTensor(x!.shape, ([row, column]) => {
    const { mean, variance } = statistics[column!]!;
    const normalized = (at(x!, [row!, column!]) - mean) / Math.sqrt(variance + epsilon);
    return normalized * weight!.data[column!]! + bias!.data[column!]!;
  });
}
