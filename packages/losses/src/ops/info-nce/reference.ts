import { type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';
import type { Direction } from './request';
import { MAX_LOG_SCALE } from './scale';

/** Rows of a matrix `[B, D]`. */
type Rows = readonly (readonly number[])[];

/** Which rows are pairs, and what is asked of them. */
export interface Asked {
  readonly pairs: number;
  readonly margin: number;
  readonly direction: Direction;
}

/** L and its gradients in float64, element by element. */
export interface InfoNceReference {
  readonly loss: number;
  readonly a: number[];
  readonly b: number[];
  readonly logScale: number;
}

/** ½ (mean CE of rows + mean CE of columns) of scaled cosines; inputs and attributes as in the op. */
export function infoNceReference(
  inputs: readonly ReferenceTensor[],
  { scale, ...asked }: Asked & { readonly scale: number },
): ReferenceTensor {
  const { loss } = infoNceGradientReference(inputs, scale, asked);
  return referenceTensor([], () => loss);
}

/**
 * The same with gradients by the formulas on paper: dL/dS is the mean over the cross-entropies of softmax - 1 at the
 * pair and softmax elsewhere, with logits S_ij = s (cos_ij - m δ_ij).
 */
export function infoNceGradientReference(
  [a, b, logScale]: readonly ReferenceTensor[],
  fixedScale: number,
  { pairs, margin, direction }: Asked,
): InfoNceReference {
  const scale = logScale ? Math.exp(Math.min(logScale.data[0]!, MAX_LOG_SCALE)) : fixedScale;
  const [rowsA, rowsB] = [rowsOf(a!), rowsOf(b!)];
  const [unitA, unitB] = [rowsA.map(unit), rowsB.map(unit)];
  const logits = unitA.map((x, i) => unitB.map((y, j) => scale * (dot(x, y) - (i === j ? margin : 0))));
  const weights = logits.map((row) => row.map(() => 0));
  const terms = (direction === 'both' ? 2 : 1) * pairs;
  let loss = 0;
  for (let i = 0; i < pairs; i++) {
    if (direction !== 'backward') {
      const row = logits[i]!;
      loss += crossEntropy(row, i) / terms;
      for (const [j, weight] of softmax(row).entries()) weights[i]![j]! += (weight - +(i === j)) / terms;
    }
    if (direction !== 'forward') {
      const column = logits.map((row) => row[i]!);
      loss += crossEntropy(column, i) / terms;
      for (const [j, weight] of softmax(column).entries()) weights[j]![i]! += (weight - +(i === j)) / terms;
    }
  }
  const transposed = unitB.map((_, j) => weights.map((row) => row[j]!));
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

/** log Σ exp(s) - s_i, as log(1 + Σ_{j≠i} exp(s_j - s_i)) where that is small. */
function crossEntropy(scores: readonly number[], own: number): number {
  const top = scores.reduce((a, b) => Math.max(a, b));
  if (top > scores[own]!) {
    return top + Math.log(scores.reduce((sum, s) => sum + Math.exp(s - top), 0)) - scores[own]!;
  }
  return Math.log1p(scores.reduce((sum, s, j) => sum + (j === own ? 0 : Math.exp(s - scores[own]!)), 0));
}

function softmax(scores: readonly number[]): number[] {
  const top = scores.reduce((a, b) => Math.max(a, b));
  const total = scores.reduce((sum, s) => sum + Math.exp(s - top), 0);
  return scores.map((s) => Math.exp(s - top) / total);
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
