import { describe, expect, it } from 'vitest';
import { DataError } from '../../data-error';
import { latticeVolume } from '../../structure/lattice';
import { type PoscarReadOptions, readPoscar } from './read-poscar';

const HEAD = 'cell\n1.0\n4 0 0\n0 5 0\n0 0 6\n';
const BODY = 'Fe O\n1 2\nDirect\n0 0 0\n.5 .5 .5\n.5 0 .25\n';

function only(text: string, options?: PoscarReadOptions) {
  const { structures } = readPoscar(text, options);
  expect(structures).toHaveLength(1);
  return structures[0]!;
}

function failure(text: string): DataError {
  try {
    readPoscar(text, { file: 'POSCAR' });
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('readPoscar', () => {
  it('reads VASP 5', () => {
    const { name, structure, notes } = only(HEAD + BODY);
    expect(name).toBe('cell');
    expect(Array.from(structure.atomicNumbers)).toEqual([26, 8, 8]);
    expect(Array.from(structure.fracCoords)).toEqual([0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0, 0.25]);
    expect(notes).toEqual([]);
  });

  it('reads the symbols of VASP 6 with POTCAR names and hashes', () => {
    const { structure } = only(HEAD + BODY.replace('Fe O', 'Fe_pv/9c0b2d1e O_s/abc'));
    expect(Array.from(structure.atomicNumbers)).toEqual([26, 8, 8]);
  });

  it('reads symbols and counts that VASP breaks over several lines', () => {
    const { structure } = only(`${HEAD}Fe O\nFe\n1 1\n1\nDirect\n0 0 0\n.5 .5 .5\n.5 0 .25\n`);
    expect(Array.from(structure.atomicNumbers)).toEqual([26, 8, 26]);
  });

  it.each([
    ['one scale', '2.0', 8 * 120, [8, 10, 12]],
    ['a negative scale is the volume', '-960', 960, [8, 10, 12]],
    ['three scales', '2 3 0.5', 3 * 120, [8, 15, 3]],
  ])('%s', (_what, scale, volume, diagonal) => {
    const { structure } = only((HEAD + BODY).replace('1.0', scale));
    expect(latticeVolume(structure.latticeAngstrom)).toBeCloseTo(volume, 9);
    [0, 4, 8].forEach((k, axis) => {
      expect(structure.latticeAngstrom[k]).toBeCloseTo(diagonal[axis]!, 12);
    });
  });

  it.each(['2.0', '-960', '2 3 0.5'])('scales Cartesian positions with %s', (scale) => {
    const cartesian = BODY.replace('Direct', 'Cartesian').replace('.5 0 .25', '1 4 3');
    const { structure } = only((HEAD + cartesian).replace('1.0', scale));
    [0.25, 0.8, 0.5].forEach((x, k) => {
      expect(structure.fracCoords[6 + k]).toBeCloseTo(x, 12);
    });
  });

  it('leaves out selective dynamics and velocities, and says so', () => {
    const text = `${HEAD}Fe O\n1 2\nSelective dynamics\nDirect\n0 0 0 T T F\n.5 .5 .5 F F F\n.5 0 .25 T T T\n\n 0.1 0.2 0.3\n 0 0 0\n 0 0 0\n`;
    const { structure, notes } = only(text);
    expect(structure.atomicNumbers).toHaveLength(3);
    expect(notes).toEqual(['selective dynamics flags were left out', 'velocities were left out']);
  });

  it.each([
    ['the option', HEAD, '', { species: ['Fe', 'O'] }],
    ['symbols behind the positions', HEAD, ' Fe| O| O', {}],
    ['the first line', HEAD.replace('cell', 'Fe O'), '', {}],
    ['the first line with numbers', HEAD.replace('cell', 'Fe1 O2'), '', {}],
  ])('names the species of VASP 4 by %s', (_what, head, behind, options) => {
    const [a = '', b = '', c = ''] = behind.split('|');
    const { structure, notes } = only(`${head}1 2\nDirect\n0 0 0${a}\n.5 .5 .5${b}\n.5 0 .25${c}\n`, options);
    expect(Array.from(structure.atomicNumbers)).toEqual([26, 8, 8]);
    expect(notes[0]).toMatch(/^elements were/);
  });

  it('reads D as hydrogen, with a note', () => {
    const { structure, notes } = only(HEAD + BODY.replace('Fe', 'D'));
    expect(structure.atomicNumbers[0]).toBe(1);
    expect(notes).toHaveLength(1);
  });

  it('reads comments, carriage returns, tabs, D exponents and a byte order mark', () => {
    const text = `\ufeff${HEAD}${BODY}`
      .replace('1 2\n', ' 1\t2 ! counts\n')
      .replace('4 0 0', '4.0D+00 0 0 # a')
      .replaceAll('\n', '\r\n');
    expect(Array.from(only(text).structure.atomicNumbers)).toEqual([26, 8, 8]);
    expect(
      Array.from(readPoscar(new TextEncoder().encode(text)).structures[0]!.structure.atomicNumbers),
    ).toEqual([26, 8, 8]);
  });

  it.each([
    ['an empty file', '', 'DATA_TRUNCATED', 0],
    ['a comment alone', 'Si\n', 'DATA_TRUNCATED', 1],
    ['scale 0', (HEAD + BODY).replace('1.0', '0'), 'DATA_INVALID', 2],
    ['two scales', (HEAD + BODY).replace('1.0', '1 1'), 'DATA_INVALID', 2],
    ['a negative one of three scales', (HEAD + BODY).replace('1.0', '1 -1 1'), 'DATA_INVALID', 2],
    ['a scale that is text', (HEAD + BODY).replace('1.0', 'one'), 'DATA_INVALID', 2],
    ['NaN in the lattice', (HEAD + BODY).replace('0 5 0', '0 NaN 0'), 'DATA_INVALID', 4],
    ['Infinity in the lattice', (HEAD + BODY).replace('0 5 0', '0 inf 0'), 'DATA_INVALID', 4],
    ['a fourth component', (HEAD + BODY).replace('0 5 0', '0 5 0 1'), 'DATA_INVALID', 4],
    ['a hexadecimal number', (HEAD + BODY).replace('0 5 0', '0 0x5 0'), 'DATA_INVALID', 4],
    ['an unknown element', (HEAD + BODY).replace('Fe', 'Xx'), 'DATA_INVALID', 6],
    ['a million symbols', (HEAD + BODY).replace('Fe O', 'Fe '.repeat(1e6)), 'DATA_INVALID', 6],
    ['a million counts', (HEAD + BODY).replace('1 2', '0 '.repeat(1e6)), 'DATA_INVALID', 7],
    ['a negative count', (HEAD + BODY).replace('1 2', '1 -2'), 'DATA_INVALID', 7],
    ['a fractional count', (HEAD + BODY).replace('1 2', '1 1.5'), 'DATA_INVALID', 7],
    ['too few counts', (HEAD + BODY).replace('1 2', '3'), 'DATA_INVALID', 8],
    ['too many counts', (HEAD + BODY).replace('1 2', '1 1 1'), 'DATA_INVALID', 7],
    ['counts of 0', (HEAD + BODY).replace('1 2', '0 0'), 'DATA_INVALID', 7],
    ['a billion atoms', (HEAD + BODY).replace('1 2', '1 1000000000'), 'DATA_TOO_LARGE', 7],
    ['no mode', (HEAD + BODY).replace('Direct\n', ''), 'DATA_INVALID', 8],
    ['a trajectory', (HEAD + BODY).replace('Direct', 'Direct configuration= 1'), 'DATA_UNSUPPORTED', 8],
    ['too few positions', (HEAD + BODY).replace('1 2', '1 3'), 'DATA_TRUNCATED', 11],
    ['too many positions', (HEAD + BODY).replace('1 2', '1 1'), 'DATA_INVALID', 11],
    ['stars', (HEAD + BODY).replace('.5 0 .25', '.5 **** .25'), 'DATA_INVALID', 11],
    ['another element behind a position', (HEAD + BODY).replace('.25\n', '.25 Fe\n'), 'DATA_INVALID', 11],
    ['no names', `${HEAD}1 2\nDirect\n0 0 0\n.5 .5 .5\n.5 0 .25\n`, 'DATA_UNSUPPORTED', 10],
    ['bytes of something else', `${HEAD}\0`, 'DATA_CORRUPT', undefined],
  ])('refuses %s', (_what, text, code, line) => {
    const error = failure(text);
    expect(error).toMatchObject({ code, line });
    expect(error.message).toMatch(/^POSCAR(:\d+)? .+ expected.*, got .+\. [A-Z].+\.$/s);
  });

  it.each([
    ['1e308 as a coordinate', (HEAD + BODY).replace('.5 0 .25', '.5 0 1e308'), 'OUT_OF_RANGE'],
    ['1e308 in the lattice', (HEAD + BODY).replace('0 5 0', '0 1e308 0'), 'OUT_OF_RANGE'],
    ['a flat cell', (HEAD + BODY).replace('0 0 6', '0 1 0'), 'SINGULAR_LATTICE'],
    [
      'a flat cell with a volume',
      (HEAD + BODY).replace('0 0 6', '0 1 0').replace('1.0', '-20'),
      'SINGULAR_LATTICE',
    ],
    ['two atoms in one place', (HEAD + BODY).replace('.5 0 .25', '.5 .5 .5'), 'OVERLAPPING_SITES'],
  ])('refuses %s as a crystal', (_what, text, code) => {
    expect(() => readPoscar(text)).toThrow(expect.objectContaining({ name: 'StructureError', code }));
  });
});
