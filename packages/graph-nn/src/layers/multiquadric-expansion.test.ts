import { type Device, scoped, tensor } from '@bravais/tensor-core';
import { firstMismatch, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, expect, it } from 'vitest';
import { multiquadricBasis, multiquadricExpansion, multiquadricSecondMoment } from './multiquadric-expansion';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

async function expansion(values: readonly number[], bins: number, reach: number): Promise<Float32Array> {
  using features = scoped(device, () =>
    multiquadricExpansion(tensor(device, values), multiquadricBasis(device, bins, reach)),
  );
  expect(features.shape).toEqual([values.length, bins]);
  return (await features.read()) as Float32Array;
}

it('is 1 at a centre, √2 at the next, and grows without end', async () => {
  const [values, bins, reach] = [[-4, -1.3, 0, 2.5, 4, 300], 9, 4];
  const expected = values.flatMap((x) => Array.from({ length: bins }, (_, k) => Math.hypot(1, x - (k - 4))));
  const found = await expansion(values, bins, reach);
  expect(firstMismatch(found, expected, { relative: 1e-6, ofLargest: 0 })).toBeNull();
  expect([found[0], found[1]]).toEqual([1, expect.closeTo(Math.SQRT2, 6)]);
});

it.each([2, 5, 64])('has the second moment it says at the middle of %i centres', async (bins) => {
  const found = Array.from(await expansion([0], bins, 4));
  const moment = found.reduce((sum, value) => sum + value * value, 0) / bins;
  expect(moment / multiquadricSecondMoment(bins)).toBeCloseTo(1, 5);
});
