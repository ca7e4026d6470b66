import { apply, grad, mul, scoped, sum, type Tensor, type TensorSpec, tensor } from '@bravais/tensor-core';
import { ACCUMULATED, describeOp, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { describe, expect, it } from 'vitest';
import { hasRadialProduct, radialProductOp } from '.';
import { radialProductReference } from './reference';

const device = await testDevice();
/** Other adapters multiply the features in memory: ../../layers/radial-features.test.ts. */
const banded = hasRadialProduct(device);

const CUTOFF_ANGSTROM = 8;

const between = (edges: number, least: number, most: number): Float32Array =>
  sampleUniform([edges], edges + 1, least, most).sort();

function attrs(bins: number): { spacingAngstrom: number } {
  return { spacingAngstrom: CUTOFF_ANGSTROM / (bins - 1) };
}

function hosts(distance: Float32Array, bins: number, columns: number, seed = 1) {
  const shape = [columns, bins];
  return [
    { shape: [distance.length], values: distance },
    { shape, values: sampleUniform(shape, seed) },
  ];
}

const opCase = (distance: Float32Array, bins: number, columns: number) => ({
  inputs: hosts(distance, bins, columns),
  attrs: attrs(bins),
  // The gradient of the weight is tested below: describeOp asks for that of the distances too.
  gradient: false,
});

// Distances of some 40 spacings carry their rounding into the Gaussians.
const TOLERANCE = { ...ACCUMULATED, ofLargest: 1e-5 };

const CASES: readonly (readonly [name: string, distance: Float32Array, bins: number, columns: number])[] = [
  ['no edge', between(0, 1, 2), 40, 16],
  ['one edge', between(1, 2, 3), 40, 8],
  ['a prime of edges', between(31, 2, 5), 40, 24],
  ['a tile and one', between(33, 2, 5), 40, 128],
  ['a wide range in a tile', between(20, 0, 8), 40, 72],
  ['several chunks', between(1031, 1.8, 6), 40, 128],
  ['chunks of several windows', between(150, 0, 8), 64, 16],
  ['few Gaussians', between(67, 0, 9), 3, 8],
  ['all at one distance', new Float32Array(100).fill(2.5), 40, 16],
  ['near the last centre', between(70, 7, 7.9), 40, 16],
  ['some beyond the last centre', between(70, 7, 12), 40, 16],
  ['no order at all', sampleUniform([200], 5, 0, 8), 40, 16],
];

if (banded) {
  describeOp({
    op: radialProductOp,
    reference: radialProductReference,
    tolerance: TOLERANCE,
    cases: CASES.map(([, distance, bins, columns]) => opCase(distance, bins, columns)),
  });
}

/** Σ_e g_en exp(-((d_e - c_k) / w)²) in float64, `[N, K]`. */
function weightGradient(distance: Float32Array, cotangent: Float32Array, bins: number, columns: number) {
  const { spacingAngstrom } = attrs(bins);
  return Float64Array.from({ length: columns * bins }, (_, i) => {
    const [n, k] = [Math.floor(i / bins), i % bins];
    return distance.reduce((total, d, e) => {
      const away = d / spacingAngstrom - k;
      return total + cotangent[e * columns + n]! * Math.exp(-away * away);
    }, 0);
  });
}

describe.runIf(banded)('radialProduct', () => {
  type Host = ReturnType<typeof hosts>[number];
  const upload = ({ values, shape }: Host): Tensor => tensor(device, values, shape);

  /** dL/dw for L = sum of y times the cotangent. */
  async function gradientOf(distances: Float32Array, bins: number, columns: number, cotangent: Float32Array) {
    using gradient = scoped(device, () => {
      const [distance, weight] = hosts(distances, bins, columns).map(upload) as [Tensor, Tensor];
      const weights = tensor(device, cotangent, [distances.length, columns]);
      return grad(weight, (w) => sum(mul(apply(radialProductOp, [distance, w], attrs(bins)), weights)));
    });
    return (await gradient.read()) as Float32Array;
  }

  it.each(CASES)('the gradient of %s equals the dense sum, twice the same bits', async (...args) => {
    const [, distance, bins, columns] = args;
    const before = device.stats.liveBuffers;
    const cotangent = sampleUniform([distance.length, columns], 9, -1, 1);
    const found = await gradientOf(distance, bins, columns, cotangent);
    const expected = weightGradient(distance, cotangent, bins, columns);
    const sizes = weightGradient(distance, cotangent.map(Math.abs), bins, columns);
    found.forEach((value, i) => {
      // Terms of both signs cancel, so rounding is in proportion to their sizes; a term out of reach is below 1.6e-9.
      const allowed = 5e-6 * sizes[i]! + 1.6e-9 * distance.length;
      expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(allowed);
    });
    expect(await gradientOf(distance, bins, columns, cotangent)).toEqual(found);
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('is 0 where no Gaussian is within reach, and so is its gradient', async () => {
    const distance = between(70, 12, 20);
    using product = scoped(device, () =>
      apply(radialProductOp, hosts(distance, 40, 16).map(upload), attrs(40)),
    );
    expect((await product.read()).every((value) => value === 0)).toBe(true);
    const gradient = await gradientOf(distance, 40, 16, sampleUniform([70, 16], 9));
    expect(gradient.every((value) => value === 0)).toBe(true);
  });

  it('refuses operands that do not fit together, and a gradient of the distances', () => {
    const spec = (dtype: 'f32' | 'i32', ...shape: number[]): TensorSpec => ({ dtype, shape });
    const shape = (...inputs: TensorSpec[]) => radialProductOp.shape(inputs, attrs(4));
    expect(shape(spec('f32', 3), spec('f32', 8, 4)).shape).toEqual([3, 8]);
    expect(() => shape(spec('f32', 3, 1), spec('f32', 8, 4))).toThrow('f32 distances [E]');
    expect(() => shape(spec('i32', 3), spec('f32', 8, 4))).toThrow('got i32 [3] and f32 [8, 4]');
    expect(() => shape(spec('f32', 3), spec('f32', 12, 4))).toThrow('a multiple of 8');
    scoped(device, () => {
      const [distance, weight] = hosts(between(3, 1, 2), 4, 8).map(upload) as [Tensor, Tensor];
      expect(() => grad(distance, (d) => sum(apply(radialProductOp, [d, weight], attrs(4))))).toThrow(
        'no gradient of the distances',
      );
    });
  });
});
