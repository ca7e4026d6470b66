import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { readCube } from '../formats/volumetric/read-cube';
import { augment } from './augment';
import { type DensityGridOptions, type DensityGridSource, densityGridModality } from './density-grid';

const LATTICE = Float64Array.of(3, 0, 0, 1, 4, 0, 0.5, -0.7, 5);
const PLAIN: DensityGridOptions = { size: 8, electrons: 'kept', logReference: null };

/** ρ = 2 + cos 2π(x + 2y) + ½ sin 2π(z − x), first axis fastest as parsers hand it out. */
function wavy(shape: readonly [number, number, number], factor = 1): DensityGridSource {
  const values = new Float64Array(shape[0] * shape[1] * shape[2]);
  let at = 0;
  for (let k = 0; k < shape[2]; k++) {
    for (let j = 0; j < shape[1]; j++) {
      for (let i = 0; i < shape[0]; i++) {
        values[at++] = factor * densityAt(i / shape[0], j / shape[1], k / shape[2]);
      }
    }
  }
  return { structure: { latticeAngstrom: LATTICE }, shape, channels: { total: values }, unit: 'electron/Å³' };
}

const densityAt = (x: number, y: number, z: number): number =>
  2 + Math.cos(2 * Math.PI * (x + 2 * y)) + 0.5 * Math.sin(2 * Math.PI * (z - x));

const metricOf = (rows: readonly (readonly number[])[]): number[] =>
  [
    [0, 0],
    [1, 1],
    [2, 2],
    [1, 2],
    [0, 2],
    [0, 1],
  ].map(([i, j]) => rows[i!]!.reduce((sum, x, axis) => sum + x * rows[j!]![axis]!, 0));

const meanOf = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('a charge density on a grid', () => {
  test.prop([
    fc.tuple(
      fc.integer({ min: 5, max: 13 }),
      fc.integer({ min: 5, max: 13 }),
      fc.integer({ min: 3, max: 13 }),
    ),
    fc.integer({ min: 6, max: 11 }),
  ])('is the density at the points of the cell, whatever grid it came on', (shape, size) => {
    const { view, clippedPoints } = densityGridModality.prepare(wavy(shape), { ...PLAIN, size }, 'law');
    expect(clippedPoints).toBe(0);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < size; k++) {
          const value = view.values[(i * size + j) * size + k]!;
          expect(Math.abs(value - densityAt(i / size, j / size, k / size))).toBeLessThan(1e-6);
        }
      }
    }
  });

  test.prop([fc.double({ min: 1e-3, max: 1e3, noNaN: true })])(
    'does not tell how many electrons there are, unless asked to',
    (factor) => {
      const options = { ...PLAIN, electrons: 'removed', logReference: 0.5 } as const;
      const few = densityGridModality.prepare(wavy([9, 10, 8]), options, 'law').view;
      const many = densityGridModality.prepare(wavy([9, 10, 8], factor), options, 'law').view;
      many.values.forEach((value, at) => {
        expect(Math.abs(value - few.values[at]!)).toBeLessThan(1e-6);
      });
      expect(many.electrons).toBeUndefined();
      const separate = densityGridModality.prepare(
        wavy([9, 10, 8], factor),
        { ...options, electrons: 'separate' },
        'law',
      );
      expect(separate.view.electrons).toBeCloseTo(2 * factor * 60, 6);
    },
  );

  it('has mean 1 without its electrons, then log(1 + ρ / ρ₀)', () => {
    const removed = { ...PLAIN, electrons: 'removed' } as const;
    const { view } = densityGridModality.prepare(wavy([9, 10, 8]), removed, 'test');
    expect(meanOf(view.values)).toBeCloseTo(1, 6);
    const log = densityGridModality.prepare(wavy([9, 10, 8]), { ...removed, logReference: 0.1 }, 'test').view;
    log.values.forEach((value, at) => {
      expect(value).toBeCloseTo(Math.log1p(view.values[at]! / 0.1), 5);
    });
    expect([...view.metric]).toEqual(
      metricOf([
        [3, 0, 0],
        [1, 4, 0],
        [0.5, -0.7, 5],
      ]).map(Math.fround),
    );
  });

  it('takes ρ · V as a CHGCAR holds it', () => {
    const raw = { ...wavy([8, 8, 8], 60), unit: 'electron' as const };
    const { view } = densityGridModality.prepare(raw, PLAIN, 'CHGCAR');
    expect(meanOf(view.values)).toBeCloseTo(2, 5);
  });

  it('counts what rings below 0 where a sharp core meets a coarse grid', () => {
    const shape = [20, 20, 20] as const;
    const values = new Float64Array(8000);
    values[0] = 100;
    const raw = { ...wavy(shape), channels: { total: values } };
    const { view, clippedPoints, clippedShare, notes } = densityGridModality.prepare(raw, PLAIN, 'core');
    expect(Math.min(...view.values)).toBe(0);
    expect(clippedPoints).toBeGreaterThan(10);
    expect(clippedShare).toBeGreaterThan(0.01);
    expect(notes.join()).toMatch(new RegExp(`^${clippedPoints} of 512 points`));
  });

  it('takes a parsed cube file', async () => {
    const rows = Array.from({ length: 8 }, (_, at) => `${1 + (at % 2)}.0`).join(' ');
    const text = `title\ncomment\n1 0 0 0\n-2 1 0 0\n-2 0 1 0\n-2 0 0 1\n1 0 0 0 0\n${rows}\n`;
    const { view } = densityGridModality.prepare(await readCube(text), { ...PLAIN, size: 2 }, 'cube');
    expect([...view.values]).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
    expect([...view.metric]).toEqual([4, 4, 4, 0, 0, 0]);
  });

  const bad: [string, Partial<DensityGridSource>, string][] = [
    ['no points', { shape: [0, 2, 2] as const }, '0 × 2 × 2'],
    ['another number of values', { channels: { total: [1, 2] } }, 'got 2'],
    ['no total', { channels: {} }, 'got none'],
    ['nothing but 0', { channels: { total: new Float64Array(8) } }, 'nothing but 0'],
    ['NaN', { channels: { total: [1, 1, 1, 1, 1, 1, Number.NaN, 1] } }, 'NaN at the point \\(0, 1, 1\\)'],
    ['a spin density', { channels: { total: [3, -1, 1, 1, 1, 1, 1, 1] } }, '12.5 % of negative charge'],
    ['a negative density', { channels: { total: new Float64Array(8).fill(-1) } }, 'a sum of -8'],
    ['a grid beyond bounds', { shape: [5000, 1, 1] as const }, 'at most'],
  ];
  it.each(bad)('refuses %s', (_, change, complaint) => {
    const raw = { ...wavy([2, 2, 2]), ...change };
    const make = () => densityGridModality.prepare(raw, PLAIN, 'run/CHGCAR');
    expect(make).toThrow(DataError);
    expect(make).toThrow(new RegExp(`run/CHGCAR.*${complaint}`));
  });

  it.each([
    [{ size: 2.5 }, 'options.size'],
    [{ electrons: 'none' as 'kept' }, 'options.electrons'],
    [{ logReference: 0 }, 'options.logReference'],
  ])('refuses the option %j', (change, named) => {
    expect(() => densityGridModality.prepare(wavy([2, 2, 2]), { ...PLAIN, ...change }, 'x')).toThrow(named);
  });
});

describe('augmentations of a charge density', () => {
  const key = fc.tuple(fc.nat(), fc.nat(1000));
  const prepared = densityGridModality.prepare(wavy([9, 10, 8]), { ...PLAIN, size: 6 }, 'test');

  test.prop([key])('a shifted origin keeps the values, their neighbours and the metric', (each) => {
    const { view } = augment(densityGridModality, prepared, [{ name: 'periodicShift' }], each, PLAIN);
    expect(view.metric).toEqual(prepared.view.metric);
    const by = Array.from({ length: 216 }, (_, at) => at).filter((at) =>
      view.values.every((value, to) => value === prepared.view.values[moved(to, at)]),
    );
    expect(by.length).toBeGreaterThan(0);
  });

  test.prop([key])('permuted axes take the metric along: no distance between points changes', (each) => {
    const { view } = augment(densityGridModality, prepared, [{ name: 'axisPermutation' }], each, PLAIN);
    const pairs = (given: typeof view): string[] => {
      const [aa, bb, cc, bc, ac, ab] = given.metric as unknown as number[];
      return Array.from(given.values, (value, at) => {
        const [x, y, z] = [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6] as const;
        const square =
          aa! * x * x + bb! * y * y + cc! * z * z + 2 * (bc! * y * z + ac! * x * z + ab! * x * y);
        return `${value.toFixed(5)} ${square.toFixed(2)}`;
      }).sort();
    };
    expect(pairs(view)).toEqual(pairs(prepared.view));
  });

  it('draw every order of the axes and every origin', () => {
    const seen = (name: string): number =>
      new Set(
        Array.from({ length: 200 }, (_, draw) =>
          augment(densityGridModality, prepared, [{ name }], [1, draw], PLAIN).view.values.join(),
        ),
      ).size;
    expect(seen('axisPermutation')).toBe(6);
    // Of 216 origins this density tells 36 apart: it depends on x + 2y and z − x only.
    expect(seen('periodicShift')).toBe(36);
  });
});

/** Index in the old grid of point `to` of one shifted by the coordinates of `by`. */
function moved(to: number, by: number): number {
  const digits = (at: number): number[] => [Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6];
  const [x, y, z] = digits(to).map((digit, axis) => (digit + digits(by)[axis]!) % 6);
  return (x! * 6 + y!) * 6 + z!;
}
