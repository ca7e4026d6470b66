import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberScanner, parseInteger, parseNumber } from './scan-numbers';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('parseNumber', () => {
  it('reads every way of writing a number to the last bit', () => {
    const written = finite.chain((value) =>
      fc.constantFrom(
        String(value),
        value.toExponential(),
        value.toPrecision(17),
        value.toExponential(16).replace('e', 'E'),
        value.toExponential(20).replace('e', 'D'),
        `+${Math.abs(value)}`,
        `0000${Math.abs(value)}`,
      ),
    );
    fc.assert(
      fc.property(written, (text) => {
        expect(parseNumber(text)).toBe(Number(text.replace('D', 'e')));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['1', 1],
    ['-.5', -0.5],
    ['1.', 1],
    ['0.10000000000D+02', 10],
    ['0.12345-100', 0.12345e-100],
    ['0.12345+100', 0.12345e100],
    ['1e-400', 0],
    ['-0', -0],
    ['123456789012345678901234567890', Number('123456789012345678901234567890')],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    '.',
    '-',
    '+',
    'e5',
    '1e',
    '1e+',
    '1.2.3',
    '1,5',
    '0x10',
    '1_000',
    'NaN',
    'nan',
    'inf',
    'Infinity',
    '-Infinity',
    '****',
    '1e400',
    '-1e309',
    '1.5-2.5',
    '12-3',
    '1-1000',
    '5.43(2)',
    '1 2',
    '1f',
  ])('refuses %j', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });
});

describe('NumberScanner', () => {
  it('finds the numbers of a line and where the first other token stands', () => {
    const scanner = new NumberScanner();
    const out = [9, 9, 9, 9];
    expect(scanner.scan(' 1 -2.5\t3e2 x 4', out, 1)).toBe(3);
    expect(out).toEqual([9, 1, -2.5, 300]);
    expect(scanner.position).toBe(12);
    expect(scanner.scan('1 2 3', out, 0, 2)).toBe(2);
    expect(scanner.position).toBe(4);
    expect(scanner.scan('  ', out)).toBe(0);
    expect(scanner.position).toBe(2);
  });

  it('agrees with split and Number on lines of numbers', () => {
    fc.assert(
      fc.property(
        fc.array(
          finite.map((value) => value + 0),
          { maxLength: 8 },
        ),
        fc.constantFrom(' ', '\t', '   '),
        (values, blank) => {
          const out: number[] = [];
          expect(new NumberScanner().scan(values.join(blank), out)).toBe(values.length);
          expect(out).toEqual(values);
        },
      ),
    );
  });
});

describe('parseInteger', () => {
  it.each([
    ['12', 12],
    ['-3', -3],
    ['+4', 4],
    ['1.0', undefined],
    ['1e3', undefined],
    ['', undefined],
    ['9999999999999999', undefined],
  ])('%j', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });
});
