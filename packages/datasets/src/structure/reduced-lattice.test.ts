import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latticeFromParameters, latticeVolume, planeSpacings } from './lattice';
import { reduceLattice } from './reduced-lattice';

const length = fc.double({ min: 1, max: 20, noNaN: true });
const angle = fc.double({ min: 65, max: 115, noNaN: true });
const step = fc.integer({ min: -9, max: 9 });

describe('reduceLattice', () => {
  it('finds the same short vectors however the basis is skewed', () => {
    fc.assert(
      fc.property(
        length,
        length,
        length,
        angle,
        angle,
        angle,
        step,
        step,
        step,
        (a, b, c, al, be, ga, p, q, r) => {
          const plain = latticeFromParameters(a, b, c, al, be, ga);
          const row = (i: number): number[] => [...plain.subarray(3 * i, 3 * i + 3)];
          const add = (u: number[], v: number[], times: number): number[] =>
            u.map((x, k) => x + times * v[k]!);
          const second = add(row(1), row(0), p);
          const third = add(add(row(2), row(0), q), second, r);
          const skewed = [...row(0), ...second, ...third];
          const { latticeAngstrom, transform } = reduceLattice(skewed);
          expect(latticeVolume(latticeAngstrom) / latticeVolume(plain)).toBeCloseTo(1, 6);
          expect([...transform].every(Number.isInteger)).toBe(true);
          const edges = (l: ArrayLike<number>): number[] =>
            [0, 1, 2].map((i) => Math.hypot(l[3 * i]!, l[3 * i + 1]!, l[3 * i + 2]!));
          const expected = edges(reduceLattice(plain).latticeAngstrom);
          for (const [i, edge] of edges(latticeAngstrom).entries()) expect(edge).toBeCloseTo(expected[i]!, 6);
          const shortest = Math.min(...edges(latticeAngstrom));
          expect(Math.min(...planeSpacings(latticeAngstrom))).toBeGreaterThan(0.5 * shortest);
        },
      ),
    );
  });
});
