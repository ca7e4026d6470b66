import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cifNumber } from './cif-number';
import { CifScanner } from './cif-scanner';
import { cifSpecies } from './cif-species';
import { parseCif } from './parse-cif';

function tokens(text: string): string[] {
  const scanner = new CifScanner(text, 'a.cif');
  const found: string[] = [];
  while (scanner.next() !== 'end') found.push(`${scanner.kind}${scanner.quoted ? '"' : ''}:${scanner.value}`);
  return found;
}

const values = (text: string, name: string): string[] | undefined =>
  parseCif(text, 'a.cif', () => true)
    .blocks[0]!.columns.get(name)
    ?.map((value) => value.text);

describe('CifScanner', () => {
  it('reads words, quotes, text fields and comments', () => {
    expect(tokens(`data_x _a 1 # note\n_b 'it's' "a b" ;not\n;field\n _c ; x\n;\nLOOP_ loop_x`)).toEqual([
      'data:x',
      'name:_a',
      'value:1',
      'name:_b',
      'value":it\'s',
      'value":a b',
      'value:;not',
      'value":field\n _c ; x',
      'loop:LOOP_',
      'value:loop_x',
    ]);
    expect(tokens('a#b \r\n#c\r\nd\re')).toEqual(['value:a#b', 'value:d', 'value:e']);
  });

  it('knows line and column', () => {
    const scanner = new CifScanner("data_x\r\n;a\r\nb\r\n;\n  _c 'd'", 'a.cif');
    const places: [number, number][] = [];
    while (scanner.next() !== 'end') places.push([scanner.line, scanner.column]);
    expect(places).toEqual([
      [1, 1],
      [2, 1],
      [5, 3],
      [5, 6],
    ]);
  });

  it('refuses quotes and text fields without end', () => {
    expect(() => tokens("data_x\n_a 'b\nc'")).toThrow(
      expect.objectContaining({ code: 'DATA_INVALID', line: 2, column: 4 }),
    );
    expect(() => tokens('data_x\n_a\n;b\nc')).toThrow(
      expect.objectContaining({ code: 'DATA_TRUNCATED', line: 3 }),
    );
    expect(() => tokens(`_a ''''"'"'"x`)).toThrow(expect.objectContaining({ code: 'DATA_INVALID' }));
  });

  it('ends on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`'";#_ \n\r\tabdl0.(`), maxLength: 200 }), (text) => {
        try {
          const seen = tokens(text);
          expect(seen.length).toBeLessThanOrEqual(text.length);
        } catch (error) {
          expect(error).toMatchObject({ name: 'FormatError' });
        }
      }),
    );
  });
});

describe('parseCif', () => {
  it('keeps items, loops in any order, and blocks apart', () => {
    const text = `data_one _A.b 1 loop_ _x _Y 1 2 3 4 _z ?\ndata_two _a_b 'x y'`;
    const { blocks } = parseCif(text, 'a.cif', () => true);
    expect(blocks.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(values(text, '_y')).toEqual(['2', '4']);
    expect(values(text, '_a_b')).toEqual(['1']);
    expect(blocks[1]!.columns.get('_a_b')).toEqual([{ text: 'x y', quoted: true, line: 2 }]);
  });

  it('takes several words on a line as one value', () => {
    expect(values('data_x\n_symbol P 21/c\n_next 1', '_symbol')).toEqual(['P 21/c']);
  });

  it.each([
    ['', 'DATA_UNSUPPORTED'],
    ['nothing here', 'DATA_UNSUPPORTED'],
    ['data_x loop_ _a _b 1 2 3 _c 4', 'DATA_INVALID'],
    ['data_x loop_ _a _b 1 2 3', 'DATA_TRUNCATED'],
    ['data_x loop_ _a', 'DATA_TRUNCATED'],
    ['data_x _a', 'DATA_TRUNCATED'],
    ['data_x _a _b 1', 'DATA_INVALID'],
    ['data_x _a 1 _a 2', 'DATA_INVALID'],
    ['data_x save_frame _a 1', 'DATA_TRUNCATED'],
  ])('refuses %j', (text, code) => {
    expect(() => parseCif(text, 'a.cif', () => true)).toThrow(
      expect.objectContaining({ code, file: 'a.cif' }),
    );
  });

  it('leaves faults of names that nobody wants as notes', () => {
    const text = 'stray data_x _a _b 1 loop_ _c _d 1 2 3 _e 5';
    const { blocks, notes } = parseCif(text, 'a.cif', (name) => name === '_e');
    expect(blocks[0]!.columns.get('_e')?.[0]?.text).toBe('5');
    expect(notes).toHaveLength(3);
  });

  it('is linear: a million columns, rows, quotes, blocks or lines come to an end', () => {
    const many = (text: string): string => text.repeat(1_000_000);
    // Quadratic time would take hours.
    for (const text of [
      `data_x loop_ ${many('_a ')}`,
      `data_x loop_ _pd_x _pd_y ${many('1.5 2 ')}`,
      `data_x _a ${many("'")}`,
      many('data_ '),
      many('loop_ '),
      `data_x\n;${many('\n ;')}\n;`,
      `data_x ${many('# ')}`,
    ]) {
      try {
        parseCif(text, 'a.cif', () => false);
      } catch (error) {
        expect(error).toMatchObject({ name: 'FormatError' });
      }
    }
    expect(() => parseCif(`data_x loop_ ${many('_a ')}`, 'a.cif', () => false)).toThrow(/1000 columns/);
  });
});

describe('cifNumber', () => {
  it.each([
    ['5.431(2)', 5.431],
    ['-.5', -0.5],
    ['+1.e3', 1000],
    ['1.23(4', 1.23],
    ['12(1)', 12],
    ['1E-3', 0.001],
  ])('reads %s', (text, value) => expect(cifNumber(text)).toBe(value));

  it.each([
    '',
    '.',
    '?',
    'nan',
    'inf',
    '1e999',
    '1,5',
    '1/3',
    '0x10',
    '1.2.3',
    '5 A',
    '(2)',
    '--1',
    '9'.repeat(400),
  ])('refuses %s', (text) => expect(cifNumber(text)).toBeUndefined());
});

describe('cifSpecies', () => {
  const read = (text: string, formula: string | null = null, isLabel = true): string | undefined =>
    cifSpecies(text, formula === null ? null : new Set(formula.split(' ')), isLabel)?.symbol;

  it.each([
    ['Fe1', 'Fe'],
    ['Fe3+', 'Fe'],
    ['FE2', 'Fe'],
    ['O2-', 'O'],
    ['Cval', 'C'],
    ['C1A', 'C'],
    ['H12', 'H'],
    ['D1', 'H'],
    ['Dy1', 'Dy'],
    ['Ti1', 'Ti'],
    ['WatX1', 'O'],
    ['O-H', 'O'],
    ['OH2', 'O'],
    ['Ow', 'O'],
    ['CaX1', 'Ca'],
    ['SiT1', 'Si'],
    ['T1', undefined],
    ['X1', undefined],
    ['Q1', undefined],
    ['1Fe', undefined],
    ['Va1', 'V'],
    ['Vac1', undefined],
    ['vacancy', undefined],
    ['Uuo1', undefined],
    ['', undefined],
  ])('reads the label %s as %s', (text, symbol) => expect(read(text)).toBe(symbol));

  it('prefers what the formula holds', () => {
    expect(read('HO1')).toBe('Ho');
    expect(read('HO1', 'C H O')).toBe('H');
    expect(read('HO1', 'Ho O')).toBe('Ho');
    expect(read('CA1', 'C H N')).toBe('C');
    expect(read('W1', 'Ca O Si')).toBe('O');
    expect(read('W1', 'Ca O W')).toBe('W');
    expect(read('Co', 'C O', false)).toBe('Co');
    expect(read('CO', 'C O', false)).toBe('C');
    expect(read('T', null, false)).toBe('H');
  });

  it('reads isotopes as their element and says so', () => {
    expect(cifSpecies('13C', null, false)).toEqual({ symbol: 'C', special: 'isotope' });
    expect(cifSpecies('2H', null, false)).toEqual({ symbol: 'H', special: 'isotope' });
    expect(cifSpecies('D', null, false)).toEqual({ symbol: 'H', special: 'isotope' });
    expect(read('1234Fe', null, false)).toBeUndefined();
  });
});
