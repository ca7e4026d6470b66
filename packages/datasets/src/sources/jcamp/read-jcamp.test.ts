import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data-error';
import { asdfLine } from './asdf-line';
import { readJcamp } from './read-jcamp';

/** A file with these table lines. */
function text(
  lines: readonly string[],
  labels: Record<string, string | number> = {},
  form = '##XYDATA=(X++(Y..Y))',
): string {
  const header = { 'DATA TYPE': 'INFRARED SPECTRUM', XUNITS: '1/CM', YUNITS: 'ABSORBANCE', ...labels };
  return [
    '##TITLE=Test $$ a comment',
    '##JCAMP-DX=4.24',
    ...Object.entries(header).map(([label, value]) => `##${label}=${value}`),
    form,
    ...lines,
    '##END=',
  ].join('\r\n');
}

const grid = (count: number, first = 100, step = 2) => ({
  FIRSTX: first,
  LASTX: first + (count - 1) * step,
  NPOINTS: count,
});

const squeezed = (value: number): string => {
  const digits = `${Math.abs(value)}`;
  return (value < 0 ? ' abcdefghi' : '@ABCDEFGHI')[Number(digits[0])] + digits.slice(1);
};
const difference = (value: number): string => {
  const digits = `${Math.abs(value)}`;
  return (value < 0 ? ' jklmnopqr' : '%JKLMNOPQR')[Number(digits[0])] + digits.slice(1);
};
const repeat = (count: number): string => {
  const digits = `${count}`;
  return ' STUVWXYZs'[Number(digits[0])] + digits.slice(1);
};

/** Runs of equal tokens as one and a count. */
function withCounts(tokens: readonly string[]): string {
  let line = '';
  for (let k = 0; k < tokens.length; ) {
    let end = k + 1;
    while (tokens[end] === tokens[k]) end++;
    line += tokens[k]! + (end - k > 1 ? repeat(end - k) : '');
    k = end;
  }
  return line;
}

/** Lines of the table in one of the forms, `width` ordinates each. */
function table(
  values: readonly number[],
  form: 'affn' | 'pac' | 'sqz' | 'dif' | 'difdup' | 'sqzdup',
  width: number,
): string[] {
  const lines: string[] = [];
  for (let k = 0; k < values.length; k += width) {
    const row = values.slice(k, k + width);
    const x = 100 + 2 * k;
    if (form === 'affn') lines.push(`${x} ${row.join(' ')}`);
    else if (form === 'pac')
      lines.push(`${x}${row.map((value) => (value < 0 ? `${value}` : `+${value}`)).join('')}`);
    else if (form === 'sqz') lines.push(`${x}${row.map(squeezed).join('')}`);
    else if (form === 'sqzdup') lines.push(`${x}${withCounts(row.map(squeezed))}`);
    else {
      // A line of differences repeats the last ordinate of the line before, so it starts one step earlier.
      const carried = k === 0 ? [] : [values[k - 1]!];
      const all = [...carried, ...row];
      const steps = all.slice(1).map((value, n) => difference(value - all[n]!));
      const tail = form === 'dif' ? steps.join('') : withCounts(steps);
      lines.push(`${k === 0 ? x : x - 2}${squeezed(all[0]!)}${tail}`);
    }
  }
  // The last line of differences is followed by its check.
  return form.startsWith('dif')
    ? [...lines, `${100 + 2 * (values.length - 1)}${squeezed(values.at(-1)!)}`]
    : lines;
}

describe('readJcamp', () => {
  const forms = ['affn', 'pac', 'sqz', 'sqzdup', 'dif', 'difdup'] as const;
  const ordinates = fc.array(fc.oneof(fc.integer({ min: -30000, max: 30000 }), fc.constantFrom(7, 7, -7)), {
    minLength: 2,
    maxLength: 60,
  });
  test.prop([ordinates, fc.constantFrom(...forms), fc.integer({ min: 2, max: 12 })], { numRuns: 300 })(
    'gives back the ordinates of every form, whatever the lines',
    (values, form, width) => {
      const [spectrum] = readJcamp(
        text(table(values, form, width), { ...grid(values.length), YFACTOR: 0.5 }),
      );
      expect(Array.from(spectrum!.y)).toEqual(values.map((value) => value / 2));
      expect(Array.from(spectrum!.x)).toEqual(values.map((_, k) => 100 + 2 * k));
    },
  );

  it('reads the line of the standard in all its forms', () => {
    const values = [1000, 2000, 2001, 2002, 2003, 2003, 2003];
    for (const line of [
      '400 1000 2000 2001 2002 2003 2003 2003',
      '400+1000+2000+2001+2002+2003+2003+2003',
      '400A000B000B001B002B003B003B003',
      '400A000J000JJJ%%',
      '400A000J000JU%T',
    ]) {
      expect(asdfLine(line)?.values).toEqual(values);
    }
  });

  it('keeps what it knows of the spectrum, descending axes and peaks', () => {
    const header = { ...grid(3, 4000, -2), 'Cas Registry No': '64-17-5', MOLFORM: 'C2 H6 O' };
    const [curve] = readJcamp(text(['4000 1 2 3'], header));
    expect(curve).toMatchObject({
      title: 'Test',
      dataType: 'INFRARED SPECTRUM',
      xUnits: '1/CM',
      isPeakTable: false,
    });
    expect(Array.from(curve!.x)).toEqual([4000, 3998, 3996]);
    expect(curve!.labels.CASREGISTRYNO).toBe('64-17-5');
    const [mass] = readJcamp(text(['15,20 16,100', '28,3'], { NPOINTS: 3 }, '##PEAK TABLE=(XY..XY)'));
    expect([mass!.isPeakTable, Array.from(mass!.x), Array.from(mass!.y)]).toEqual([
      true,
      [15, 16, 28],
      [20, 100, 3],
    ]);
  });

  it('reads blocks of a compound file', () => {
    const inner = text(['100 1 2'], grid(2));
    const compound = `##TITLE=Both\n##DATA TYPE=LINK\n##BLOCKS=2\n${inner}\n${inner}\n##END=`;
    expect(readJcamp(compound)).toHaveLength(2);
  });

  it.each([
    ['no JCAMP at all', 'hello', 'DATA_INVALID'],
    ['an empty file', '', 'DATA_TRUNCATED'],
    ['no ##END=', text(['100 1 2'], grid(2)).replace('##END=', ''), 'DATA_TRUNCATED'],
    ['no table', '##TITLE=x\n##END=', 'DATA_INVALID'],
    ['fewer points than announced', text(['100 1 2'], grid(3)), 'DATA_TRUNCATED'],
    ['more points than announced', text(['100 1 2 3'], grid(2)), 'DATA_INVALID'],
    ['a lost line', text(['100 1 2', '120 3 4'], grid(4)), 'DATA_INVALID'],
    ['a wrong check', text(['100A0J', '102A5J', '104A6'], grid(3)), 'DATA_INVALID'],
    ['letters of no form', text(['100 1 z'], grid(2)), 'DATA_INVALID'],
    ['a count of nothing', text(['100S5 1'], grid(2)), 'DATA_INVALID'],
    ['a count of a billion', text(['100A1S999999999'], grid(2)), 'DATA_INVALID'],
    ['a difference from nothing', text(['100J1'], grid(2)), 'DATA_INVALID'],
    ['no FIRSTX', text(['100 1 2'], { LASTX: 2, NPOINTS: 2 }), 'DATA_INVALID'],
    ['a FIRSTX of words', text(['100 1 2'], { ...grid(2), FIRSTX: 'low' }), 'DATA_INVALID'],
    ['a billion points', text(['100 1 2'], { ...grid(2), NPOINTS: 1e9 }), 'DATA_TOO_LARGE'],
    ['another form', text(['100 1 2'], grid(2), '##XYDATA=(X++(R..R))'), 'DATA_UNSUPPORTED'],
    ['NTUPLES', text(['100 1 2'], grid(2), '##NTUPLES=NMR SPECTRUM'), 'DATA_UNSUPPORTED'],
    ['a pair without partner', text(['15,20 16'], {}, '##PEAK TABLE=(XY..XY)'), 'DATA_INVALID'],
  ])('refuses %s', (_, source, code) => {
    expect(() => readJcamp(source, { file: 'a.jdx' })).toThrow(
      expect.objectContaining({ code, file: 'a.jdx' }),
    );
  });

  test.prop(
    [
      fc.array(
        fc.constantFrom('@', 'A', 'b', '%', 'J', 'S', '1', '9', '.', '-', '+', ' ', 'E', '\n', '##', '='),
        { maxLength: 60 },
      ),
    ],
    { numRuns: 500 },
  )('throws nothing but a DataError, whatever the table', (parts) => {
    try {
      readJcamp(text([parts.join('')], grid(3)));
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
    }
  });
});
