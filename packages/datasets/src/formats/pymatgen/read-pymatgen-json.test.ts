import { describe, expect, it } from 'vitest';
import { readPymatgenJson } from './read-pymatgen-json';

const site = { species: [{ element: 'Fe', occu: 1 }], abc: [0, 0, 0], xyz: [0, 0, 0], label: 'Fe' };
const iron = {
  '@module': 'pymatgen.core.structure',
  '@class': 'Structure',
  charge: null,
  lattice: { matrix: [[3, 0, 0], [0, 3, 0], [0, 0, 3]] }, // biome-ignore format: a matrix
  sites: [site],
};
const read = (value: unknown) => readPymatgenJson(JSON.stringify(value), { file: 'a.json' });

describe('readPymatgenJson', () => {
  it('reads occupancies, and says that it leaves out oxidation states, charges, spins and properties', () => {
    const species = [
      { element: 'Fe', oxidation_state: 3, properties: { spin: 5 }, occu: 0.25 },
      { element: 'Al', oxidation_state: 3, occu: 0.75 },
    ];
    const { structure, notes } = read({
      ...iron,
      charge: 1,
      sites: [{ ...site, species, properties: { magmom: 5 } }],
    }).structures[0]!;
    expect(Array.from(structure.occupations!.atomicNumbers)).toEqual([13, 26]);
    expect(Array.from(structure.occupations!.occupancies)).toEqual([0.75, 0.25]);
    expect(notes).toHaveLength(4);
  });

  it('reads a list of structures, and entries that hold one', () => {
    expect(
      read([iron, { '@class': 'ComputedStructureEntry', energy: -1, structure: iron }]).structures,
    ).toHaveLength(2);
  });

  it('says where a slab is taken as periodic', () => {
    const lattice = { ...iron.lattice, pbc: [true, true, false] };
    expect(read({ ...iron, lattice }).structures[0]!.notes).toEqual([
      'taken as periodic along c, where the file says it is not',
    ]);
  });

  it('reads a lattice of lengths and angles', () => {
    const lattice = { a: 3, b: 4, c: 5, alpha: 90, beta: 90, gamma: 120 };
    const { latticeAngstrom } = read({ ...iron, lattice }).structures[0]!.structure;
    expect(latticeAngstrom[3]).toBeCloseTo(-2, 12);
  });

  it.each([
    ['null', null, 'DATA_INVALID'],
    ['a number', 3, 'DATA_INVALID'],
    ['an empty list', [], 'DATA_INVALID'],
    ['an empty object', {}, 'DATA_UNSUPPORTED'],
    ['a molecule', { '@class': 'Molecule', sites: [site] }, 'DATA_UNSUPPORTED'],
    ['something else', { '@class': 'Composition', Fe: 2 }, 'DATA_UNSUPPORTED'],
    ['sites that are no list', { ...iron, sites: { length: 1e9 } }, 'DATA_INVALID'],
    ['a lattice of two rows', { ...iron, lattice: { matrix: [[3, 0, 0], [0, 3, 0]] } }, 'DATA_INVALID'], // biome-ignore format: a matrix
    ['a lattice of text', { ...iron, lattice: { matrix: [['3', 0, 0], [0, 3, 0], [0, 0, 3]] } }, 'DATA_INVALID'], // biome-ignore format: a matrix
    ['a dummy', { ...iron, sites: [{ ...site, species: [{ element: 'X0+', occu: 1 }] }] }, 'DATA_INVALID'],
    ['no occupancy', { ...iron, sites: [{ ...site, species: [{ element: 'Fe' }] }] }, 'DATA_INVALID'],
    ['two coordinates', { ...iron, sites: [{ ...site, abc: [0, 0] }] }, 'DATA_INVALID'],
    ['missing coordinates', { ...iron, sites: [{ ...site, abc: [0, 0, null] }] }, 'DATA_INVALID'],
    [
      'names from the prototype',
      { ...iron, sites: [{ ...site, species: [{ element: 'constructor', occu: 1 }] }] },
      'DATA_INVALID',
    ],
  ])('refuses %s', (_what, value, code) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ name: 'FormatError', code, file: 'a.json' }));
  });

  it.each([
    ['no sites', { ...iron, sites: [] }, 'NO_ATOMS'],
    [
      'an occupancy of 2',
      { ...iron, sites: [{ ...site, species: [{ element: 'Fe', occu: 2 }] }] },
      'INVALID_OCCUPANCY',
    ],
    [
      'a negative occupancy',
      { ...iron, sites: [{ ...site, species: [{ element: 'Fe', occu: -1 }] }] },
      'INVALID_OCCUPANCY',
    ],
  ])('refuses %s as a crystal', (_what, value, code) => {
    expect(() => read(value)).toThrow(expect.objectContaining({ name: 'StructureError', code }));
  });

  it('refuses text that stops, and a hundred thousand brackets', () => {
    const text = JSON.stringify(iron);
    expect(() => readPymatgenJson(text.slice(0, -20))).toThrow(
      expect.objectContaining({ code: 'DATA_TRUNCATED' }),
    );
    expect(() => readPymatgenJson('['.repeat(1e5) + ']'.repeat(1e5))).toThrow(
      expect.objectContaining({ name: 'FormatError' }),
    );
    expect(() => readPymatgenJson('{"lattice": NaN}')).toThrow(
      expect.objectContaining({ code: 'DATA_INVALID' }),
    );
  });
});
