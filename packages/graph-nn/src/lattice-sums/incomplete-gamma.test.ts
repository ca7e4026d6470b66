import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { erfc, upperGamma } from './incomplete-gamma';

const relative = (found: number, expected: number): number => Math.abs(found / expected - 1);

it('erfc equals tabulated values (mpmath, 17 digits), on both sides of where the method changes', () => {
  const table = [
    [0, 1],
    [0.1, 0.88753708398171505],
    [0.5, 0.47950012218695348],
    [1, 0.15729920705028513],
    [1.9, 0.0072095707647425325],
    [2, 0.0046777349810472662],
    [2.3, 0.0011431765973566525],
    [3, 2.2090496998585441e-5],
    [4.4, 4.8917102706058724e-10],
    [5.2, 1.9249061099972322e-13],
  ] as const;
  for (const [x, expected] of table) expect(relative(erfc(x), expected), `erfc(${x})`).toBeLessThan(1e-13);
});

it('Γ(a, x) equals tabulated values (mpmath, 17 digits)', () => {
  const table = [
    [-1.5, 0.01, 648.93004941255629],
    [-1.5, 1, 0.12648781959325442],
    [-1.5, 7, 5.3105638633519036e-6],
    [-0.5, 1, 0.17814771178156069],
    [0.5, 7, 0.00032402341041512842],
    [1, 1, 0.36787944117144233],
    [3, 0.01, 1.9999996691566944],
    [3, 7, 0.059272327761043554],
    [3, 27, 1.4754301209831803e-9],
  ] as const;
  for (const [a, x, expected] of table) {
    expect(relative(upperGamma(a, x), expected), `gamma(${a}, ${x})`).toBeLessThan(1e-11);
  }
  // Steps down lose digits as x² where the value is far below what it is subtracted from.
  expect(relative(upperGamma(-1.5, 27), 4.5536454899054601e-16)).toBeLessThan(1e-9);
});

test.prop([fc.constantFrom(-1.5, -0.5, 0.5, 1, 2, 3), fc.double({ min: 0.05, max: 20, noNaN: true })])(
  'the slope of Γ(a, x) is −x^(a − 1) exp(−x)',
  (a, x) => {
    const step = 1e-4 * x;
    const slope = (upperGamma(a, x + step) - upperGamma(a, x - step)) / (2 * step);
    expect(relative(slope, -(x ** (a - 1)) * Math.exp(-x))).toBeLessThan(1e-5);
  },
);
