import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStructure } from '../../structure/create-structure';
import { latticeFromParameters, latticeVolume } from '../../structure/lattice';
import { siteSpecies } from '../../structure/occupations';
import type { Structure } from '../../structure/structure';
import { StructureError } from '../../structure/structure-error';
import { FormatError } from '../format-error';
import { readCif } from './read-cif';
import { writeCif } from './write-cif';

const length = fc.double({ min: 3, max: 30, noNaN: true });
const angle = fc.double({ min: 70, max: 110, noNaN: true });
const site = fc.record({
  frac: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0, max: 0.999999, noNaN: true }))),
  species: fc.uniqueArray(fc.integer({ min: 1, max: 118 }), { minLength: 1, maxLength: 3 }),
  vacant: fc.boolean(),
});

const structures: fc.Arbitrary<Structure> = fc
  .record({
    cell: fc.tuple(length, length, length, angle, angle, angle),
    sites: fc.array(site, { minLength: 1, maxLength: 12 }),
    leftHanded: fc.boolean(),
  })
  .map(({ cell, sites, leftHanded }) => {
    const lattice = latticeFromParameters(...cell).map((value, k) => (leftHanded && k >= 6 ? -value : value));
    try {
      return createStructure({
        latticeAngstrom: lattice,
        fracCoords: sites.flatMap(({ frac }) => frac),
        species: sites.map(({ species, vacant }) =>
          species.map((element) => ({ element, occupancy: (vacant ? 0.9 : 1) / species.length })),
        ),
      });
    } catch (error) {
      if (error instanceof StructureError) return null;
      throw error;
    }
  })
  .filter((structure) => structure !== null);

/** Σ over pairs of x, y, z differences as lengths in Å: what a change of axes keeps. */
function vector({ latticeAngstrom: l, fracCoords: f }: Structure, from: number, to: number): number {
  const d = [0, 1, 2].map((k) => {
    const delta = f[3 * to + k]! - f[3 * from + k]!;
    return Math.abs(delta - Math.round(delta)) > 0.499 ? 0.5 : delta - Math.round(delta);
  });
  return Math.hypot(...[0, 1, 2].map((k) => d[0]! * l[k]! + d[1]! * l[3 + k]! + d[2]! * l[6 + k]!));
}

describe('writeCif', () => {
  it('gives back volume, species and distances', () => {
    fc.assert(
      fc.property(structures, (structure) => {
        const text = writeCif(structure, 'any name');
        const { structure: again, name } = readCif(text).structures[0]!;
        expect(name).toBe('any_name');
        expect(latticeVolume(again.latticeAngstrom) / latticeVolume(structure.latticeAngstrom)).toBeCloseTo(
          1,
          10,
        );
        expect(again.atomicNumbers).toHaveLength(structure.atomicNumbers.length);
        for (let i = 0; i < again.atomicNumbers.length; i++) {
          const [now, before] = [siteSpecies(again, i), siteSpecies(structure, i)];
          expect(now.map(({ symbol }) => symbol)).toEqual(before.map(({ symbol }) => symbol));
          now.forEach(({ occupancy }, k) => {
            expect(occupancy).toBeCloseTo(before[k]!.occupancy, 8);
          });
          expect(vector(again, 0, i)).toBeCloseTo(vector(structure, 0, i), 3);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps the handedness of a left-handed lattice', () => {
    const twisted = createStructure({
      latticeAngstrom: [4, 0, 0, 0, 5, 0, 0, 0, -6],
      fracCoords: [0, 0, 0, 0.2, 0.1, 0.3],
      atomicNumbers: ['C', 'N'],
    });
    const { structure } = readCif(writeCif(twisted)).structures[0]!;
    expect([...structure.fracCoords.subarray(3)]).toEqual([0.8, 0.9, 0.7].map((x) => expect.closeTo(x, 9)));
  });
});

describe('a damaged CIF', () => {
  const text = writeCif(
    createStructure({
      latticeAngstrom: [4, 0, 0, 0, 4, 0, 0, 0, 4],
      fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
      atomicNumbers: ['Na', 'Cl'],
    }),
  ).replace("'x, y, z'", "'x, y, z'\n'-x, -y, -z'\nx+1/2,y+1/2,z+1/2");

  it('is read or refused, whatever bytes change', () => {
    const edit = fc.tuple(fc.nat(text.length), fc.nat(12), fc.string({ maxLength: 6, unit: 'binary-ascii' }));
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const damaged = edits.reduce(
          (all, [at, cut, put]) => all.slice(0, at) + put + all.slice(at + cut),
          text,
        );
        try {
          for (const { structure } of readCif(damaged).structures) {
            const species = Array.from(structure.atomicNumbers, (_, i) =>
              siteSpecies(structure, i).map(({ atomicNumber, occupancy }) => ({
                element: atomicNumber,
                occupancy,
              })),
            );
            expect(() =>
              createStructure({ ...structure, atomicNumbers: undefined, species } as never),
            ).not.toThrow();
          }
        } catch (error) {
          expect(error instanceof FormatError || error instanceof StructureError).toBe(true);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('is refused wherever it is cut inside the list of atoms', () => {
    const atoms = text.indexOf('Na1');
    for (let end = 20; end < text.length - 1; end++) {
      try {
        const { notes, structures: found } = readCif(text.slice(0, end));
        expect(end).toBeGreaterThan(atoms);
        expect([...notes, ...found[0]!.notes].join()).toMatch(/cut short|the file states/);
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/DATA_|INVALID|OVERLAP/) });
      }
    }
  });
});
