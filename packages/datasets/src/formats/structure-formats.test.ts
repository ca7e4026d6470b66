import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { createStructure } from '../structure/create-structure';
import { siteSpecies } from '../structure/occupations';
import type { Structure } from '../structure/structure';
import { StructureError } from '../structure/structure-error';
import { readExtxyz } from './extxyz/read-extxyz';
import { writeExtxyz } from './extxyz/write-extxyz';
import type { StructureFile } from './named-structure';
import { readPoscar } from './poscar/read-poscar';
import { writePoscar } from './poscar/write-poscar';
import { readPymatgenJson } from './pymatgen/read-pymatgen-json';
import { toPymatgenDict } from './pymatgen/write-pymatgen-json';
import { disorderedStructure, orderedStructure } from './testing/arbitrary-structure';

interface Format {
  readonly write: (structure: Structure) => string;
  readonly read: (text: string) => StructureFile;
  /** Fractional coordinates are rounded by the way through Cartesian ones. */
  readonly tolerance: number;
}

const json: Format = {
  write: (structure) => JSON.stringify(toPymatgenDict(structure)),
  read: (text) => readPymatgenJson(text),
  tolerance: 0,
};

const formats: readonly (readonly [string, Format])[] = [
  ['POSCAR', { write: (s) => writePoscar(s, 'x'), read: (text) => readPoscar(text), tolerance: 0 }],
  ['extended XYZ', { write: writeExtxyz, read: (text) => readExtxyz(text), tolerance: 1e-12 }],
  ['pymatgen JSON', json],
];

function expectSame(found: Structure, expected: Structure, tolerance: number): void {
  expect(Array.from(found.latticeAngstrom)).toEqual(Array.from(expected.latticeAngstrom));
  expect(found.atomicNumbers).toEqual(expected.atomicNumbers);
  expect(found.occupations).toEqual(expected.occupations);
  const furthest = found.fracCoords.reduce((most, x, k) => {
    const apart = Math.abs(x - expected.fracCoords[k]!);
    return Math.max(most, Math.min(apart, 1 - apart));
  }, 0);
  expect(furthest).toBeLessThanOrEqual(tolerance);
}

/** What {@link createStructure} accepts, it accepts again and leaves as it is. */
function expectSound(structure: Structure): void {
  const again = createStructure({
    latticeAngstrom: structure.latticeAngstrom,
    fracCoords: structure.fracCoords,
    species: Array.from(structure.atomicNumbers, (_, site) =>
      siteSpecies(structure, site).map(({ symbol, occupancy }) => ({ element: symbol, occupancy })),
    ),
  });
  expect(again).toEqual(structure);
}

/** Characters that parsers stumble over. */
const edit = fc.record({
  at: fc.nat(2000),
  remove: fc.nat(12),
  insert: fc.constantFrom(
    '',
    '-',
    '.',
    '0',
    '9999999999',
    '1e308',
    '-1e308',
    'NaN',
    'inf',
    ' ',
    '\n',
    '\n\n',
    '\r',
    '"',
    "'",
    '{',
    '[',
    ']',
    '}',
    ',',
    'D',
    'Xx',
    '*****',
    '\u0000',
    '=',
    '\ud800',
    ':',
  ),
});

describe.each(formats)('%s', (_name, { write, read, tolerance }) => {
  it('gives back every ordered structure', () => {
    fc.assert(
      fc.property(orderedStructure, (structure) => {
        const { structures, notes } = read(write(structure));
        expect(structures).toHaveLength(1);
        expect([...structures[0]!.notes, ...notes]).toEqual([]);
        expectSame(structures[0]!.structure, structure, tolerance);
      }),
    );
  });

  it('survives random edits: a sound structure or a typed error', () => {
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(orderedStructure, fc.array(edit, { minLength: 1, maxLength: 4 }), (structure, edits) => {
        const text = edits.reduce((now, { at, remove, insert }) => {
          const start = at % (now.length + 1);
          return now.slice(0, start) + insert + now.slice(start + remove);
        }, write(structure));
        try {
          for (const item of read(text).structures) expectSound(item.structure);
          accepted++;
        } catch (error) {
          if (!(error instanceof DataError || error instanceof StructureError)) throw error;
          refused++;
        }
      }),
      { numRuns: 400 },
    );
    expect(Math.min(accepted, refused)).toBeGreaterThan(5);
  });

  it('refuses any text that is none of it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(() => read(text)).toThrow(DataError);
      }),
    );
  });
});

describe('disorder', () => {
  it('comes back from pymatgen JSON', () => {
    fc.assert(
      fc.property(disorderedStructure, (structure) => {
        expectSame(json.read(json.write(structure)).structures[0]!.structure, structure, 0);
      }),
    );
  });

  it.each([
    ['POSCAR', writePoscar],
    ['extended XYZ', writeExtxyz],
  ])('cannot be written as %s', (_name, write) => {
    const half = createStructure({
      latticeAngstrom: [3, 0, 0, 0, 3, 0, 0, 0, 3],
      fracCoords: [0, 0, 0],
      species: [[{ element: 'Fe', occupancy: 0.5 }]],
    });
    expect(() => write(half)).toThrow(expect.objectContaining({ code: 'NOT_ORDERED' }));
  });
});
