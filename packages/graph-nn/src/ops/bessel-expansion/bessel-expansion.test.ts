import { apply, grad, scoped, sum, tensor } from '@bravais/tensor-core';
import { describeOp, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { describe, expect, it } from 'vitest';
import { type BesselExpansionAttrs, besselExpansionOp } from '.';
import { besselExpansionReference } from './reference';

const attrs = (functions: number, changes: Partial<BesselExpansionAttrs> = {}): BesselExpansionAttrs => ({
  functions,
  cutoffAngstrom: 5,
  exponent: 6,
  transposed: false,
  ...changes,
});

const distances = (...values: number[]) => ({
  shape: [values.length],
  values: Float32Array.from(values),
});
/** The first is 0. */
const sampled = (count: number, low: number, high: number) =>
  distances(...sampleUniform([count], count, low, high).fill(0, 0, 1));

describeOp({
  op: besselExpansionOp,
  reference: besselExpansionReference,
  // The phase n d π/c carries a few roundings of itself, so e_n is right to as many of its largest value, at d = 0: that of the
  // last function is the largest number where 0 is among the distances.
  tolerance: { relative: 1e-6, ofLargest: 5e-7 },
  cases: [
    { inputs: [distances()], attrs: attrs(8) },
    { inputs: [distances(2.35)], attrs: attrs(1) },
    { inputs: [sampled(31, 0.3, 5)], attrs: attrs(7) },
    { inputs: [sampled(65, 0.3, 5)], attrs: attrs(16, { transposed: true }) },
    { inputs: [sampled(1031, 0, 9)], attrs: attrs(40, { cutoffAngstrom: 8 }) },
    { inputs: [sampled(1031, 0, 9)], attrs: attrs(40, { cutoffAngstrom: 8, transposed: true }) },
    { inputs: [sampled(200, 1, 4)], attrs: attrs(64, { cutoffAngstrom: 4, exponent: 1 }) },
    { inputs: [sampled(200, 1, 6)], attrs: attrs(20, { cutoffAngstrom: 6, exponent: 12 }) },
    { inputs: [distances(0, 1e-30, 1e-8, 1e-3, 4.999999, 5, 5.000001, 1e4, 1e30)], attrs: attrs(12) },
    { inputs: [distances(0.625, 1.25, 2.5, 3.75)], attrs: attrs(9) },
  ],
  large: [{ inputs: [sampled(70_000, 1, 5)], attrs: attrs(61, { cutoffAngstrom: 5 }) }],
});

const device = await testDevice();
const valuesAt = async (values: readonly number[], changes: Partial<BesselExpansionAttrs> = {}) => {
  using expansion = scoped(device, () =>
    apply(besselExpansionOp, [tensor(device, values)], attrs(6, changes)),
  );
  return (await expansion.read()) as Float32Array;
};

describe('besselExpansion', () => {
  it('is √(2/c) n π/c at distance 0', async () => {
    const limit = Array.from({ length: 6 }, (_, n) => (Math.sqrt(2 / 5) * ((n + 1) * Math.PI)) / 5);
    expect(Array.from(await valuesAt([0]))).toEqual(limit.map((value) => expect.closeTo(value, 5)));
  });

  it('fades out at the cutoff with no step in value, slope or curvature', async () => {
    // u ~ (1 - x)³: halving the way to the cutoff divides the function, with its own zero there, by 16.
    const ends = [0.4, 0.2, 0.1, 0.05].map((gap) => 5 - gap);
    const values = await valuesAt(ends);
    for (let k = 0; k + 1 < ends.length; k++) {
      const ratio = Math.abs(values[6 * k]! / values[6 * (k + 1)]!);
      expect(ratio).toBeGreaterThan(8);
      expect(ratio).toBeLessThan(16);
    }
    expect(Array.from(await valuesAt([5, 6]))).toEqual(new Array(12).fill(0));
  });

  it('without the envelope at work, is an orthonormal set in the ball', async () => {
    // A high exponent leaves the functions alone but for a shell at the cutoff; ∫ e_m e_n d² dd = δ_mn.
    const steps = 4000;
    const grid = Array.from({ length: steps }, (_, k) => (5 * (k + 0.5)) / steps);
    const values = await valuesAt(grid, { exponent: 400 });
    for (let m = 0; m < 6; m++) {
      for (let n = 0; n < 6; n++) {
        const overlap = grid.reduce(
          (total, d, k) => total + values[6 * k + m]! * values[6 * k + n]! * d * d,
          0,
        );
        expect((overlap * 5) / steps).toBeCloseTo(m === n ? 1 : 0, 3);
      }
    }
  });

  it('refuses what is no list of distances, and has no gradient', () => {
    const spec = { dtype: 'f32' as const, shape: [3, 2] };
    expect(() => besselExpansionOp.shape([spec], attrs(4))).toThrow(
      'expected f32 distances [K], got f32 [3, 2]',
    );
    scoped(device, () => {
      const distance = tensor(device, [1, 2]);
      expect(() => grad(distance, (d) => sum(apply(besselExpansionOp, [d], attrs(4))))).toThrow(
        expect.objectContaining({ code: 'NOT_DIFFERENTIABLE' }),
      );
      return [];
    });
  });
});
