import { describe, expect, it } from 'vitest';
import { reducedFormula } from '../structure/composition';
import { latticeVolume } from '../structure/lattice';
import { compactStructure } from './compact-structure';

const where = 'train.jsonl.gz:12';
const record = {
  cell: [3.9, 3.9, 3.9, 90, 90, 90],
  el: ['Sr', 'Ti', 'O'],
  count: [1, 1, 3],
  f: [0, 0, 0, 50000, 50000, 50000, 50000, 50000, 0, 50000, 0, 50000, 0, 50000, 50000],
};

describe('compactStructure', () => {
  it('expands runs of species and scaled fractions', () => {
    const structure = compactStructure({ value: record, where });
    expect(reducedFormula(structure)).toBe('SrTiO3');
    expect(Array.from(structure.fracCoords.subarray(3, 9))).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0]);
    expect(latticeVolume(structure.latticeAngstrom)).toBeCloseTo(3.9 ** 3, 10);
  });

  it('takes lattice rows instead of lengths and angles', () => {
    const { cell: _, ...rest } = record;
    const structure = compactStructure({
      value: {
        ...rest,
        lattice: [
          [3.9, 0, 0],
          [0, 3.9, 0],
          [0, 0, 4],
        ],
      },
      where,
    });
    expect(structure.latticeAngstrom[8]).toBe(4);
  });

  it.each([
    ['a missing key', { f: undefined }, 'DATA_INVALID', /"f" must be a list of 15 numbers, got nothing/],
    ['a short list', { f: [0, 0, 0] }, 'DATA_INVALID', /"f" must be a list of 15 numbers, got \[0,0,0\]/],
    [
      'a text for a number',
      { cell: [1, 2, 3, 90, 90, 'x'] },
      'DATA_INVALID',
      /"cell" must be a list of 6 numbers/,
    ],
    ['no cell', { cell: undefined }, 'DATA_INVALID', /"cell" must be/],
    ['a broken lattice', { lattice: 'cubic' }, 'DATA_INVALID', /"lattice" must be/],
    ['negative counts', { count: [-1, 1, 3] }, 'DATA_INVALID', /"count" must be positive/],
    ['a huge count', { count: [1e9, 1, 3] }, 'DATA_INVALID', /"count" must be positive/],
    ['species that are no list', { el: 'Sr' }, 'DATA_INVALID', /"el" must be a list of strings/],
    ['an unknown element', { el: ['Sr', 'Ti', 'Ox'] }, 'UNKNOWN_ELEMENT', /got "Ox"/],
    ['no atoms', { el: [], count: [], f: [] }, 'NO_ATOMS', /at least one atom/],
    ['a flat cell', { cell: [3, 3, 3, 60, 60, 130] }, 'INVALID_CELL', /parallelepiped/],
    ['two atoms on one site', { f: new Array(15).fill(0) }, 'OVERLAPPING_SITES', /site 0 and site 1/],
  ])('names file and line of %s', (_, change, code, message) => {
    const read = (): unknown => compactStructure({ value: { ...record, ...change }, where });
    expect(read).toThrow(expect.objectContaining({ code, where }));
    expect(read).toThrow(message);
  });
});
