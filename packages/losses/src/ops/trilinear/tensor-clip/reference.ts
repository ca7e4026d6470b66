import { type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';
import type { TripleNegatives } from './negatives';

/** What the references are asked besides their operands. */
interface Options {
  readonly scale: number;
  readonly negatives?: TripleNegatives;
}

/** The materialised loss in float64: all of T, then the log-sums of its slices. */
export function trilinearCrossEntropyReference(
  inputs: readonly ReferenceTensor[],
  options: Options,
): ReferenceTensor {
  const terms = trilinearAxisTerms(inputs, options);
  return referenceTensor([], () => terms.reduce((sum, term) => sum + term, 0) / 3);
}

/** The mean cross-entropy of each axis in float64. */
export function trilinearAxisTerms(inputs: readonly ReferenceTensor[], options: Options): number[] {
  const batch = inputs[0]!.shape[0]!;
  const scores = trilinear(inputs, options);
  return sliceLogSums(scores, batch).map((logSums) => {
    let term = 0;
    for (let i = 0; i < batch; i++) term += (logSums[i]! - scores[(i * batch + i) * batch + i]!) / batch;
    return term;
  });
}

/** dL/dx, dL/dy and dL/dz in float64, from dL/dT_abc = 1/3N Σ_axes exp(T - log-sum) - 1/N [a = b = c]. */
export function trilinearCrossEntropyGradientReference(
  inputs: readonly ReferenceTensor[],
  options: Options,
): Float64Array[] {
  const [x, y, z] = inputs.map(({ data }) => data) as [Float64Array, Float64Array, Float64Array];
  const { scale } = options;
  const [batch, depth] = inputs[0]!.shape as [number, number];
  const scores = trilinear(inputs, options);
  const [ofA, ofB, ofC] = sliceLogSums(scores, batch);
  const gradients = inputs.map(({ data }) => new Float64Array(data.length));
  const [dx, dy, dz] = gradients as [Float64Array, Float64Array, Float64Array];
  forEachTriple(batch, (a, b, c, place) => {
    const score = scores[place]!;
    const shares = Math.exp(score - ofA[a]!) + Math.exp(score - ofB[b]!) + Math.exp(score - ofC[c]!);
    const slope = (scale * (shares / 3 - (a === b && b === c ? 1 : 0))) / batch;
    for (let k = 0; k < depth; k++) {
      const [p, q, r] = [x[a * depth + k]!, y[b * depth + k]!, z[c * depth + k]!];
      dx[a * depth + k]! += slope * q * r;
      dy[b * depth + k]! += slope * p * r;
      dz[c * depth + k]! += slope * p * q;
    }
  });
  return gradients;
}

/** T_abc = scale Σ_k x_ak y_bk z_ck, all of it; -Infinity where it is in no softmax. */
function trilinear(inputs: readonly ReferenceTensor[], { scale, negatives = 'all' }: Options): Float64Array {
  const [x, y, z] = inputs.map(({ data }) => data) as [Float64Array, Float64Array, Float64Array];
  const [batch, depth] = inputs[0]!.shape as [number, number];
  const scores = new Float64Array(batch ** 3);
  forEachTriple(batch, (a, b, c, place) => {
    let sum = 0;
    for (let k = 0; k < depth; k++) sum += x[a * depth + k]! * y[b * depth + k]! * z[c * depth + k]!;
    const members = new Set([a, b, c]).size;
    scores[place] = negatives === 'distinct' && members === 2 ? Number.NEGATIVE_INFINITY : scale * sum;
  });
  return scores;
}

/** log Σ exp over the slice of each index of each axis. */
function sliceLogSums(scores: Float64Array, batch: number): [Float64Array, Float64Array, Float64Array] {
  const tops = [0, 1, 2].map(() => new Float64Array(batch).fill(Number.NEGATIVE_INFINITY));
  const sums = [0, 1, 2].map(() => new Float64Array(batch));
  forEachTriple(batch, (a, b, c, place) => {
    [a, b, c].forEach((i, axis) => {
      tops[axis]![i] = Math.max(tops[axis]![i]!, scores[place]!);
    });
  });
  forEachTriple(batch, (a, b, c, place) => {
    [a, b, c].forEach((i, axis) => {
      sums[axis]![i]! += Math.exp(scores[place]! - tops[axis]![i]!);
    });
  });
  const logSums = tops.map((top, axis) => top.map((value, i) => value + Math.log(sums[axis]![i]!)));
  return logSums as [Float64Array, Float64Array, Float64Array];
}

function forEachTriple(batch: number, visit: (a: number, b: number, c: number, place: number) => void): void {
  let place = 0;
  for (let a = 0; a < batch; a++) {
    for (let b = 0; b < batch; b++) {
      for (let c = 0; c < batch; c++) visit(a, b, c, place++);
    }
  }
}
