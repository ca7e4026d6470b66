import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HermitianMatrix } from './dynamical-matrix';
import { hermitianEigenvalues } from './hermitian-eigenvalues';

/** Q Λ Q† with Q a product of complex reflections 1 − 2 v v† / v†v: known eigenvalues, dense matrix. */
function conjugated(
  eigenvalues: readonly number[],
  vectors: readonly (readonly [number, number])[][],
): HermitianMatrix {
  const n = eigenvalues.length;
  let re = Float64Array.from({ length: n * n }, (_, k) =>
    k % (n + 1) === 0 ? eigenvalues[k / (n + 1)]! : 0,
  );
  let im = new Float64Array(n * n);
  for (const v of vectors) {
    const norm = v.reduce((sum, [x, y]) => sum + x * x + y * y, 0);
    if (norm < 1e-6) continue;
    const reflection = (i: number, j: number): [number, number] => {
      const [[a, b], [c, d]] = [v[i]!, v[j]!];
      return [(i === j ? 1 : 0) - (2 * (a * c + b * d)) / norm, (-2 * (b * c - a * d)) / norm];
    };
    const [nextRe, nextIm] = [new Float64Array(n * n), new Float64Array(n * n)];
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) {
          for (let l = 0; l < n; l++) {
            const [pr, pi] = reflection(i, k);
            const [qr, qi] = reflection(l, j);
            const [hr, hi] = [re[k * n + l]!, im[k * n + l]!];
            const [xr, xi] = [pr * hr - pi * hi, pr * hi + pi * hr];
            nextRe[i * n + j]! += xr * qr - xi * qi;
            nextIm[i * n + j]! += xr * qi + xi * qr;
          }
        }
      }
    }
    [re, im] = [nextRe, nextIm];
  }
  return { order: n, re, im };
}

const value = fc.double({ min: -10, max: 10, noNaN: true });

describe('hermitianEigenvalues', () => {
  it('finds the eigenvalues a matrix was made from, degenerate ones too', () => {
    const problem = fc.integer({ min: 1, max: 7 }).chain((n) =>
      fc.record({
        eigenvalues: fc.array(fc.oneof(value, fc.constantFrom(0, 1, -2)), { minLength: n, maxLength: n }),
        vectors: fc.array(fc.array(fc.tuple(value, value), { minLength: n, maxLength: n }), {
          minLength: 2,
          maxLength: 2,
        }),
      }),
    );
    fc.assert(
      fc.property(problem, ({ eigenvalues, vectors }) => {
        const found = hermitianEigenvalues(conjugated(eigenvalues, vectors));
        const expected = [...eigenvalues].sort((x, y) => x - y);
        found.forEach((eigenvalue, i) => {
          expect(eigenvalue).toBeCloseTo(expected[i]!, 9);
        });
      }),
    );
  });

  it('solves the 2×2 Pauli matrix σ_y', () => {
    const found = hermitianEigenvalues({
      order: 2,
      re: new Float64Array(4),
      im: Float64Array.of(0, -1, 1, 0),
    });
    expect(Array.from(found)).toEqual([expect.closeTo(-1, 14), expect.closeTo(1, 14)]);
  });

  it('solves the zero matrix and a large one whose trace and norm must survive', () => {
    expect(
      Array.from(hermitianEigenvalues({ order: 3, re: new Float64Array(9), im: new Float64Array(9) })),
    ).toEqual([0, 0, 0]);
    const n = 60;
    const re = Float64Array.from({ length: n * n }, (_, k) => Math.cos(Math.floor(k / n) * (k % n)));
    const im = Float64Array.from({ length: n * n }, (_, k) => Math.sin(Math.floor(k / n) - (k % n)));
    const found = hermitianEigenvalues({ order: n, re, im });
    const trace = found.reduce((sum, x) => sum + x, 0);
    const squares = found.reduce((sum, x) => sum + x * x, 0);
    expect(trace).toBeCloseTo(
      Array.from({ length: n }, (_, i) => re[i * n + i]!).reduce((sum, x) => sum + x),
      9,
    );
    expect(squares).toBeCloseTo(
      re.reduce((sum, x) => sum + x * x, 0) + im.reduce((sum, x) => sum + x * x, 0),
      6,
    );
  });
});
