import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellVolume, rowDot } from './lattice';
import { reduceLattice } from './lattice-reduction';

const lattice = fc
  .array(
    fc.integer({ min: -900, max: 900 }).map((x) => x / 100),
    { minLength: 9, maxLength: 9 },
  )
  .map((rows) => Float64Array.from(rows))
  .filter((m) => cellVolume(m) > 0.5);

function product(a: Float64Array, b: Float64Array): number[] {
  return Array.from({ length: 9 }, (_, k) => {
    const [row, column] = [3 * Math.floor(k / 3), k % 3];
    return a[row]! * b[column]! + a[row + 1]! * b[3 + column]! + a[row + 2]! * b[6 + column]!;
  });
}

describe('reduceLattice', () => {
  it('returns transform · L with an integer transform and its integer inverse', () => {
    fc.assert(
      fc.property(lattice, (input) => {
        const { lattice: reduced, transform, inverse } = reduceLattice(input);
        expect([...transform, ...inverse].every(Number.isInteger)).toBe(true);
        expect(product(transform, inverse).map((x) => x + 0)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
        product(transform, input).forEach((x, k) => {
          expect(Math.abs(x - reduced[k]!)).toBeLessThan(1e-9);
        });
      }),
    );
  });

  it('leaves no vector that an integer combination of the others makes shorter (Minkowski)', () => {
    fc.assert(
      fc.property(lattice, (input) => {
        const { lattice: m } = reduceLattice(input);
        const [first, second, third] = [0, 1, 2].sort((i, j) => rowDot(m, i, i) - rowDot(m, j, j)) as [
          number,
          number,
          number,
        ];
        const squared = (u: number, v: number, w: number): number => {
          const coefficient = [0, 0, 0];
          [coefficient[first], coefficient[second], coefficient[third]] = [u, v, w];
          const along = (c: number): number =>
            coefficient[0]! * m[c]! + coefficient[1]! * m[3 + c]! + coefficient[2]! * m[6 + c]!;
          return along(0) ** 2 + along(1) ** 2 + along(2) ** 2;
        };
        for (let u = -3; u <= 3; u++) {
          expect(squared(u, 1, 0)).toBeGreaterThanOrEqual(rowDot(m, second, second) * (1 - 1e-9));
          for (let v = -3; v <= 3; v++) {
            expect(squared(u, v, 1)).toBeGreaterThanOrEqual(rowDot(m, third, third) * (1 - 1e-9));
          }
        }
      }),
    );
  });

  it('undoes a shear of 30,000 cells', () => {
    const { lattice: m } = reduceLattice(Float64Array.from([3, 0, 0, 90_000, 3, 0, 12, -90_000, 3]));
    expect([0, 1, 2].map((i) => Math.sqrt(rowDot(m, i, i)))).toEqual([3, 3, 3]);
  });
});
