import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphError } from '../graph/graph-error';
import { arbitraryDisordered, ofSpecies, speciesOf, supercell } from '../graph/testing';
import {
  compositionStatisticNames,
  compositionStatistics,
  type ElementPropertyTable,
  elementFractionLength,
  elementFractions,
} from './composition';

const atoms = fc.array(fc.integer({ min: 1, max: 118 }), { minLength: 1, maxLength: 20 });
const table: ElementPropertyTable = {
  names: ['number', 'inverse'],
  values: Array.from({ length: 2 * elementFractionLength }, (_, k) =>
    k % 2 === 0 ? k / 2 + 1 : 1 / ((k - 1) / 2 + 1),
  ),
};

describe('elementFractions', () => {
  it('adds up to 1 and counts the atoms', () => {
    fc.assert(
      fc.property(atoms, (z) => {
        const x = elementFractions(z);
        expect(x.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
        for (const element of z) {
          expect(x[element - 1]).toBe(Math.fround(z.filter((other) => other === element).length / z.length));
        }
      }),
    );
  });
});

describe('compositionStatistics', () => {
  it('gives the same bits for a supercell and for any order of sites', () => {
    fc.assert(
      fc.property(atoms, fc.integer({ min: 1, max: 6 }), (z, copies) => {
        const many = z.flatMap((element) => Array<number>(copies).fill(element)).reverse();
        expect(compositionStatistics(many, table)).toEqual(compositionStatistics(z, table));
        expect(elementFractions(many)).toEqual(elementFractions(z));
      }),
    );
  });

  it('is mean, standard deviation, minimum and maximum over the atoms', () => {
    expect(compositionStatisticNames(table).slice(0, 4)).toEqual([
      'number.mean',
      'number.std',
      'number.min',
      'number.max',
    ]);
    expect(Array.from(compositionStatistics([1, 1, 4, 2], table))).toEqual(
      [2, Math.sqrt(1.5), 1, 4, 0.6875, Math.sqrt(0.10546875), 0.25, 1].map(Math.fround),
    );
  });

  it('weights species by occupancy, vacancies by nothing', () => {
    const sites = ofSpecies([[[1, 0.5], [4, 0.25]], [[2, 0.25]]]); // biome-ignore format: sites
    expect(Array.from(elementFractions([1, 2], sites)).slice(0, 4)).toEqual([0.5, 0.25, 0, 0.25]);
    const values = Array.from(compositionStatistics([1, 2], table, sites));
    expect(values).toEqual(Array.from(compositionStatistics([1, 1, 4, 2], table)));
  });

  it('gives the same bits for an ordered crystal written as occupancies, and nearly for a disordered supercell', () => {
    fc.assert(
      fc.property(atoms, arbitraryDisordered(4), (z, crystal) => {
        const halves = ofSpecies(z.map((each) => [[each, 0.5], [each, 0.5]])); // biome-ignore format: sites
        expect(elementFractions(z, halves)).toEqual(elementFractions(z));
        expect(compositionStatistics(z, table, halves)).toEqual(compositionStatistics(z, table));
        const { atomicNumbers, occupations = null } = supercell(crystal, 2, 1, 3);
        const larger = compositionStatistics(atomicNumbers, table, occupations);
        compositionStatistics(crystal.atomicNumbers, table, crystal.occupations ?? null).forEach(
          (value, k) => {
            expect(larger[k]).toBeCloseTo(value, 4);
          },
        );
        const fractions = elementFractions(crystal.atomicNumbers, crystal.occupations);
        expect(fractions.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
        expect(fractions.filter((share) => share > 0)).toHaveLength(
          new Set(speciesOf(crystal.occupations!).flatMap((site) => site.map(([each]) => each))).size,
        );
      }),
    );
  });

  it('refuses a table of the wrong size, an element without value, no atoms', () => {
    const codeOf = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        return error instanceof GraphError ? error.code : String(error);
      }
      return 'no error';
    };
    const holes = {
      names: ['x'],
      values: Array.from({ length: 118 }, (_, row) => (row === 1 ? Number.NaN : 1)),
    };
    expect(codeOf(() => compositionStatistics([1], { names: ['x'], values: [1, 2] }))).toBe(
      'LENGTH_MISMATCH',
    );
    expect(codeOf(() => compositionStatistics([1, 2], holes))).toBe('UNKNOWN_ELEMENT');
    expect(codeOf(() => compositionStatistics([1, 3], holes))).toBe('no error');
    expect(codeOf(() => compositionStatistics([], holes))).toBe('NO_ATOMS');
    expect(codeOf(() => elementFractions([119]))).toBe('UNKNOWN_ELEMENT');
  });
});
