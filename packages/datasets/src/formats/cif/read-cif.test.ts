import { describe, expect, it } from 'vitest';
import { composition, densityGramPerCm3, reducedFormula } from '../../structure/composition';
import { siteSpecies } from '../../structure/occupations';
import type { NamedStructure } from '../named-structure';
import { readCif } from './read-cif';

interface Parts {
  readonly cell?: readonly (number | string)[];
  readonly symmetry?: string;
  readonly columns?: string;
  readonly rows: string;
}

function cif({ cell = [5, 5, 5, 90, 90, 90], symmetry = '', columns = '', rows }: Parts): string {
  const names = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma'];
  const extra = columns.split(' ').filter((name) => name !== '');
  return [
    'data_test',
    ...names.map((name, i) => `_cell_${name} ${cell[i]}`),
    symmetry,
    'loop_',
    ...['label', 'fract_x', 'fract_y', 'fract_z', ...extra].map((name) => `_atom_site_${name}`),
    rows,
    '',
  ].join('\n');
}

const first = (parts: Parts | string): NamedStructure =>
  readCif(typeof parts === 'string' ? parts : cif(parts), { file: 'a.cif' }).structures[0]!;
const hm = (symbol: string): string => `_symmetry_space_group_name_H-M '${symbol}'`;
const operations = (...list: string[]): string =>
  `loop_\n_space_group_symop_id\n_space_group_symop_operation_xyz\n${list.map((text, i) => `${i + 1} '${text}'`).join('\n')}`;
const refusal = (parts: Parts | string): unknown => {
  try {
    first(parts);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('readCif', () => {
  it('applies listed operations and puts images of special positions together', () => {
    const { structure, name } = first({
      cell: ['5.640(1)', '5.640(1)', '5.640(1)', 90, 90, 90],
      symmetry: operations(
        'x,y,z',
        'x,y+1/2,z+1/2',
        'x+1/2,y,z+1/2',
        'x+1/2,y+1/2,z',
        '-x,-y,-z',
        '-x,1/2-y,1/2-z',
        '1/2-x,-y,1/2-z',
        '1/2-x,1/2-y,-z',
      ),
      rows: 'Na1 0 0 0\nCl1 .5 .5 .5',
    });
    expect(name).toBe('test');
    expect(composition(structure)).toEqual(
      new Map([
        ['Na', 4],
        ['Cl', 4],
      ]),
    ); // prettier-ignore
    expect(densityGramPerCm3(structure)).toBeCloseTo(2.163, 2);
  });

  it.each([
    ['F d -3 m', '0 0 0', 8],
    ['Fd-3m:2', '0.125 0.125 0.125', 8],
    ['Fd-3m:2', '0 0 0', 16],
    ['F d -3 m S', '0 0 0', 8],
    ['P 21/c', '.1 .2 .3', 4],
    ['P n m a', '.1 .25 .3', 4],
    ['I a 3 d', '0 0 0', 16],
    ['P -1', '.5 .5 .5', 1],
  ])('takes the operations of %s: %s has %i images', (symbol, place, images) => {
    expect(first({ symmetry: hm(symbol), rows: `Si ${place}` }).structure.atomicNumbers).toHaveLength(images);
  });

  it('takes a Hall symbol before the other, and a number where there is no symbol', () => {
    const hall = `_symmetry_space_group_name_Hall '-F 4vw 2vw 3'\n${hm('F d -3 m')}`;
    expect(first({ symmetry: hall, rows: 'Si .125 .125 .125' }).structure.atomicNumbers).toHaveLength(8);
    const number = first({ symmetry: '_space_group_IT_number 225', rows: 'Cu 0 0 0' });
    expect(number.structure.atomicNumbers).toHaveLength(4);
    expect(number.notes.join()).toContain('Fm-3m (225)');
  });

  it('chooses axes that fit the cell', () => {
    const rows = 'Bi .23 .23 .23';
    const hexagonal = first({
      cell: [4.5, 4.5, 11.9, 90, 90, 120],
      symmetry: hm('R -3 m'),
      rows: 'Bi 0 0 .23',
    });
    const rhombohedral = first({ cell: [4.7, 4.7, 4.7, 57, 57, 57], symmetry: hm('R -3 m'), rows });
    expect(hexagonal.structure.atomicNumbers).toHaveLength(6);
    expect(rhombohedral.structure.atomicNumbers).toHaveLength(2);
    const uniqueC = first({ cell: [5, 6, 7, 90, 90, 105], symmetry: hm('P 21/m'), rows: 'C .1 .2 .25' });
    expect(uniqueC.structure.atomicNumbers).toHaveLength(2);
    expect(refusal({ cell: [5, 5, 5, 90, 90, 120], symmetry: hm('P 42/m n m'), rows })).toMatchObject({
      code: 'DATA_INVALID',
      line: 8,
    });
  });

  it('chooses the origin that gives the formula of the file', () => {
    const parts = (formula: string): Parts => ({
      symmetry: `${hm('F d -3 m')}\n_chemical_formula_sum '${formula}'\n_cell_formula_units_Z 8`,
      rows: 'Mg .125 .125 .125\nAl .5 .5 .5\nO .2624 .2624 .2624',
    });
    const { structure, notes } = first(parts('Al2 Mg O4'));
    expect(reducedFormula(structure)).toBe('MgAl2O4');
    expect(notes.join()).toContain('choice 2');
    expect(first(parts('Al9 Mg O4')).notes.join()).toContain('the file states Al9 Mg1 O4');
  });

  it('takes rounded thirds for thirds', () => {
    const { structure } = first({
      cell: [3.2, 3.2, 5.2, 90, 90, 120],
      symmetry: hm('P 63/m m c'),
      rows: 'Mg 0.3333 0.6667 0.25',
    });
    expect(structure.atomicNumbers).toHaveLength(2);
    expect([...structure.fracCoords.subarray(0, 2)]).toEqual([1 / 3, 2 / 3]);
    expect(first({ rows: 'C 0.33334128 0 0' }).structure.fracCoords[0]).toBe(0.33334128);
  });

  it('puts a full atom next to a special position on it, a half one not', () => {
    const parts = (occupancy: number): Parts => ({
      cell: [10, 10, 10, 90, 90, 90],
      symmetry: operations('x,y,z', 'x,y,-z'),
      columns: 'occupancy',
      rows: `O1 .2 .3 .0015 ${occupancy}`,
    });
    const full = first(parts(1));
    expect(full.structure.atomicNumbers).toHaveLength(1);
    expect(full.structure.fracCoords[2]).toBe(0);
    expect(full.notes.join()).toContain('O1');
    expect(first(parts(0.5)).structure.atomicNumbers).toHaveLength(2);
    expect(refusal({ ...parts(1), rows: 'O1 .2 .3 .012 1' })).toMatchObject({ code: 'OVERLAPPING_SITES' });
  });

  it('joins species on one place, also where symmetry brings them together', () => {
    const { structure } = first({
      symmetry: operations('x,y,z', '-x,-y,-z'),
      columns: 'occupancy type_symbol',
      rows: 'M1 .1 .2 .3 .75(1) Fe3+\nM2 .9 .8 .7 0.25 Mg2+\nO1 .5 .5 .5 ? O2-\nX1 .4 .4 .4 0 Al3+',
    });
    expect(structure.atomicNumbers).toHaveLength(3);
    expect(siteSpecies(structure, 0)).toEqual([
      { atomicNumber: 26, symbol: 'Fe', occupancy: 0.75 },
      { atomicNumber: 12, symbol: 'Mg', occupancy: 0.25 },
    ]);
    expect(siteSpecies(structure, 2)[0]).toMatchObject({ symbol: 'O', occupancy: 1 });
  });

  it('says what it leaves out', () => {
    const { notes, structure } = first({
      columns: 'occupancy calc_flag attached_hydrogens U_iso_or_equiv',
      rows: 'D1 0 0 0 1 d 0 .01\nWat1 .5 .5 .5 1 d 2 .01\nC1 .2 .2 .2 0 d 0 .01\nC2 -1 -1 -1 1 dum 0 .01',
    });
    expect(reducedFormula(structure)).toBe('HO');
    for (const part of [
      'D and T',
      'Wat1',
      'occupancy 0 were left out (C1)',
      'dummy sites were left out (C2)',
      'displacement',
      'no symmetry is given',
      'attached',
    ])
      expect(notes.join('; ')).toContain(part);
  });

  it('reads the nuclei of a magnetic structure in its magnetic cell', () => {
    const text = `data_mno
_space_group_magn.number_BNS 15.90
_cell_length_a 4 _cell_length_b 4 _cell_length_c 8
_cell_angle_alpha 90 _cell_angle_beta 90 _cell_angle_gamma 90
loop_ _space_group_symop_magn_operation.id _space_group_symop_magn_operation.xyz
1 x,y,z,+1
2 -x,-y,-z,+1
loop_ _space_group_symop_magn_centering.id _space_group_symop_magn_centering.xyz
1 x,y,z,+1
2 x,y,z+1/2,-1
loop_ _atom_site_label _atom_site_type_symbol _atom_site_fract_x _atom_site_fract_y _atom_site_fract_z
Mn1 Mn 0 0 0
O1 O 0.5 0.5 0
loop_ _atom_site_moment.label _atom_site_moment.crystalaxis_x
Mn1 4.5
`;
    const { structure, notes } = first(text);
    expect(composition(structure)).toEqual(
      new Map([
        ['O', 2],
        ['Mn', 2],
      ]),
    ); // prettier-ignore
    expect(notes.join()).toMatch(/time reversal.*moments/s);
    const nameOnly = text.replace(
      /loop_ _space_group_symop_magn_operation[\s\S]*?(?=loop_ _atom_site_label)/,
      '',
    );
    expect(refusal(nameOnly)).toMatchObject({ code: 'DATA_UNSUPPORTED' });
  });

  it('reads every block with atoms, and says which it could not', () => {
    const good = cif({ rows: 'C 0 0 0' });
    const bad = good.replace('data_test', 'data_bad').replace('C 0 0 0', 'C 0 0 x');
    const { structures, notes } = readCif(`data_global\n_publ_contact 'x'\n${bad}${good}`, { file: 'a.cif' });
    expect(structures.map(({ name }) => name)).toEqual(['test']);
    expect(notes).toHaveLength(2);
    expect(notes[0]).toContain('_atom_site_fract_z');
  });

  it('completes a cell from the crystal system', () => {
    const text =
      'data_x _symmetry_cell_setting cubic _cell_length_a 3.6\n_atom_site_label Cu1 _atom_site_fract_x 0 _atom_site_fract_y 0 _atom_site_fract_z 0\n';
    expect(first(text).structure.latticeAngstrom).toEqual(Float64Array.of(3.6, 0, 0, 0, 3.6, 0, 0, 0, 3.6));
    expect(refusal(text.replace('cubic', 'orthorhombic'))).toMatchObject({ code: 'DATA_INVALID' });
  });
});

describe('readCif refuses', () => {
  const rows = 'C1 0 0 0';
  it.each<[string, Parts | string, string]>([
    ['no atoms', 'data_x _cell_length_a 1', 'DATA_INVALID'],
    ['coordinates that are missing', { rows: 'C1 ? 0 0' }, 'DATA_INVALID'],
    ['coordinates that do not apply', { rows: 'C1 . 0 0' }, 'DATA_INVALID'],
    ['NaN', { rows: 'C1 nan 0 0' }, 'DATA_INVALID'],
    ['numbers beyond all', { rows: 'C1 1e308 0 0' }, 'DATA_INVALID'],
    ['a row too short', { rows: 'C1 0 0' }, 'DATA_TRUNCATED'],
    ['elements that are none', { rows: 'Xx1 0 0 0' }, 'DATA_INVALID'],
    ['cells without volume', { cell: [5, 5, 0, 90, 90, 90], rows }, 'INVALID_CELL'],
    ['angles that cannot be', { cell: [5, 5, 5, 10, 90, 150], rows }, 'INVALID_CELL'],
    ['endless cells', { cell: [1e300, 5, 5, 90, 90, 90], rows }, 'OUT_OF_RANGE'],
    ['cells that are not given', { cell: ['?', 5, 5, 90, 90, 90], rows }, 'DATA_INVALID'],
    ['operations that are none', { symmetry: operations('x,y,z', 'x,x,z'), rows }, 'DATA_INVALID'],
    ['symbols that are none', { symmetry: hm('P 9'), rows }, 'DATA_INVALID'],
    ['negative occupancies', { columns: 'occupancy', rows: 'C1 0 0 0 -1' }, 'DATA_INVALID'],
    [
      'more than one atom on a place',
      { columns: 'occupancy', rows: 'C1 0 0 0 1\nN1 0 0 0 .5' },
      'INVALID_OCCUPANCY',
    ],
    ['atoms on top of each other', { rows: 'C1 0 0 0\nN1 0 0 .01' }, 'OVERLAPPING_SITES'],
    ['Cartesian coordinates', cif({ rows }).replaceAll('fract', 'Cartn'), 'DATA_INVALID'],
  ])('%s', (_, parts, code) => expect(refusal(parts)).toMatchObject({ code }));

  it('more sites than allowed, before it makes them', () => {
    const many = Array.from({ length: 600 }, (_, i) => `C${i} .${1000 + i} .2 .3`).join('\n');
    const text = cif({ symmetry: hm('F m -3 m'), rows: many });
    expect(() => readCif(text, { maxSites: 1000 })).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE' }),
    );
    // Of all four million, comparing places would take hours.
    const crowd = Array.from({ length: 20_000 }, (_, i) => `C${i} 0.${i} 0.2 0.3`).join('\n');
    expect(refusal({ symmetry: hm('F m -3 m'), rows: crowd })).toMatchObject({ code: 'DATA_TOO_LARGE' });
  });

  it('too many operations', () => {
    const list = Array.from({ length: 5000 }, (_, i) => `x+${i}/5000,y,z`);
    expect(refusal({ symmetry: operations(...list), rows })).toMatchObject({ code: 'DATA_TOO_LARGE' });
  });
});

it('reads bytes as well as text', () => {
  const bytes = new TextEncoder().encode(cif({ rows: 'C1 0 0 0' }));
  expect(readCif(bytes).structures[0]!.structure.atomicNumbers).toHaveLength(1);
});
