import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitmixWord } from '../retrieval/splitmix';
import { alignment, modalityGap, uniformity } from './alignment-uniformity';
import { effectiveRank } from './effective-rank';
import type { EmbeddingRows } from './embedding-rows';
import { InterpretError } from './interpret-error';
import { knnAccuracy } from './knn-accuracy';
import { linearProbe } from './linear-probe';
import { silhouette } from './silhouette';
import { symmetricEigenvalues } from './symmetric-eigenvalues';
import { trustworthiness } from './trustworthiness';

/** Two of these make a normal number by Box and Muller. */
const uniform = (seed: number, index: number): number => (splitmixWord(seed, index) + 0.5) / 2 ** 32;

function cloud(seed: number, count: number, dim: number): EmbeddingRows {
  const rows = Float32Array.from(
    { length: count * dim },
    (_, k) =>
      Math.sqrt(-2 * Math.log(uniform(seed, 2 * k))) * Math.cos(2 * Math.PI * uniform(seed, 2 * k + 1)),
  );
  return { rows, dim };
}

const of = (dim: number, ...rows: readonly number[][]): EmbeddingRows => ({
  rows: Float32Array.from(rows.flat()),
  dim,
});

function codeOf(measure: () => unknown): string {
  try {
    measure();
  } catch (error) {
    if (error instanceof InterpretError) return error.code;
    throw error;
  }
  return 'none';
}

const seeds = fc.integer({ min: 0, max: 1e6 });

describe('alignment, uniformity and gap', () => {
  it('do not change with lengths, nor when both modalities turn together', () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0, max: 6, noNaN: true }), (seed, angle) => {
        const [x, y] = [cloud(seed, 9, 2), cloud(seed + 1, 9, 2)];
        const turned = ({ rows }: EmbeddingRows): EmbeddingRows => ({
          dim: 2,
          rows: rows.map((_, k) => {
            const [a, b] = [rows[k - (k % 2)]!, rows[k - (k % 2) + 1]!];
            return (
              3 *
              (k % 2 === 0
                ? Math.cos(angle) * a - Math.sin(angle) * b
                : Math.sin(angle) * a + Math.cos(angle) * b)
            );
          }),
        });
        expect(alignment(turned(x), turned(y))).toBeCloseTo(alignment(x, y), 5);
        expect(modalityGap(turned(x), turned(y))).toBeCloseTo(modalityGap(x, y), 5);
        expect(uniformity(turned(x))).toBeCloseTo(uniformity(x), 5);
      }),
    );
  });

  it('have the values of hand', () => {
    const [x, opposite] = [of(2, [1, 0], [0, 2]), of(2, [-3, 0], [0, -1])];
    expect(alignment(x, x)).toBe(0);
    expect(alignment(x, opposite)).toBe(4);
    expect(modalityGap(x, opposite)).toBeCloseTo(Math.SQRT2, 12);
    expect(uniformity(x)).toBeCloseTo(-4, 12);
    expect(uniformity(of(2, [1, 1], [2, 2]))).toBeCloseTo(0, 12);
  });
});

describe('effective rank', () => {
  it('is the number of directions that are used alike', () => {
    const axes = (used: number): EmbeddingRows =>
      of(
        6,
        ...Array.from({ length: 2 * used }, (_, i) =>
          Array.from({ length: 6 }, (_, k) => (k === i >> 1 ? (-1) ** i : 0)),
        ),
      );
    for (const used of [1, 2, 5, 6]) expect(effectiveRank(axes(used))).toBeCloseTo(used, 6);
    expect(effectiveRank(of(3, [1, 2, 3], [1, 2, 3]))).toBe(0);
  });

  it('lies within 1 and dim, whatever the embeddings', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.integer({ min: 2, max: 20 }),
        fc.integer({ min: 1, max: 12 }),
        (seed, count, dim) => {
          const rank = effectiveRank(cloud(seed, count, dim));
          expect(rank).toBeGreaterThanOrEqual(1 - 1e-9);
          expect(rank).toBeLessThanOrEqual(Math.min(dim, count - 1) + 1e-6);
        },
      ),
    );
  });

  it('comes from eigenvalues with the right sums', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 10 }), (seed, size) => {
        const { rows } = cloud(seed, size, size);
        const symmetric = Array.from({ length: size }, (_, i) =>
          Float64Array.from({ length: size }, (_, j) => rows[i * size + j]! + rows[j * size + i]!),
        );
        const trace = symmetric.reduce((sum, row, i) => sum + row[i]!, 0);
        const squares = symmetric.flatMap((row) => [...row]).reduce((sum, value) => sum + value * value, 0);
        const values = symmetricEigenvalues(symmetric);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 9);
        expect(values.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(squares, 8);
        expect([...values]).toEqual([...values].sort((a, b) => b - a));
      }),
    );
  });
});

describe('neighbours, clusters and maps', () => {
  const clusters = of(2, [1, 0], [1, 0.1], [1, -0.1], [-1, 0], [-1, 0.1], [-1, -0.1]);
  const labels = ['a', 'a', 'a', 'b', 'b', 'b'];

  it('tell clusters that are there, and not labels that are noise', () => {
    expect(knnAccuracy(clusters, labels, 2)).toEqual({ accuracy: 1, majority: 0.5 });
    expect(silhouette(clusters, labels)).toBeGreaterThan(0.9);
    const noise = Array.from({ length: 400 }, (_, i) => splitmixWord(7, i) % 4);
    const { accuracy } = knnAccuracy(cloud(3, 400, 8), noise, 10);
    expect(Math.abs(accuracy - 0.25)).toBeLessThan(0.08);
    expect(Math.abs(silhouette(cloud(3, 400, 8), noise))).toBeLessThan(0.02);
  });

  it('gives a tied vote to the nearest', () => {
    const line = of(2, [1, 0], [1, 0.1], [1, 0.3]);
    expect(knnAccuracy(line, ['a', 'a', 'b'], 2).accuracy).toBeCloseTo(2 / 3, 12);
  });

  it('has the silhouette of hand', () => {
    const corners = of(2, [1, 0], [1, 0], [0, 1]);
    expect(silhouette(corners, ['a', 'a', 'b'])).toBeCloseTo(2 / 3, 12);
    expect(silhouette(corners, ['a', 'b', 'b'])).toBeCloseTo(-1 / 3, 12);
  });

  it('trusts a map that keeps neighbours, and not one at random', () => {
    const space = cloud(5, 120, 2);
    expect(trustworthiness(space, space, 12)).toBe(1);
    const scaled = { dim: 2, rows: space.rows.map((value) => 5 * value + 1) };
    expect(trustworthiness(space, scaled, 12)).toBe(1);
    expect(Math.abs(trustworthiness(space, cloud(6, 120, 2), 12) - 0.5)).toBeLessThan(0.1);
  });

  it('has the trustworthiness of hand', () => {
    const [line, swapped] = [of(1, [0], [1], [3], [7]), of(1, [0], [3], [1], [7])];
    // Nearest on the map: 0→2 (rank 2 in truth), 1→2 (rank 2), 2→0 (rank 2), 3→1 (rank 2).
    expect(trustworthiness(line, swapped, 1)).toBeCloseTo(1 - (2 * 4) / (4 * 1 * 4), 12);
  });
});

describe('linear probe', () => {
  it('finds a linear property and no other', () => {
    const x = cloud(11, 300, 6);
    const property = (at: number): number => 3 * x.rows[at * 6]! - x.rows[at * 6 + 4]! + 2;
    const values = Float64Array.from({ length: 300 }, (_, at) => property(at));
    expect(linearProbe(x, values).r2).toBeGreaterThan(0.999);
    const noise = cloud(12, 300, 1).rows;
    const probe = linearProbe(x, noise);
    expect(probe.r2).toBeLessThan(0.05);
    expect(probe.meanAbsoluteError).toBeGreaterThan(0.9 * probe.meanAbsoluteErrorOfMean);
    // As many columns as rows: only a strong ridge keeps a weak one from inventing something.
    expect(linearProbe(cloud(13, 100, 90), cloud(14, 100, 1).rows).r2).toBeGreaterThan(-0.3);
    values.fill(Number.NaN, 0, 100);
    expect(linearProbe(x, values).count).toBe(200);
  });
});

describe('what cannot be measured', () => {
  const two = cloud(1, 2, 3);
  it.each([
    ['NOT_FINITE', () => uniformity(of(1, [Number.NaN], [1]))],
    ['SHAPE', () => uniformity({ rows: new Float32Array(5), dim: 2 })],
    ['SHAPE', () => uniformity(cloud(1, 1, 3))],
    ['SHAPE', () => alignment(two, cloud(1, 3, 3))],
    ['SHAPE', () => knnAccuracy(two, ['a'], 1)],
    ['ARGUMENT', () => knnAccuracy(two, ['a', 'b'], 2)],
    ['ARGUMENT', () => silhouette(two, ['a', 'a'])],
    ['ARGUMENT', () => trustworthiness(cloud(1, 6, 2), cloud(1, 6, 2), 3)],
    ['SHAPE', () => trustworthiness(cloud(1, 6, 2), cloud(1, 5, 2), 1)],
    ['ARGUMENT', () => linearProbe(two, [1, 2])],
  ])('%s', (code, measure) => {
    expect(codeOf(measure)).toBe(code);
  });
});
