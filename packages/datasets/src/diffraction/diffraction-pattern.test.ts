import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createStructure } from '../structure/create-structure';
import { simulatedDiffraction } from './diffraction-pattern';
import { pseudoVoigtShare } from './pseudo-voigt';

const iron = createStructure({
  latticeAngstrom: [2.866, 0, 0, 0, 2.866, 0, 0, 0, 2.866],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Fe', 'Fe'],
});

describe('a pseudo-Voigt peak', () => {
  const edge = fc.double({ min: -60, max: 60, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  test.prop([edge, edge, edge, share])('adds up over neighbouring intervals', (x, y, z, eta) => {
    const [a, b, c] = [x, y, z].sort((p, q) => p - q) as [number, number, number];
    const parts = pseudoVoigtShare(a, b, eta) + pseudoVoigtShare(b, c, eta);
    expect(Math.abs(parts - pseudoVoigtShare(a, c, eta))).toBeLessThan(1e-6);
  });

  test.prop([share])('has area 1 and half its height at half its width', (eta) => {
    expect(pseudoVoigtShare(-1e6, 1e6, eta)).toBeCloseTo(1, 5);
    const height = (x: number): number => pseudoVoigtShare(x - 0.005, x + 0.005, eta);
    expect(height(0.5) / height(0)).toBeCloseTo(0.5, 2);
  });
});

describe('a simulated powder pattern', () => {
  test.prop([fc.double({ min: 0.05, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })])(
    'has maximum 1, at a line, and nothing below 0',
    (fwhmDegrees, lorentzShare) => {
      const pattern = simulatedDiffraction(iron, { fwhmDegrees, lorentzShare });
      expect(pattern).toHaveLength(800);
      expect(Math.max(...pattern)).toBe(1);
      expect(Math.min(...pattern)).toBeGreaterThanOrEqual(0);
      // (1 1 0) of iron lies at 44.67°.
      expect(Math.abs(10.05 + 0.1 * pattern.indexOf(1) - 44.67)).toBeLessThan(0.06);
    },
  );

  it('fine bins hold the same as the coarse ones they make up', () => {
    const area = (stepDegrees: number, from: number, to: number): number => {
      const count = Math.round(80 / stepDegrees);
      const pattern = simulatedDiffraction(iron, { stepDegrees, count, firstDegrees: 10 + stepDegrees / 2 });
      const inside = pattern.subarray(
        Math.round((from - 10) / stepDegrees),
        Math.round((to - 10) / stepDegrees),
      );
      const total = pattern.reduce((sum, value) => sum + value, 0);
      return inside.reduce((sum, value) => sum + value, 0) / total;
    };
    for (const [from, to] of [
      [44, 45],
      [64, 66],
      [50, 60],
    ] as const) {
      // Tails end at a whole bin, and 1 % of a Lorentzian lies beyond.
      expect(Math.abs(area(0.02, from, to) - area(1, from, to))).toBeLessThan(2e-3);
    }
  });

  it('is 0 where no line lies in the range', () => {
    expect(Math.max(...simulatedDiffraction(iron, { firstDegrees: 5, stepDegrees: 0.1, count: 50 }))).toBe(0);
  });

  it('a monochromator weakens lines about 90° least', () => {
    const range = { firstDegrees: 40.05, count: 600 };
    const [plain, polarised] = [0, 60].map((monochromatorDegrees) =>
      simulatedDiffraction(iron, { ...range, monochromatorDegrees }),
    );
    const at = (degrees: number): number => Math.round((degrees - 40.05) / 0.1);
    expect(polarised![at(82.33)]!).toBeGreaterThan(plain![at(82.33)]! * 1.05);
  });

  it('takes under 0.1 s for 100 atoms once warm', () => {
    const fracCoords = Array.from({ length: 100 }, (_, i) => [
      (i % 5) / 5 + (0.13 * ((i * 7) % 11)) / 11,
      (Math.floor(i / 5) % 5) / 5 + (0.11 * ((i * 5) % 13)) / 13,
      Math.floor(i / 25) / 4 + (0.09 * ((i * 3) % 17)) / 17,
    ]).flat();
    const crystal = createStructure({
      latticeAngstrom: [12, 0, 0, 1, 12, 0, 0.5, 0.7, 11],
      fracCoords,
      atomicNumbers: Array.from({ length: 100 }, (_, i) => [8, 14, 26, 56][i % 4]!),
    });
    // Time of the processor, which other processes do not lengthen as they do that of the clock.
    const times = Array.from({ length: 20 }, () => {
      const begin = process.cpuUsage();
      simulatedDiffraction(crystal);
      return process.cpuUsage(begin).user / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });
});
