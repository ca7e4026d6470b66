import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { besselFunction, envelopeReference } from '../ops/bessel-expansion/reference';
import { type RadialWeightOptions, radialWeights } from './radial-weights';

const options = fc.record<RadialWeightOptions>({
  basis: fc.constantFrom('bessel', 'gaussian'),
  channels: fc.integer({ min: 1, max: 20 }),
  cutoffAngstrom: fc.double({ min: 1, max: 10, noNaN: true }),
  exponent: fc.integer({ min: 1, max: 10 }),
});

function weightsAt(given: RadialWeightOptions, d: number): Float64Array {
  const into = new Float64Array(given.channels);
  radialWeights(given)(d, into);
  return into;
}

test.prop([options, fc.double({ min: 0.01, max: 1.2, noNaN: true })])(
  'are the functions of the paper in units of the cutoff, or Gaussians under its envelope',
  (given, share) => {
    const { basis, channels, cutoffAngstrom: c, exponent: p } = given;
    const d = share * c;
    const width = c / channels;
    weightsAt(given, d).forEach((weight, n) => {
      const gaussian = Math.exp(-(((d - (n + 0.5) * width) / width) ** 2));
      const expected =
        basis === 'bessel' ? besselFunction(n + 1, share, 1, p) : gaussian * envelopeReference(share, p);
      expect(weight).toBeCloseTo(expected, 8);
    });
  },
);

it.each(['bessel', 'gaussian'] as const)('%s: fade out at the cutoff and are 0 beyond', (basis) => {
  const given = { basis, channels: 6, cutoffAngstrom: 5, exponent: 6 };
  const size = (d: number): number => Math.max(...weightsAt(given, d).map(Math.abs));
  expect(size(4)).toBeGreaterThan(1e-2);
  expect(size(4.999)).toBeLessThan(1e-7);
  expect([size(5), size(7)]).toEqual([0, 0]);
});
