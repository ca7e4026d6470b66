import { add, type Device, readAll, scoped, square, sum, tensor, valueAndGrad } from '@bravais/tensor-core';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect, it } from 'vitest';
import { edgeProduct } from '../ops/edge-product';
import { hasRadialProduct } from '../ops/radial-product';
import { gaussianBasis, gaussianExpansion } from './gaussian-expansion';
import { radialFeatures, radialProduct } from './radial-features';

const CUTOFF_ANGSTROM = 8;

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const distances = fc
  .array(fc.oneof(fc.constantFrom(2, 3), fc.float({ min: 0.5, max: 10, noNaN: true })), {
    minLength: 1,
    maxLength: 200,
  })
  .map((values) => Float32Array.from(values));

test.prop([distances, fc.integer({ min: 2, max: 50 }), fc.constantFrom(8, 12, 16, 72)], { numRuns: 60 })(
  'value and gradient equal those of the features in memory',
  async (distance, bins, columns) => {
    const run = (banded: boolean) =>
      scoped(device, () => {
        const basis = gaussianBasis(device, bins, CUTOFF_ANGSTROM);
        const d = tensor(device, distance);
        const features = radialFeatures(d, basis);
        expect('expansion' in features).toBe(!hasRadialProduct(device));
        const dense = gaussianExpansion(d, basis);
        const weight = tensor(device, sampleUniform([columns, bins], 3), [columns, bins]);
        const offset = tensor(device, sampleUniform([distance.length, columns], 4), [
          distance.length,
          columns,
        ]);
        return valueAndGrad(weight, (w) =>
          sum(square(add(offset, banded ? radialProduct(features, w) : edgeProduct(dense, w)))),
        );
      });
    const [ours, theirs] = [run(true), run(false)];
    const [value, slope, denseValue, denseSlope] = await readAll([
      ours.value,
      ours.grads,
      theirs.value,
      theirs.grads,
    ]);
    for (const item of [ours, theirs]) {
      item.value.dispose();
      item.grads.dispose();
    }
    expect(firstMismatch(value!, denseValue!, { relative: 1e-5, ofLargest: 0 })).toBeNull();
    expect(firstMismatch(slope!, denseSlope!, { relative: 1e-5, ofLargest: 1e-5 })).toBeNull();
  },
);

it('distances that are tracked get their gradient', async () => {
  const [bins, columns, edges] = [12, 16, 23];
  const distance = sampleUniform([edges], 1, 1, 7);
  const weight = sampleUniform([columns, bins], 2);
  const { value, grads } = scoped(device, () => {
    const w = tensor(device, weight, [columns, bins]);
    return valueAndGrad(tensor(device, distance), (d) =>
      sum(radialProduct(radialFeatures(d, gaussianBasis(device, bins, CUTOFF_ANGSTROM)), w)),
    );
  });
  value.dispose();
  const spacing = CUTOFF_ANGSTROM / (bins - 1);
  const expected = Float64Array.from(distance, (d) => {
    let slope = 0;
    for (let k = 0; k < bins; k++) {
      const away = d / spacing - k;
      for (let n = 0; n < columns; n++) {
        slope -= ((2 * away) / spacing) * Math.exp(-away * away) * weight[n * bins + k]!;
      }
    }
    return slope;
  });
  expect(firstMismatch(await grads.read(), expected, { relative: 1e-4, ofLargest: 1e-5 })).toBeNull();
  grads.dispose();
});

it('refuses a weight for another number of Gaussians', () => {
  scoped(device, () => {
    const features = radialFeatures(tensor(device, [2, 3]), gaussianBasis(device, 12, CUTOFF_ANGSTROM));
    const weight = tensor(device, new Float32Array(8 * 11), [8, 11]);
    expect(() => radialProduct(features, weight)).toThrow('expected a weight [N, 12]');
  });
});
