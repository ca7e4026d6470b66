import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridDivisions, qGrid } from './q-grid';

describe('qGrid', () => {
  const divisions = fc.tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
  );

  it('with −q added holds every half-shifted point once', () => {
    fc.assert(
      fc.property(divisions, (n) => {
        const all = qGrid(n).flatMap(({ q, weight }) => (weight === 2 ? [q, q.map((x) => 1 - x)] : [q]));
        const expected: string[] = [];
        for (let a = 0; a < n[0]; a++) {
          for (let b = 0; b < n[1]; b++) {
            for (let c = 0; c < n[2]; c++)
              expected.push(
                [(a + 0.5) / n[0], (b + 0.5) / n[1], (c + 0.5) / n[2]].map((x) => x.toFixed(9)).join(),
              );
          }
        }
        expect(all.map((q) => q.map((x) => x.toFixed(9)).join()).sort()).toEqual(expected.sort());
      }),
    );
  });
});

describe('gridDivisions', () => {
  it('halves when the cell doubles, and keeps at least one', () => {
    expect(gridDivisions([5, 0, 0, 0, 10, 0, 0, 0, 100], 30)).toEqual([6, 3, 1]);
    expect(gridDivisions([30 / 7, 0, 0, 0, 30 / 14, 0, 0, 0, 4.2], 30)).toEqual([7, 14, 8]);
  });
});
