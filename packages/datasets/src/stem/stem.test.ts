import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createStructure } from '../structure/create-structure';
import { supercell } from '../structure/supercell';
import { edgeDisplacement } from './edge-dislocation';
import { poisson } from './poisson';
import { projectColumns } from './projected-columns';
import { seededUniforms } from './seeded-uniforms';
import { simulateStem } from './simulate-stem';
import { stemGrey } from './stem-image';

const A = 4.2;
const cesiumChloride = createStructure({
  latticeAngstrom: [A, 0, 0, 0, A, 0, 0, 0, A],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Cs', 'Cl'],
});
const a = 5.431;
const silicon = createStructure({
  latticeAngstrom: [0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0],
  fracCoords: [0, 0, 0, 0.25, 0.25, 0.25],
  atomicNumbers: ['Si', 'Si'],
});

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

describe('simulateStem', () => {
  it('counts the dose on average, with Poisson’s scatter', () => {
    const image = simulateStem(cesiumChloride, { dose: 80, seed: 3 });
    expect(image.counts).toHaveLength(64 * 64);
    expect(image.counts.every(Number.isInteger)).toBe(true);
    // The mean of 4,096 counts of 80 has a standard error of 0.14.
    expect(mean(image.counts)).toBeGreaterThan(79.4);
    expect(mean(image.counts)).toBeLessThan(80.6);
    const expected = simulateStem(cesiumChloride, { dose: 80, seed: 3, noise: false });
    expect(mean(expected.counts)).toBeCloseTo(80, 3);
    const chi = mean(
      image.counts.map((count, i) => (count - expected.counts[i]!) ** 2 / expected.counts[i]!),
    );
    expect(chi).toBeGreaterThan(0.9);
    expect(chi).toBeLessThan(1.1);
  });

  it('has the period of the lattice', () => {
    const { counts } = simulateStem(cesiumChloride, { pixelAngstrom: A / 14, noise: false, seed: 8 });
    for (let row = 0; row < 50; row++) {
      for (let column = 0; column < 50; column++) {
        const value = counts[row * 64 + column]!;
        expect(counts[row * 64 + column + 14]! / value).toBeCloseTo(1, 4);
        expect(counts[(row + 14) * 64 + column]! / value).toBeCloseTo(1, 4);
      }
    }
  });

  it('dims the column of a vacancy and no other', () => {
    const options = { noise: false, background: 0, seed: 11 } as const;
    const perfect = simulateStem(cesiumChloride, options).counts;
    const { counts, positions } = simulateStem(cesiumChloride, { ...options, defect: 'vacancy' });
    const { x, y } = positions[0]!;
    let lost = 0;
    counts.forEach((count, at) => {
      const distance = 0.3 * Math.hypot((at % 64) + 0.5 - x, Math.floor(at / 64) + 0.5 - y);
      if (distance > 5 * 0.45 * Math.SQRT2) expect(count).toBe(perfect[at]);
      else lost += perfect[at]! - count;
    });
    const at = Math.floor(y) * 64 + Math.floor(x);
    expect(counts[at]! / perfect[at]!).toBeGreaterThan(0.49);
    expect(counts[at]! / perfect[at]!).toBeLessThan(0.52);
    expect(lost).toBeGreaterThan(0);
  });

  it('shows heavier elements brighter, as Z^1.7', () => {
    const { counts } = simulateStem(cesiumChloride, {
      noise: false,
      background: 0,
      probeAngstrom: 0.3,
      pixelAngstrom: 0.1,
      pixels: 128,
    });
    const peaks = counts.filter((value, at) => {
      const [x, y] = [at % 128, Math.floor(at / 128)];
      if (value === 0 || x < 2 || y < 2 || x > 125 || y > 125) return false;
      return [1, -1, 128, -128, 127, -127, 129, -129].every((step) => value >= counts[at + step]!);
    });
    const ratio = Math.max(...peaks) / Math.min(...peaks);
    expect(ratio / (55 / 17) ** 1.7).toBeGreaterThan(0.95);
    expect(ratio / (55 / 17) ** 1.7).toBeLessThan(1.05);
  });

  it('brightens a light column with gold', () => {
    const options = { noise: false, seed: 4, zoneAxis: [0, 0, 1] } as const;
    const perfect = simulateStem(silicon, options).counts;
    const { counts } = simulateStem(silicon, { ...options, defect: 'substitution' });
    expect(counts.every((count, at) => count >= perfect[at]!)).toBe(true);
    expect(Math.max(...counts)).toBeGreaterThan(3 * Math.max(...perfect));
  });

  it('shears the image of a drifting sample', () => {
    const options = { noise: false, background: 0, pixelAngstrom: A / 14, seed: 2 } as const;
    const still = simulateStem(cesiumChloride, options).counts;
    // So fast that row 31 is taken 4 pixels of drift after the start.
    const speed = (8 * 64) / 63;
    const driftAngstrom = [(speed * A) / 14, 0] as const;
    const drifting = simulateStem(cesiumChloride, { ...options, driftAngstrom }).counts;
    const ratio = (column: number): number => drifting[31 * 64 + column]! / still[31 * 64 + column - 4]!;
    // The dose is that of the field, which holds other shares of columns when they drift.
    for (let column = 10; column < 60; column++) expect(ratio(column) / ratio(10)).toBeCloseTo(1, 4);
  });

  it('gives the same image for the same seed and another one for the next', () => {
    const options = { defect: 'edge-dislocation', seed: 5 } as const;
    const first = simulateStem(cesiumChloride, options);
    expect(simulateStem(cesiumChloride, options)).toEqual(first);
    expect(simulateStem(cesiumChloride, { ...options, seed: 6 }).counts).not.toEqual(first.counts);
    const { values } = stemGrey(first);
    expect(Math.max(...values)).toBe(1);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  });

  it('refuses what it cannot image', () => {
    const code = (value: string): unknown => expect.objectContaining({ code: value });
    expect(() => simulateStem(silicon, { zoneAxis: [0, 0, 0] })).toThrow(code('ZONE_AXIS'));
    expect(() => simulateStem(silicon, { zoneAxis: [0.5, 0, 1] })).toThrow(code('ZONE_AXIS'));
    expect(() => simulateStem(silicon, { dose: Number.NaN })).toThrow(code('STEM_OPTIONS'));
    expect(() => simulateStem(silicon, { pixels: 1e6 })).toThrow(/pixels of 8 to 1024 expected, got 1000000/);
    expect(() => simulateStem(silicon, { driftAngstrom: [100, 0] })).toThrow(code('STEM_OPTIONS'));
  });
});

describe('projectColumns', () => {
  it('sees diamond along ⟨110⟩ as dumbbells', () => {
    const { columns, first, second } = projectColumns(silicon, [0, 0, 1]);
    expect(columns).toHaveLength(2);
    expect(Math.abs(first[0] * second[1])).toBeCloseTo((a * a) / Math.SQRT2 / 2, 6);
    const gaps = [-1, 0, 1].flatMap((m) =>
      [-1, 0, 1].map((n) =>
        Math.hypot(
          columns[0]!.x - columns[1]!.x + m * first[0] + n * second[0],
          columns[0]!.y - columns[1]!.y + n * second[1],
        ),
      ),
    );
    expect(Math.min(...gaps)).toBeCloseTo(a / 4, 6);
  });

  it('projects a supercell to the same density of columns', () => {
    const one = projectColumns(cesiumChloride, [0, 1, 1]);
    const two = projectColumns(supercell(cesiumChloride, [1, 1, 2]), [0, 2, 1]);
    const density = ({ columns, first, second }: typeof one): number =>
      columns.length / Math.abs(first[0] * second[1]);
    expect(density(two)).toBeCloseTo(density(one), 8);
  });
});

describe('edgeDisplacement', () => {
  const B = 2.5;
  const NU = 0.3;

  it('closes a circuit around the line with the Burgers vector', () => {
    const above = edgeDisplacement(-8, 1e-9, B, NU);
    const below = edgeDisplacement(-8, -1e-9, B, NU);
    expect(above[0] - below[0]).toBeCloseTo(B, 6);
    expect(above[1] - below[1]).toBeCloseTo(0, 6);
  });

  test.prop([fc.double({ min: 1, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })])(
    'is in equilibrium: (1 − 2ν) ∇²u + ∇(∇·u) = 0',
    (x, y) => {
      const h = 1e-3;
      const u = (dx: number, dy: number): [number, number] => edgeDisplacement(x + dx * h, y + dy * h, B, NU);
      const second = (component: 0 | 1, axis: 'x' | 'y' | 'xy'): number => {
        const at = (dx: number, dy: number): number => u(dx, dy)[component];
        if (axis === 'xy') return (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * h * h);
        const [dx, dy] = axis === 'x' ? [1, 0] : [0, 1];
        return (at(dx, dy) - 2 * at(0, 0) + at(-dx, -dy)) / (h * h);
      };
      const forceX = (1 - 2 * NU) * (second(0, 'x') + second(0, 'y')) + second(0, 'x') + second(1, 'xy');
      const forceY = (1 - 2 * NU) * (second(1, 'x') + second(1, 'y')) + second(0, 'xy') + second(1, 'y');
      expect(Math.abs(forceX)).toBeLessThan(1e-4);
      expect(Math.abs(forceY)).toBeLessThan(1e-4);
    },
  );
});

describe('poisson', () => {
  test.prop([fc.constantFrom(0.3, 4, 9.9, 10, 55, 1200), fc.integer({ min: 0, max: 1000 })], { numRuns: 24 })(
    'has its mean for variance',
    (rate, seed) => {
      const uniform = seededUniforms(seed);
      const draws = Array.from({ length: 4000 }, () => poisson(rate, uniform));
      const average = mean(draws);
      const variance = mean(draws.map((draw) => (draw - average) ** 2));
      expect(Math.abs(average - rate) / Math.sqrt(rate / 4000)).toBeLessThan(5);
      // The variance of a variance of 4,000 draws is (2 + 1/μ)/4,000.
      expect(Math.abs(variance / rate - 1) / Math.sqrt((2 + 1 / rate) / 4000)).toBeLessThan(5);
    },
  );
});
