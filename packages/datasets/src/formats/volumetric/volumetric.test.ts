import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data-error';
import { StructureError } from '../../structure/structure-error';
import { readChgcar } from './read-chgcar';
import { readCube } from './read-cube';
import { readLocpot } from './read-locpot';

const HEAD = 'NaCl\n1.0\n4 0 0\n0 5 0\n0 0 6\nNa Cl\n1 1\nDirect\n0 0 0\n.5 .5 .5\n\n';
const VOLUME = 120;
const SHAPE = [2, 3, 4] as const;
const AUGMENTATION = 'augmentation occupancies   1   3\n 0.1E+00 0.2E+01\n -0.3E+00\n';

/** `count` numbers from `first` on, five a line as VASP writes them. */
function grid(first: number, count = 24): string {
  const values = Array.from({ length: count }, (_, k) => (first + k).toExponential(10));
  const lines = Array.from({ length: Math.ceil(count / 5) }, (_, k) =>
    values.slice(5 * k, 5 * k + 5).join(' '),
  );
  return `   2    3    4\n${lines.join('\n')}\n`;
}

describe('readChgcar', () => {
  it('divides by the volume and keeps the order of the file', async () => {
    const { name, shape, channels, unit, structure, notes } = await readChgcar(HEAD + grid(0));
    expect([name, shape, unit]).toEqual(['NaCl', SHAPE, 'electron/Å³']);
    expect(structure.atomicNumbers).toHaveLength(2);
    expect(Object.keys(channels)).toEqual(['total']);
    const [i, j, k] = [1, 2, 3];
    expect(channels.total![i + 2 * (j + 3 * k)]).toBeCloseTo((1 + 2 * 2 + 6 * 3) / VOLUME, 14);
    expect(notes).toEqual([]);
  });

  it.each([
    [2, ['total', 'diff']],
    [4, ['total', 'diff_x', 'diff_y', 'diff_z']],
  ])('reads %d channels and skips the augmentation between them', async (count, names) => {
    const magnetisation = ' 1.0 2.0\n';
    const text = Array.from({ length: count }, (_, k) => grid(100 * k) + AUGMENTATION + magnetisation).join(
      '',
    );
    const { channels, notes } = await readChgcar(HEAD + text);
    expect(Object.keys(channels)).toEqual(names);
    names.forEach((name, k) => {
      expect(channels[name]![0]).toBeCloseTo((100 * k) / VOLUME, 12);
    });
    expect(notes).toEqual(['augmentation occupancies were left out']);
  });

  it.each([
    ['a POSCAR', HEAD, 'DATA_TRUNCATED'],
    ['a grid of 0', `${HEAD}0 3 4\n`, 'DATA_INVALID'],
    ['a negative grid', `${HEAD}-2 3 4\n`, 'DATA_INVALID'],
    ['two numbers for the grid', `${HEAD}2 3\n`, 'DATA_INVALID'],
    ['a grid of 10^12 points', `${HEAD}10000 10000 10000\n1 2 3\n`, 'DATA_TOO_LARGE'],
    ['a grid that is promised only', `${HEAD}500 500 500\n1 2 3\n`, 'DATA_TRUNCATED'],
    ['a grid that is cut short', HEAD + grid(0, 23), 'DATA_TRUNCATED'],
    ['stars', HEAD + grid(0).replace('5.0000000000e+0', '***************'), 'DATA_INVALID'],
    ['1e300', HEAD + grid(0).replace('5.0000000000e+0', '1e300'), 'DATA_INVALID'],
    ['NaN', HEAD + grid(0).replace('5.0000000000e+0', 'NaN'), 'DATA_INVALID'],
    ['another second grid', `${HEAD + grid(0)}2 3 5\n1 2 3\n`, 'DATA_INVALID'],
    ['a second grid that is cut short', HEAD + grid(0) + grid(0, 20), 'DATA_TRUNCATED'],
    ['three grids', HEAD + grid(0) + grid(0) + grid(0), 'DATA_UNSUPPORTED'],
    ['five grids', HEAD + grid(0).repeat(5), 'DATA_UNSUPPORTED'],
  ])('refuses %s', async (_what, text, code) => {
    await expect(readChgcar(text, { file: 'CHGCAR' })).rejects.toMatchObject({
      name: 'FormatError',
      code,
      file: 'CHGCAR',
    });
  });
});

describe('readLocpot', () => {
  it.each([
    [1, ['total']],
    [2, ['up', 'down']],
    [4, ['total', 'b1', 'b2', 'b3']],
  ])('reads %d channels in eV', async (count, names) => {
    const text = Array.from({ length: count }, (_, k) => grid(k)).join('');
    const { channels, unit } = await readLocpot(HEAD + text);
    expect([Object.keys(channels), unit]).toEqual([names, 'eV']);
    names.forEach((name, k) => {
      expect(channels[name]![3]).toBe(k + 3);
    });
  });
});

const BOHR = 0.529177210903;
const cube = (counts: readonly number[], origin = '0 0 0'): string =>
  [
    'density',
    'of something',
    `2 ${origin}`,
    `${counts[0]} 2.0 0 0`,
    `${counts[1]} 0 2.0 0`,
    `${counts[2]} 0 0 2.0`,
    '11 11.0 0 0 0',
    '17 17.0 2 3 4',
    ...Array.from({ length: 6 }, (_, k) => Array.from({ length: 4 }, (__, l) => 4 * k + l).join(' ')),
    '',
  ].join('\n');

describe('readCube', () => {
  it('turns bohr into Å and the last axis first', async () => {
    const { structure, shape, channels, unit } = await readCube(cube(SHAPE));
    expect([shape, unit]).toEqual([SHAPE, 'electron/Å³']);
    [0, 4, 8].forEach((at, k) => {
      expect(structure.latticeAngstrom[at]).toBeCloseTo(2 * SHAPE[k]! * BOHR, 12);
    });
    [0, 0, 0, 0.5, 0.5, 0.5].forEach((x, k) => {
      expect(structure.fracCoords[k]).toBeCloseTo(x, 12);
    });
    const [i, j, k] = [1, 2, 3];
    expect(channels.total![i + 2 * (j + 3 * k)]).toBeCloseTo((12 * i + 4 * j + k) / BOHR ** 3, 10);
  });

  it('takes negative grid counts as Å, and positions from the origin', async () => {
    const { structure, notes } = await readCube(cube([-2, -3, -4], '1 1 1'));
    expect(structure.latticeAngstrom[0]).toBe(4);
    expect(structure.fracCoords[3]).toBeCloseTo(0.25, 12);
    expect(notes).toContain('positions count from the origin of the grid');
  });

  it.each([
    ['nothing', '', 'DATA_TRUNCATED'],
    ['orbitals', cube(SHAPE).replace('2 0 0 0', '-2 0 0 0'), 'DATA_UNSUPPORTED'],
    ['several values a point', cube(SHAPE).replace('2 0 0 0', '2 0 0 0 3'), 'DATA_UNSUPPORTED'],
    ['half an atom', cube(SHAPE).replace('2 0 0 0', '2.5 0 0 0'), 'DATA_INVALID'],
    ['units that are mixed', cube([2, -3, 4]), 'DATA_INVALID'],
    ['a grid that is too large', cube([2, 3, 4e9]), 'DATA_TOO_LARGE'],
    ['element 0', cube(SHAPE).replace('11 11.0', '0 11.0'), 'DATA_INVALID'],
    ['too few values', cube([2, 3, 5]), 'DATA_TRUNCATED'],
    ['too many values', cube([2, 3, 3]), 'DATA_INVALID'],
  ])('refuses %s', async (_what, text, code) => {
    await expect(readCube(text)).rejects.toMatchObject({ name: 'FormatError', code });
  });
});

describe('random edits', () => {
  const edit = fc.record({
    at: fc.nat(700),
    remove: fc.nat(6),
    insert: fc.constantFrom('', '-', '0', '99999', '1e308', 'NaN', ' ', '\n', '*', 'E', '\u0000', '.'),
  });

  it.each([
    ['CHGCAR', HEAD + grid(0) + AUGMENTATION + grid(7), readChgcar],
    ['cube', cube(SHAPE), readCube],
  ])('of a %s give finite values or a typed error', async (_name, whole, read) => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const text = edits.reduce((now, { at, remove, insert }) => {
          const start = at % (now.length + 1);
          return now.slice(0, start) + insert + now.slice(start + remove);
        }, whole);
        try {
          const { shape, channels } = await read(text);
          for (const values of Object.values(channels)) {
            expect(values).toHaveLength(shape[0] * shape[1] * shape[2]);
            expect(values.every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof DataError || error instanceof StructureError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
