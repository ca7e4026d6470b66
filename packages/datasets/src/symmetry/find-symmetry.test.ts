import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composition } from '../structure/composition';
import { createStructure } from '../structure/create-structure';
import { latticeFromParameters, latticeVolume } from '../structure/lattice';
import type { Structure } from '../structure/structure';
import { supercell } from '../structure/supercell';
import { findSymmetry } from './find-symmetry';
import { translationCell } from './translation-cell';

const rockSalt = createStructure({
  latticeAngstrom: [0, 2.82, 2.82, 2.82, 0, 2.82, 2.82, 2.82, 0],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Na', 'Cl'],
});
const rutile = createStructure({
  latticeAngstrom: [4.594, 0, 0, 0, 4.594, 0, 0, 0, 2.959],
  fracCoords: [
    0, 0, 0, 0.5, 0.5, 0.5, 0.305, 0.305, 0, 0.695, 0.695, 0, 0.195, 0.805, 0.5, 0.805, 0.195, 0.5,
  ],
  atomicNumbers: ['Ti', 'Ti', 'O', 'O', 'O', 'O'],
});

function moved(structure: Structure, shift: readonly number[]): Structure {
  return createStructure({
    ...structure,
    atomicNumbers: structure.atomicNumbers,
    fracCoords: structure.fracCoords.map((x, k) => x + shift[k % 3]!),
  } as Parameters<typeof createStructure>[0]);
}

describe('findSymmetry', () => {
  it('names group, letters, orbits and standard cells', async () => {
    const salt = await findSymmetry(rockSalt);
    expect(salt).toMatchObject({
      number: 225,
      symbol: 'Fm-3m',
      hallSymbol: '-F 4 2 3',
      pearsonSymbol: 'cF8',
    });
    expect(salt.wyckoffLetters).toEqual(['a', 'b']);
    expect(salt.conventional.atomicNumbers).toHaveLength(8);
    expect(salt.primitive.atomicNumbers).toHaveLength(2);
    expect(latticeVolume(salt.conventional.latticeAngstrom)).toBeCloseTo(5.64 ** 3, 6);
    const titania = await findSymmetry(rutile);
    expect(titania).toMatchObject({ number: 136, symbol: 'P4_2/mnm' });
    expect(titania.wyckoffLetters.join('')).toBe('aaffff');
    expect([...titania.equivalentSites]).toEqual([0, 0, 2, 2, 2, 2]);
    expect(titania.siteSymmetries[0]).toBe('m.mm');
  });

  it('does not depend on origin or cell', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        fc.constantFrom([1, 1, 2], [2, 1, 1, 0, 1, 0, 0, 0, 1], [1, 1, 0, 0, 1, 1, 0, 0, 1]),
        async (shift, repeats) => {
          const found = await findSymmetry(supercell(moved(rutile, shift), repeats));
          expect(found.number).toBe(136);
          expect(found.primitive.atomicNumbers).toHaveLength(6);
          expect(new Set(found.wyckoffLetters).size).toBe(2);
          expect(new Set(found.equivalentSites).size).toBe(2);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('gives each site of a large supercell the letter of the one it repeats', async () => {
    const large = supercell(rutile, [5, 5, 6]);
    const { number, wyckoffLetters, equivalentSites, conventional } = await findSymmetry(large);
    expect(number).toBe(136);
    expect(wyckoffLetters).toEqual(Array.from(large.atomicNumbers, (z) => (z === 22 ? 'a' : 'f')));
    expect(new Set(equivalentSites).size).toBe(2);
    expect(composition(conventional)).toEqual(composition(rutile));
  });

  it('tells occupations apart: half a site is not the other half', async () => {
    const half = (left: number, right: number): Structure =>
      createStructure({
        latticeAngstrom: latticeFromParameters(3, 3, 3, 90, 90, 90),
        fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
        species: [left, right].map((occupancy) => [{ element: 'Fe', occupancy }]),
      });
    const same = await findSymmetry(half(0.5, 0.5));
    expect(same.number).toBe(229);
    expect(composition(same.conventional)).toEqual(new Map([['Fe', 1]]));
    const different = await findSymmetry(half(0.5, 0.6));
    expect(different.number).toBe(221);
    expect(composition(different.primitive).get('Fe')).toBeCloseTo(1.1, 12);
  });

  it('says what is wrong', async () => {
    await expect(findSymmetry(rutile, { maxSites: 5 })).rejects.toMatchObject({ code: 'SYMMETRY_TOO_LARGE' });
    const split = createStructure({
      latticeAngstrom: [5, 0, 0, 0, 5, 0, 0, 0, 5],
      fracCoords: [0, 0, 0, 0, 0, 1e-4],
      species: [[{ element: 'H', occupancy: 0.5 }], [{ element: 'H', occupancy: 0.5 }]],
    });
    await expect(findSymmetry(split)).rejects.toMatchObject({ code: 'SYMMETRY_NOT_FOUND' });
  });
});

describe('translationCell', () => {
  it('finds none in a cell that has none', () => {
    const kinds = Int32Array.from(rutile.atomicNumbers);
    expect(translationCell(rutile.latticeAngstrom, rutile.fracCoords, kinds, 0.01)).toBeNull();
  });

  it('undoes any supercell', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }), (repeats) => {
        const large = supercell(rutile, repeats);
        const cells = repeats[0]! * repeats[1]! * repeats[2]!;
        fc.pre(cells > 1);
        const cell = translationCell(large.latticeAngstrom, large.fracCoords, large.atomicNumbers, 0.01)!;
        expect(cell.representatives).toHaveLength(6);
        expect(latticeVolume(cell.latticeAngstrom)).toBeCloseTo(latticeVolume(rutile.latticeAngstrom), 6);
        large.atomicNumbers.forEach((z, site) => {
          expect(large.atomicNumbers[cell.representatives[cell.repeats[site]!]!]).toBe(z);
        });
      }),
      { numRuns: 20 },
    );
  });
});
