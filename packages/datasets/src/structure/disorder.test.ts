import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composition, densityGramPerCm3, reducedFormula } from './composition';
import { createStructure } from './create-structure';
import { isOrdered, siteSpecies } from './occupations';
import { orderStructure } from './order-structure';
import { pymatgenFormula } from './pymatgen-formula';
import { requireOrdered } from './require-ordered';
import type { Structure } from './structure';
import { supercell } from './supercell';

const cube = (a: number): number[] => [a, 0, 0, 0, a, 0, 0, 0, a];

function shared(shares: readonly (readonly [string, number])[], frac = [0, 0, 0], edge = 4): Structure {
  const species = shares.map(([element, occupancy]) => ({ element, occupancy }));
  const sites = Array.from({ length: frac.length / 3 }, () => species);
  return createStructure({ latticeAngstrom: cube(edge), fracCoords: frac, species: sites });
}

const refused = (make: () => unknown): string => {
  try {
    make();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('shared sites', () => {
  it('hold their species most abundant first, equal ones by atomic number, once each', () => {
    const structure = shared([
      ['Au', 0.25],
      ['Cu', 0.25],
      ['Ni', 0.3],
      ['Cu', 0.1],
    ]);
    expect(siteSpecies(structure, 0).map(({ symbol }) => symbol)).toEqual(['Cu', 'Ni', 'Au']);
    expect(structure.atomicNumbers).toEqual(Uint8Array.of(29));
    expect(
      siteSpecies(
        shared([
          ['Zn', 0.5],
          ['Cu', 0.5],
        ]),
        0,
      )[0],
    ).toEqual({ atomicNumber: 29, symbol: 'Cu', occupancy: 0.5 }); // prettier-ignore
  });

  it('are ordered where every one is full', () => {
    expect(isOrdered(shared([['Cu', 1]]))).toBe(true);
    expect(
      isOrdered(
        shared([
          ['Cu', 0.6],
          ['Cu', 0.4],
        ]),
      ),
    ).toBe(true); // prettier-ignore
    expect(isOrdered(shared([['Cu', 0.99]]))).toBe(false);
    expect(() => requireOrdered(shared([['Cu', 0.99]]), 'POSCAR')).toThrow(/^POSCAR: .*Cu 0.99 at site 0/);
    expect(() => requireOrdered(shared([['Cu', 1]]), 'POSCAR')).not.toThrow();
  });

  it('count in composition, density and formula by their occupancy', () => {
    const alloy = shared([
      ['Cu', 0.75],
      ['Au', 0.25],
    ]); // prettier-ignore
    expect([...composition(alloy)]).toEqual([
      ['Cu', 0.75],
      ['Au', 0.25],
    ]);
    expect(pymatgenFormula(alloy)).toBe('Cu0.75Au0.25');
    const massU = 0.75 * 63.546 + 0.25 * 196.97;
    expect(densityGramPerCm3(alloy)).toBeCloseTo((massU * 1.6605390666) / 64, 10);
    expect(reducedFormula(supercell(alloy, [2, 2, 1]))).toBe('Cu3Au');
  });

  it('keep sums up to 1.001 and refuse more, nothing, and what is no number', () => {
    const total = (occupancy: number): Structure =>
      shared([
        ['Fe', 0.5],
        ['Co', occupancy],
      ]); // prettier-ignore
    const rounded = siteSpecies(total(0.5009), 0).reduce((sum, { occupancy }) => sum + occupancy, 0);
    expect(rounded).toBeCloseTo(1, 14);
    for (const occupancy of [0.502, 1, 0, -0.1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(refused(() => total(occupancy))).toBe('INVALID_OCCUPANCY');
    expect(refused(() => shared([]))).toBe('INVALID_OCCUPANCY');
    expect(refused(() => shared([['Xx', 1]]))).toBe('UNKNOWN_ELEMENT');
  });

  it('may be as close as split positions are, if there is room for both', () => {
    const split = [0, 0, 0, 0.02, 0, 0];
    expect(refused(() => shared([['Fe', 0.5]], split))).toBe('none');
    expect(refused(() => shared([['Fe', 0.51]], split))).toBe('OVERLAPPING_SITES');
  });

  it('cannot be so many in one place that their pairs would be counted without end', () => {
    const crowd = Array.from({ length: 3 * 50_000 }, (_, k) => (k % 3 === 0 ? 0.5 + (k * 1e-9) / 3 : 0.5));
    expect(refused(() => shared([['H', 1e-6]], crowd, 1000))).toBe('OVERLAPPING_SITES');
  });
});

describe('large cells', () => {
  it('with 100,000 sites in one plane are taken', () => {
    const side = 316;
    const frac = Array.from({ length: side * side }, (_, k) => [
      0.5,
      (k % side) / side,
      Math.floor(k / side) / side,
    ]);
    const { atomicNumbers } = createStructure({
      latticeAngstrom: cube(1000),
      fracCoords: frac.flat(),
      atomicNumbers: new Uint8Array(side * side).fill(6),
    });
    expect(atomicNumbers).toHaveLength(side * side);
  });

  it('of extreme shape and numbers out of range are refused', () => {
    const one = { fracCoords: [0, 0, 0], atomicNumbers: [6] };
    expect(refused(() => createStructure({ ...one, latticeAngstrom: cube(1e6) }))).toBe('OUT_OF_RANGE');
    expect(
      refused(() => createStructure({ ...one, latticeAngstrom: cube(4), fracCoords: [1e308, 0, 0] })),
    ).toBe('OUT_OF_RANGE');
    const needle = [1e4, 0, 0, 1e4, 0.5, 0, 1e4, 0, 0.5];
    expect(refused(() => createStructure({ ...one, latticeAngstrom: needle }))).toBe('none');
  });
});

describe('orderStructure', () => {
  it('keeps the composition of any mixture in halves and quarters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 4 }), (quarters, rest) => {
        fc.pre(quarters + rest <= 4);
        const shares = [
          ['Cu', quarters / 4],
          ['Au', rest / 4],
        ].filter(([, share]) => share !== 0) as [string, number][]; // prettier-ignore
        const ordered = orderStructure(shared(shares));
        expect(isOrdered(ordered)).toBe(true);
        const cells = ordered.latticeAngstrom.reduce((product, value) => product * (value || 1), 1) / 64;
        for (const [symbol, share] of shares)
          expect(composition(ordered).get(symbol)).toBeCloseTo(share * cells, 8);
      }),
    );
  });

  it('puts equal species apart: half of a simple cube alternates', () => {
    const cell = supercell(
      shared([
        ['Na', 0.5],
        ['Cl', 0.5],
      ]),
      [2, 2, 2],
    ); // prettier-ignore
    const ordered = orderStructure(cell);
    expect(ordered.atomicNumbers.filter((z) => z === 11)).toHaveLength(4);
    const parity = (site: number): number =>
      [0, 1, 2].reduce((sum, k) => sum + Math.round(2 * ordered.fracCoords[3 * site + k]!), 0) % 2;
    const sodium = [...ordered.atomicNumbers.keys()].filter((site) => ordered.atomicNumbers[site] === 11);
    expect(new Set(sodium.map(parity)).size).toBe(1);
  });

  it('says where there is no such cell, and leaves ordered ones alone', () => {
    const odd = shared([['Cu', 0.377]]); // prettier-ignore
    expect(refused(() => orderStructure(odd, { maxSites: 10, tolerance: 1e-4 }))).toBe('NOT_ORDERED');
    const copper = shared([['Cu', 1]]);
    expect(orderStructure(copper)).toBe(copper);
  });
});

describe('pymatgenFormula', () => {
  it.each([
    [[20, 8, 8, 1, 1], 'Ca(HO)2'],
    [[26, 26, 8, 8, 8], 'Fe2O3'],
    [[8, 8], 'O2'],
    [[8], 'O2'],
    [[11, 11, 8, 8], 'Na2O2'],
    [[1, 1, 8], 'H2O'],
    [[42, 42, 74, 52, 52, 16, 16, 34, 34], 'Te2Mo2W(SeS)2'],
    [[70, 8], 'YbO'],
    [[6, 6, 6, 6], 'C'],
    [[12, 13, 13, 8, 8, 8, 8], 'MgAl2O4'],
  ])('writes %j as %s', (atomicNumbers, formula) => {
    expect(pymatgenFormula({ atomicNumbers: Uint8Array.from(atomicNumbers) })).toBe(formula);
  });
});
