import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { resampleSpectrum } from './resample-spectrum';
import type { SampledSpectrum } from './sampled-spectrum';

const spectra: fc.Arbitrary<SampledSpectrum> = fc
  .array(
    fc.record({
      gap: fc.double({ min: 0.01, max: 2, noNaN: true }),
      density: fc.double({ min: 0, max: 50, noNaN: true }),
    }),
    { minLength: 2, maxLength: 40 },
  )
  .map((samples) => {
    let at = -20;
    return {
      positions: samples.map(({ gap }) => {
        at += gap;
        return at;
      }),
      densities: samples.map(({ density }) => density),
    };
  });

function integral({ positions, densities }: SampledSpectrum): number {
  let sum = 0;
  for (let i = 0; i + 1 < positions.length; i++) {
    sum += ((densities[i]! + densities[i + 1]!) / 2) * (positions[i + 1]! - positions[i]!);
  }
  return sum;
}

const total = (values: Float32Array, step: number): number =>
  values.reduce((sum, value) => sum + value * step, 0);

describe('a resampled spectrum', () => {
  test.prop([spectra, fc.integer({ min: 1, max: 300 })])(
    'keeps its integral in a window that holds it, whatever the bins',
    (spectrum, count) => {
      const step = 110 / count;
      const bins = { count, first: -25 + step / 2, step };
      const { values } = resampleSpectrum(spectrum, bins, { where: 'law' });
      const expected = integral(spectrum);
      expect(Math.abs(total(values, step) - expected)).toBeLessThan(1e-5 * expected + 1e-9);
    },
  );

  test.prop([spectra, fc.double({ min: 0.05, max: 1, noNaN: true })])(
    'keeps its integral when it is broadened',
    (spectrum, broadening) => {
      const bins = { count: 500, first: -49.9, step: 0.25 };
      const { values } = resampleSpectrum(spectrum, bins, { where: 'law', broadening });
      const expected = integral(spectrum);
      expect(Math.abs(total(values, bins.step) - expected)).toBeLessThan(1e-5 * expected + 1e-9);
    },
  );

  test.prop([spectra, fc.double({ min: 0.1, max: 1, noNaN: true })], { numRuns: 30 })(
    'does not change with samples put between, on the lines that join the others',
    (spectrum, broadening) => {
      const { positions, densities } = spectrum;
      const between = (values: ArrayLike<number>): number[] =>
        Array.from({ length: 40 * (values.length - 1) + 1 }, (_, i) => {
          const [at, part] = [Math.floor(i / 40), (i % 40) / 40];
          return part === 0 ? values[at]! : values[at]! * (1 - part) + values[at + 1]! * part;
        });
      const finer = { positions: between(positions), densities: between(densities) };
      const bins = { count: 120, first: -21, step: 0.2 };
      const [few, many] = [spectrum, finer].map(
        (each) => resampleSpectrum(each, bins, { where: 'law', broadening }).values,
      );
      const within = 2e-3 * Math.max(...Array.from(densities)) + 1e-9;
      few!.forEach((value, bin) => {
        expect(Math.abs(value - many![bin]!)).toBeLessThan(within);
      });
    },
  );

  test.prop([spectra, fc.integer({ min: 2, max: 8 })])(
    'coarse bins hold the mean of the fine ones in them',
    (spectrum, ratio) => {
      const fine = { count: 40 * ratio, first: -10 + 0.5 / ratio / 2, step: 0.5 / ratio };
      const coarse = { count: 40, first: -10 + 0.25, step: 0.5 };
      const [many, few] = [fine, coarse].map(
        (bins) => resampleSpectrum(spectrum, bins, { where: 'law' }).values,
      );
      for (let bin = 0; bin < 40; bin++) {
        const inside = many!.subarray(bin * ratio, (bin + 1) * ratio);
        const mean = inside.reduce((sum, value) => sum + value, 0) / ratio;
        expect(Math.abs(mean - few![bin]!)).toBeLessThan(1e-4);
      }
    },
  );

  it('is exact for a straight line, and says which bins it knows', () => {
    const ramp = { positions: [0, 2.5], densities: [0, 2.5] };
    const { values, covered } = resampleSpectrum(ramp, { count: 4, first: 0.5, step: 1 }, { where: 'ramp' });
    expect([...values]).toEqual([0.5, 1.5, 1.125, 0]);
    expect([...covered]).toEqual([1, 1, 0.5, 0]);
  });

  it('becomes a Gaussian where a line is broadened', () => {
    const line = { positions: [-0.001, 0, 0.001], densities: [0, 1000, 0] };
    const bins = { count: 81, first: -4, step: 0.1 };
    const { values } = resampleSpectrum(line, bins, { where: 'line', broadening: 0.5 });
    for (const [bin, value] of values.entries()) {
      const x = (bins.first + bin * bins.step) / 0.5;
      const expected = Math.exp(-(x ** 2) / 2) / (0.5 * Math.sqrt(2 * Math.PI));
      expect(Math.abs(value - expected)).toBeLessThan(2e-3);
    }
  });

  it.each([
    [
      'positions that do not increase',
      { positions: [0, 1, 1], densities: [1, 1, 1] },
      'increasing positions',
    ],
    ['a density that is not a number', { positions: [0, 1], densities: [1, Number.NaN] }, 'finite numbers'],
    ['a density below 0', { positions: [0, 1], densities: [1, -0.1] }, 'densities of 0 and more'],
    ['a single sample', { positions: [0], densities: [1] }, 'two or more'],
    ['unequal lengths', { positions: [0, 1, 2], densities: [1, 1] }, 'two or more'],
  ])('refuses %s', (_, spectrum, complaint) => {
    const bins = { count: 4, first: 0, step: 1 };
    const resample = () => resampleSpectrum(spectrum, bins, { where: 'mp-149 dos' });
    expect(resample).toThrow(DataError);
    expect(resample).toThrow(new RegExp(`mp-149 dos.*${complaint}`));
  });

  it('takes noise below 0 as 0', () => {
    const spectrum = { positions: [0, 1, 2], densities: [1, -1e-5, 1] };
    const { values } = resampleSpectrum(spectrum, { count: 1, first: 1, step: 2 }, { where: 'noise' });
    expect(values[0]).toBeCloseTo(0.5, 6);
  });
});
