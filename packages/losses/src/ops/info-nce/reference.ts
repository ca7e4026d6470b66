import { type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';
import { MAX_LOG_SCALE } from './scale';

/** Rows of a matrix `[B, D]`. */
type Rows = readonly (readonly number[])[];

/** L and its gradients in float64, element by element. */
export interface InfoNceReference {
  readonly loss: number;
  readonly a: number[];
  readonly b: number[];
  readonly logScale: number;
}

/** ½ (mean CE of rows + mean CE of columns) of scaled cosines; inputs and scale as in the op. */
export function infoNceReference(
  inputs: readonly ReferenceTensor[],
  { scale }: { readonly scale: number },
): ReferenceTensor {
  const { loss } = infoNceGradientReference(inputs, scale);
  return referenceTensor([], () => loss);
}

/** The same with gradients by the formulas on paper: dL/dS = (softmax of rows + softmax of columns - 2 I) / 2 B. */
export function infoNceGradientReference(
  [a, b, logScale]: readonly ReferenceTensor[],
  fixedScale: number,
): InfoNceReference {
  const scale = logScale ? Math.exp(Math.min(logScale.data[0]!, MAX_LOG_SCALE)) : fixedScale;
  const [rowsA, rowsB] = [rowsOf(a!), rowsOf(b!)];
  const [unitA, unitB] = [rowsA.map(unit), rowsB.map(unit)];
  const cosines = unitA.map((x) => unitB.map((y) => dot(x, y)));
  const logits = cosines.map((row) => row.map((cosine) => scale * cosine));
  const batch = logits.length;
  const rowSums = logits.map(logSumExp);
  const columnSums = logits.map((_, j) => logSumExp(logits.map((row) => row[j]!)));
  let loss = 0;
  for (let i = 0; i < batch; i++) loss += (rowSums[i]! + columnSums[i]! - 2 * logits[i]![i]!) / (2 * batch);
  const weights = logits.map((row, i) =>
    row.map(
      (logit, j) =>
        (Math.exp(logit - rowSums[i]!) + Math.exp(logit - columnSums[j]!) - (i === j ? 2 : 0)) / (2 * batch),
    ),
  );
  const transposed = weights.map((_, j) => weights.map((row) => row[j]!));
  const clamped = logScale !== undefined && logScale.data[0]! > MAX_LOG_SCALE;
  const slope = weights.reduce((sum, row, i) => sum + dot(row, logits[i]!), 0);
  return {
    loss,
    a: weights.flatMap((row, i) => throughUnit(rowsA[i]!, combination(row, unitB), scale)),
    b: transposed.flatMap((row, j) => throughUnit(rowsB[j]!, combination(row, unitA), scale)),
    logScale: clamped ? 0 : slope,
  };
}

function rowsOf({ shape, data }: ReferenceTensor): Rows {
  const [rows, columns] = shape as [number, number];
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}

function dot(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, k) => sum + value * y[k]!, 0);
}

function norm(x: readonly number[]): number {
  return Math.max(Math.sqrt(dot(x, x)), 1e-12);
}

function unit(x: readonly number[]): number[] {
  return x.map((value) => value / norm(x));
}

function logSumExp(values: readonly number[]): number {
  const top = values.reduce((a, b) => Math.max(a, b));
  return top + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
}

function combination(weights: readonly number[], rows: Rows): number[] {
  return rows[0]!.map((_, k) => weights.reduce((sum, weight, j) => sum + weight * rows[j]![k]!, 0));
}

/** dL/dx from scale⁻¹ dL/d(x / |x|); 0 for a row of zeros, as l2Normalize has it. */
function throughUnit(x: readonly number[], gradient: readonly number[], scale: number): number[] {
  if (x.every((value) => value === 0)) return x.map(() => 0);
  const direction = unit(x);
  const along = dot(direction, gradient);
  return gradient.map((value, k) => (scale * (value - direction[k]! * along)) / norm(x));
}
