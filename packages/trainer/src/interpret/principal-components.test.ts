import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitmixWord } from '../retrieval/splitmix';
import { InterpretError } from './interpret-error';
import { principalComponents } from './principal-components';

const uniform = (seed: number, index: number): number => splitmixWord(seed, index) / 2 ** 32 - 0.5;
const rowsOf = (seed: number, count: number, dim: number): Float32Array =>
  Float32Array.from({ length: count * dim }, (_, k) => uniform(seed, k));

it('keeps all distances where it keeps all directions, and shares add up to 1', () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      (seed, n, dim) => {
        const rows = rowsOf(seed, n, dim);
        const { map, explained } = principalComponents({ rows, dim }, dim);
        const distance = (of: Float32Array, i: number, j: number): number =>
          Math.hypot(...Array.from({ length: dim }, (_, k) => of[i * dim + k]! - of[j * dim + k]!));
        for (let i = 1; i < n; i++) expect(distance(map.rows, i, 0)).toBeCloseTo(distance(rows, i, 0), 5);
        expect(explained.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect([...explained]).toEqual([...explained].sort((a, b) => b - a));
      },
    ),
  );
});

it('finds the direction of a line, whatever the order of its points', () => {
  const points = Array.from({ length: 20 }, (_, i) => [3 * i, 4 * i, 7]);
  const { map, explained } = principalComponents({ rows: Float32Array.from(points.flat()), dim: 3 });
  expect(explained[0]).toBeCloseTo(1, 12);
  for (let i = 1; i < 20; i++) expect(map.rows[2 * i]! - map.rows[2 * i - 2]!).toBeCloseTo(5, 4);
  const back = principalComponents({ rows: Float32Array.from(points.reverse().flat()), dim: 3 });
  for (let i = 0; i < 20; i++) expect(back.map.rows[2 * i]).toBeCloseTo(map.rows[2 * (19 - i)]!, 4);
});

it('of equal rows is one point, and more directions than there are is an error', () => {
  const same = principalComponents({ rows: new Float32Array(8).fill(2), dim: 2 });
  expect([...same.map.rows, ...same.explained]).toEqual(new Array<number>(10).fill(0));
  expect(() => principalComponents({ rows: rowsOf(1, 4, 2), dim: 2 }, 3)).toThrow(InterpretError);
});
