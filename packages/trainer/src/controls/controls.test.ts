import { key } from '@bravais/tensor-core/random';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type PreparedMaterial, prepareMaterials } from '../model';
import { compositionColumns } from '../model/prepare';
import { experimentOver, someWithEveryView } from '../testing/every-view';
import { compositionControl, modalityScalars, scalarControl, shufflePartners } from '.';
import { leastSquares, standardization } from './least-squares';

const config = experimentOver(['structure', 'phononDos', 'description']);
const training = prepareMaterials(someWithEveryView('train', 40), config);
const tested = prepareMaterials(someWithEveryView('test', 20), config);
const MODALITIES = ['structure', 'phononDos', 'description'];

describe('leastSquares', () => {
  const number = fc.integer({ min: -30, max: 30 }).map((value) => value / 8);
  const matrix = (rows: number, columns: number) =>
    fc.array(fc.array(number, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    });

  test.prop([matrix(12, 3), matrix(3, 2), fc.array(number, { minLength: 2, maxLength: 2 })])(
    'finds the linear map that made its rows, offset and columns that do not vary included',
    (x, w, offset) => {
      // Rows of their own keep the columns independent.
      const rows = x.map((row, n) => [...row.map((value, c) => value + 40 * Number(n === c) * (c + 1)), 5]);
      const y = rows.map((row) =>
        offset.map((o, k) => w.reduce((sum, weights, c) => sum + weights[k]! * row[c]!, o)),
      );
      const found = leastSquares(rows, y, 1e-9).apply(rows);
      found.forEach((row, n) => {
        row.forEach((value, k) => {
          expect(Math.abs(value - y[n]![k]!)).toBeLessThan(1e-4 * (1 + Math.abs(y[n]![k]!)));
        });
      });
    },
  );

  it('of more columns than rows, or a strong ridge, falls back to the mean', () => {
    const x = [[1, 2, 3], [2, 4, 6]]; // biome-ignore format: a matrix
    const y = [[1], [3]];
    const [low, high] = leastSquares(x, y, 1e-6).apply(x);
    expect([low![0], high![0]]).toEqual([expect.closeTo(1, 4), expect.closeTo(3, 4)]);
    const [weak] = leastSquares(x, y, 1e9).apply(x);
    expect(weak![0]).toBeCloseTo(2, 6);
  });

  it('standardises to mean 0 and deviation 1, without the columns that do not vary', () => {
    const { columns, apply } = standardization([[1, 7], [3, 7]]); // biome-ignore format: a matrix
    expect(columns).toBe(1);
    expect([...apply([3, 7])]).toEqual([1]);
  });
});

describe('scalarControl', () => {
  it('finds every partner where one number tells them, and next to none where it does not', () => {
    const sized = (materials: readonly PreparedMaterial[], lengthOf: (row: number) => number) =>
      materials.map(({ structure, ...rest }, row) => {
        const graph = {
          ...structure!.graph,
          atomicNumbers: Uint8Array.of(1, 1),
          volumeAngstrom3: Math.exp(row / 8),
        };
        const description = 'a'.repeat(Math.round(100 * Math.exp(lengthOf(row) / 8)) - 1);
        return { ...rest, structure: { ...structure!, graph }, views: { description } };
      });
    const score = (lengthOf: (row: number) => number): number[] => {
      const { pairs } = scalarControl(
        ['structure', 'description'],
        sized(training, lengthOf),
        sized(tested, lengthOf),
      );
      expect(pairs.map(({ query, gallery, count }) => [query, gallery, count])).toEqual([
        ['structure', 'description', 20],
        ['description', 'structure', 20],
      ]);
      return pairs.map(({ scores }) => scores!.meanReciprocalRank);
    };
    expect(Math.min(...score((row) => row))).toBeGreaterThan(0.9);
    expect(Math.max(...score((row) => (row * 7) % 20))).toBeLessThan(0.5);
  });

  it('ranks only materials that have both, and says nothing of what it was not taught', () => {
    const some = tested.map(({ structure, ...rest }, row) =>
      row < 5 ? rest : { ...rest, structure: structure! },
    );
    const { pairs } = scalarControl(MODALITIES, training, some);
    expect(pairs.map(({ count }) => count)).toEqual([15, 15, 15, 20, 15, 20]);
    expect(scalarControl(MODALITIES, training.slice(0, 3), tested).pairs).toEqual([]);
  });

  it('has finite numbers of every view', () => {
    const everyView = experimentOver(['structure', ...Object.keys(training[0]!.views)]);
    const [material] = prepareMaterials(someWithEveryView('train', 1), everyView);
    for (const name of ['structure', ...Object.keys(material!.views)]) {
      const scalars = modalityScalars(material!, name)!;
      expect(scalars.length === 1 || scalars.length === 2, name).toBe(true);
      expect(scalars.every(Number.isFinite), name).toBe(true);
      expect(modalityScalars({ ...material!, views: {} }, name) === null).toBe(name !== 'structure');
    }
  });
});

describe('compositionControl', () => {
  const DIM = 6;
  /** Embeddings that follow the composition, or the row. */
  const embedded = (materials: readonly PreparedMaterial[], byComposition: boolean) => ({
    materials,
    embeddings: [
      { name: 'structure', rows: new Float32Array(materials.length * DIM).fill(1) },
      {
        name: 'phononDos',
        rows: Float32Array.from(
          materials.flatMap(({ structure }, row) => {
            const [a, b, c, ...rest] = structure!.descriptors.slice(
              compositionColumns - 6,
              compositionColumns,
            );
            return byComposition
              ? [a!, b!, c!, ...rest]
              : Array.from({ length: DIM }, (_, k) => Math.sin(97 * row + 31 * k));
          }),
        ),
      },
    ],
  });

  it('finds partners whose embeddings follow the composition, and others by chance', () => {
    const mrr = (byComposition: boolean) =>
      compositionControl(embedded(training, byComposition), embedded(tested, byComposition), DIM).pairs.map(
        ({ scores }) => scores!.meanReciprocalRank,
      );
    expect(Math.min(...mrr(true))).toBeGreaterThan(0.45);
    expect(Math.max(...mrr(false))).toBeLessThan(0.4);
  });
});

describe('shufflePartners', () => {
  it('deals each modality anew: the same values, the same gaps, other partners', () => {
    const lacking = training.map((material, row) => (row % 4 === 0 ? { ...material, views: {} } : material));
    const shuffled = shufflePartners(lacking, MODALITIES, key(3));
    expect(shuffled.map(({ id, split }) => [id, split])).toEqual(lacking.map(({ id, split }) => [id, split]));
    expect(shuffled.map(({ views }) => 'phononDos' in views)).toEqual(
      lacking.map(({ views }) => 'phononDos' in views),
    );
    expect(new Set(shuffled.map(({ structure }) => structure))).toEqual(
      new Set(lacking.map(({ structure }) => structure)),
    );
    expect(new Set(shuffled.map(({ views }) => views.phononDos))).toEqual(
      new Set(lacking.map(({ views }) => views.phononDos)),
    );
    const partnerOf = new Map(lacking.map(({ structure, views }) => [structure, views.phononDos]));
    const kept = shuffled.filter(
      ({ structure, views }) => views.phononDos && partnerOf.get(structure) === views.phononDos,
    );
    expect(kept.length).toBeLessThan(6);
    expect(shufflePartners(lacking, MODALITIES, key(3))).toEqual(shuffled);
    expect(shufflePartners(lacking, MODALITIES, key(4))).not.toEqual(shuffled);
  });
});
