import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Prepared } from './modality';
import { spectrumAugmentations } from './spectrum-augmentations';

const { shift, broadening, noise, scale } = spectrumAugmentations<{ step: number }>(
  ({ step }) => ({ step, toMaximum: false }),
  'eV',
  { shift: 0.2, broadening: 0.1, noise: 0.01, scale: 0.1 },
);

/** A spectrum with nothing in the ten bins at either end. */
const spectra: fc.Arbitrary<Prepared<Float32Array>> = fc
  .array(fc.float({ min: 0, max: 5, noNaN: true }), { minLength: 5, maxLength: 40 })
  .map((middle) => ({
    view: Float32Array.from([...new Array<number>(10).fill(0), ...middle, ...new Array<number>(10).fill(0)]),
    mask: null,
    notes: [],
  }));
const key = fc.tuple(fc.nat(), fc.nat());
const sum = (values: Float32Array): number => values.reduce((total, value) => total + value, 0);
const centre = (values: Float32Array): number =>
  values.reduce((total, value, bin) => total + bin * value, 0) / sum(values);
const filled = spectra.filter(({ view }) => sum(view) > 0.1);
const options = { step: 0.1 };

describe('augmentations of a spectrum', () => {
  test.prop([filled, key])(
    'a shift keeps the mass and moves its centre by at most the amount',
    (before, each) => {
      const after = shift.apply(before, 0.5, each, options);
      expect(sum(after.view)).toBeCloseTo(sum(before.view), 4);
      expect(Math.abs(centre(after.view) - centre(before.view))).toBeLessThan(5 + 1e-3);
      expect(sum(after.mask!)).toBeLessThan(before.view.length);
      expect(sum(after.mask!)).toBeGreaterThan(before.view.length - 5 - 1e-3);
    },
  );

  test.prop([filled, key])(
    'broadening keeps the mass and its centre, and lowers the maximum',
    (before, each) => {
      const after = broadening.apply(before, 0.15, each, options);
      expect(sum(after.view)).toBeCloseTo(sum(before.view), 3);
      expect(centre(after.view)).toBeCloseTo(centre(before.view), 3);
      expect(Math.max(...after.view)).toBeLessThanOrEqual(Math.max(...before.view) * (1 + 1e-6));
    },
  );

  test.prop([spectra, key])('noise stays at 0 and above, and leaves unknown bins alone', (before, each) => {
    const mask = before.view.map((_, bin) => (bin < 12 ? 0 : 1));
    const { view } = noise.apply({ ...before, mask }, 0.1, each, options);
    expect(Math.min(...view)).toBeGreaterThanOrEqual(0);
    expect(view.subarray(0, 12)).toEqual(before.view.subarray(0, 12));
  });

  test.prop([filled, key])('scale multiplies every bin by one factor within its bounds', (before, each) => {
    const { view } = scale.apply(before, 0.1, each, options);
    const factor = sum(view) / sum(before.view);
    expect(Math.abs(Math.log(factor))).toBeLessThan(0.1 + 1e-6);
    view.forEach((value, bin) => {
      expect(Math.abs(value - factor * before.view[bin]!)).toBeLessThan(1e-5);
    });
  });

  test.prop([spectra, key, fc.constantFrom(shift, broadening, noise, scale)])(
    'an amount of 0 changes nothing, a key decides all, and what is given stays as it is',
    (before, each, augmentation) => {
      const copy = before.view.slice();
      expect(augmentation.apply(before, 0, each, options).view).toEqual(before.view);
      const twice = [1, 2].map(() => augmentation.apply(before, 0.3, each, options));
      expect(twice[0]).toEqual(twice[1]);
      expect(before.view).toEqual(copy);
    },
  );

  it('noise has the deviation it says', () => {
    const flat = { view: new Float32Array(20_000).fill(1), mask: null, notes: [] };
    const { view } = noise.apply(flat, 0.05, [7], options);
    const mean = sum(view) / view.length;
    const variance = view.reduce((total, value) => total + (value - mean) ** 2, 0) / view.length;
    expect(mean).toBeCloseTo(1, 2);
    expect(Math.sqrt(variance)).toBeCloseTo(0.05, 2);
  });

  it('spectra of maximum 1 stay so when they are moved or broadened', () => {
    const scaled = spectrumAugmentations<null>(() => ({ step: 1, toMaximum: true }), 'bins', {
      shift: 3,
      broadening: 3,
      noise: 0,
      scale: 0,
    });
    const peak = {
      view: Float32Array.from({ length: 31 }, (_, bin) => (bin === 15 ? 1 : 0)),
      mask: null,
      notes: [],
    };
    for (const augmentation of [scaled.shift, scaled.broadening]) {
      expect(Math.max(...augmentation.apply(peak, 3, [2], null).view)).toBe(1);
    }
  });
});
