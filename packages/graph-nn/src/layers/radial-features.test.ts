import {
  add,
  type Device,
  mul,
  readAll,
  scoped,
  square,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
} from '@bravais/tensor-core';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect, it } from 'vitest';
import { besselFunction } from '../ops/bessel-expansion/reference';
import { edgeProduct } from '../ops/edge-product';
import { hasRadialProduct } from '../ops/radial-product';
import { besselBasis } from './bessel-expansion';
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

test.prop([distances, fc.integer({ min: 1, max: 24 }), fc.constantFrom(1, 7, 16)], { numRuns: 20 })(
  'of Bessel functions, value and gradient are those of the sum over them',
  async (distance, functions, columns) => {
    const weight = sampleUniform([columns, functions], 3);
    const cotangent = sampleUniform([distance.length, columns], 4);
    const { value, grads } = scoped(device, () => {
      const features = radialFeatures(tensor(device, distance), besselBasis(functions, CUTOFF_ANGSTROM));
      const factor = tensor(device, cotangent, [distance.length, columns]);
      return valueAndGrad(tensor(device, weight, [columns, functions]), (w) =>
        sum(mul(radialProduct(features, w), factor)),
      );
    });
    const at = Array.from(distance, (d) =>
      Array.from({ length: functions }, (_, k) => besselFunction(k + 1, d, CUTOFF_ANGSTROM, 6)),
    );
    const slope = Float64Array.from(weight, (_, i) => {
      const [n, k] = [Math.floor(i / functions), i % functions];
      return at.reduce((total, row, e) => total + row[k]! * cotangent[e * columns + n]!, 0);
    });
    const total = slope.reduce((all, each, i) => all + each * weight[i]!, 0);
    // Rounding is in proportion to the size of the terms, whose signs differ.
    const size = Math.max(...at.flat().map(Math.abs), 0.1) * distance.length;
    expect(Math.abs((await value.item()) - total)).toBeLessThan(1e-5 * size * columns * functions);
    (await grads.read()).forEach((each, i) => {
      expect(Math.abs(each - slope[i]!)).toBeLessThan(1e-5 * size);
    });
    value.dispose();
    grads.dispose();
  },
);

it('refuses gradients of distances in Bessel functions, and bases that mean nothing', () => {
  scoped(device, () => {
    const weight = tensor(device, sampleUniform([8, 4], 1), [8, 4]);
    const loss = (d: Tensor) => sum(radialProduct(radialFeatures(d, besselBasis(4, 5)), weight));
    expect(() => valueAndGrad(tensor(device, [2, 3]), loss)).toThrow(
      expect.objectContaining({ code: 'NOT_DIFFERENTIABLE' }),
    );
    return [];
  });
  for (const wrong of [
    [0, 5],
    [1.5, 5],
    [4, 0],
    [4, Number.NaN],
    [4, 5, 0],
  ] as [number, number, number?][]) {
    expect(() => besselBasis(...wrong), `${wrong}`).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  }
});

it('refuses a weight for another number of Gaussians', () => {
  scoped(device, () => {
    const features = radialFeatures(tensor(device, [2, 3]), gaussianBasis(device, 12, CUTOFF_ANGSTROM));
    const weight = tensor(device, new Float32Array(8 * 11), [8, 11]);
    expect(() => radialProduct(features, weight)).toThrow('expected a weight [N, 12]');
  });
});
