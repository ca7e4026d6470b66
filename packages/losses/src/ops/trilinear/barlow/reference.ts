import { at, type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';
import type { TwoEqual } from './targets';

/** λ and the treatment of elements with two equal indices; ε of the standardisation. */
export interface BarlowTwins3dReferenceOptions {
  readonly lambda: number;
  readonly twoEqual: TwoEqual;
  readonly epsilon: number;
}

/** The materialised loss in float64: standardised features, C, then its penalties one by one. */
export function barlowTwins3dReference(
  inputs: readonly ReferenceTensor[],
  options: BarlowTwins3dReferenceOptions,
): ReferenceTensor {
  let loss = 0;
  forEachElement(standardizedAll(inputs, options.epsilon), (value, j, k, l) => {
    const { weight, target } = aim(options, j, k, l);
    loss += weight * (value - target) ** 2;
  });
  return referenceTensor([], () => loss);
}

/** dL/dx, dL/dy and dL/dz in float64, through C and then through the standardisation. */
export function barlowTwins3dGradientReference(
  inputs: readonly ReferenceTensor[],
  options: BarlowTwins3dReferenceOptions,
): Float64Array[] {
  const features = standardizedAll(inputs, options.epsilon);
  const [u, v, w] = features.map(({ values }) => values) as [Feature[], Feature[], Feature[]];
  const batch = u[0]!.length;
  const slopes = features.map(({ values }) => values.map((each) => new Float64Array(each.length)));
  const [du, dv, dw] = slopes as [Float64Array[], Float64Array[], Float64Array[]];
  forEachElement(features, (value, j, k, l) => {
    const { weight, target } = aim(options, j, k, l);
    const slope = (2 * weight * (value - target)) / batch;
    for (let b = 0; b < batch; b++) {
      const [p, q, r] = [u[j]![b]!, v[k]![b]!, w[l]![b]!];
      du[j]![b]! += slope * q * r;
      dv[k]![b]! += slope * p * r;
      dw[l]![b]! += slope * p * q;
    }
  });
  return features.map(({ values, rstd }, which) => {
    const gradient = new Float64Array(batch * values.length);
    values.forEach((value, j) => {
      const slope = slopes[which]![j]!;
      const mean = slope.reduce((sum, each) => sum + each, 0) / batch;
      const along = slope.reduce((sum, each, b) => sum + each * value[b]!, 0) / batch;
      for (let b = 0; b < batch; b++) {
        gradient[b * values.length + j] = rstd[j]! * (slope[b]! - mean - along * value[b]!);
      }
    });
    return gradient;
  });
}

/** One feature over the batch. */
type Feature = Float64Array;

interface Standardized {
  readonly values: Feature[];
  readonly rstd: number[];
}

function standardizedAll(inputs: readonly ReferenceTensor[], epsilon: number): Standardized[] {
  return inputs.map((x) => {
    const [batch, features] = x.shape as [number, number];
    const columns = Array.from({ length: features }, (_, j) =>
      Float64Array.from({ length: batch }, (_, b) => at(x, [b, j])),
    );
    const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / batch);
    const rstd = columns.map((column, j) => {
      const variance = column.reduce((sum, value) => sum + (value - means[j]!) ** 2, 0) / batch;
      return 1 / Math.sqrt(variance + epsilon);
    });
    return {
      values: columns.map((column, j) => column.map((value) => (value - means[j]!) * rstd[j]!)),
      rstd,
    };
  });
}

function forEachElement(
  features: readonly Standardized[],
  visit: (value: number, j: number, k: number, l: number) => void,
): void {
  const [u, v, w] = features.map(({ values }) => values) as [Feature[], Feature[], Feature[]];
  const batch = u[0]!.length;
  for (const [j, uj] of u.entries()) {
    for (const [k, vk] of v.entries()) {
      for (const [l, wl] of w.entries()) {
        let sum = 0;
        for (let b = 0; b < batch; b++) sum += uj[b]! * vk[b]! * wl[b]!;
        visit(sum / batch, j, k, l);
      }
    }
  }
}

/** Weight and target of one element of C. */
function aim(
  { lambda, twoEqual }: BarlowTwins3dReferenceOptions,
  j: number,
  k: number,
  l: number,
): { weight: number; target: number } {
  const distinct = new Set([j, k, l]).size;
  if (distinct === 1) return { weight: 1, target: 1 };
  if (distinct === 3 || twoEqual === 'zero') return { weight: lambda, target: 0 };
  return twoEqual === 'half' ? { weight: 1, target: 0.5 } : { weight: 0, target: 0 };
}
