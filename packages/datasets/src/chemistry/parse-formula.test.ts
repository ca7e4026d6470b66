import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ELEMENTS } from '../elements/element';
import { ChemistryError } from './chemistry-error';
import { parseFormula } from './parse-formula';
import { toNumber } from './rational';

const atoms = (formula: string): Record<string, number> =>
  Object.fromEntries([...parseFormula(formula)].map(([symbol, amount]) => [symbol, toNumber(amount)]));

function codeOf(formula: string): string {
  try {
    parseFormula(formula);
  } catch (error) {
    if (error instanceof ChemistryError) return error.code;
    throw error;
  }
  return 'none';
}

describe('formulas', () => {
  it('are the sums of what was written', () => {
    const amount = fc.integer({ min: 1, max: 400 }).map((hundredths) => hundredths / 100);
    const part = fc.tuple(fc.constantFrom(...ELEMENTS.map(({ symbol }) => symbol)), amount);
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, times) => {
          const inner = parts.map(([symbol, count]) => `${symbol}${count === 1 ? '' : count}`).join('');
          const expected: Record<string, number> = {};
          for (const [symbol, count] of parts) expected[symbol] = (expected[symbol] ?? 0) + count * times;
          const got = atoms(`[(${inner})]${times}`);
          expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort());
          for (const [symbol, count] of Object.entries(expected)) expect(got[symbol]).toBeCloseTo(count, 10);
        },
      ),
    );
  });

  it.each([
    ['Ba(OH)2·8H2O', { Ba: 1, O: 10, H: 18 }],
    ['CuSO4.5H2O', { Cu: 1, S: 1, O: 9, H: 10 }],
    ['Na2SO4 * 10 H2O', { Na: 2, S: 1, O: 14, H: 20 }],
    ['K3[Fe(CN)6]', { K: 3, Fe: 1, C: 6, N: 6 }],
    ['La0.7Sr0.3MnO3', { La: 0.7, Sr: 0.3, Mn: 1, O: 3 }],
    ['SrFeO5/2', { Sr: 1, Fe: 1, O: 2.5 }],
    ['Al₂O₃', { Al: 2, O: 3 }],
    ['D2O', { H: 2, O: 1 }],
    ['CoCO3', { Co: 1, C: 1, O: 3 }],
    ['3CaO·Al2O3', { Ca: 3, O: 6, Al: 2 }],
  ])('%s', (formula, expected) => {
    expect(atoms(formula)).toEqual(expected);
  });

  it.each([
    ['', 'FORMULA_SYNTAX'],
    ['Ba(OH2', 'FORMULA_SYNTAX'],
    ['Ba)OH', 'FORMULA_SYNTAX'],
    ['Ba(OH]2', 'FORMULA_SYNTAX'],
    ['Xx2O3', 'FORMULA_SYNTAX'],
    ['Fe0O', 'FORMULA_SYNTAX'],
    ['FeO1/0', 'FORMULA_SYNTAX'],
    ['Fe2+', 'FORMULA_SYNTAX'],
    ['()', 'FORMULA_SYNTAX'],
    ['CuSO4·', 'FORMULA_SYNTAX'],
    ['La1-xSrxMnO3', 'FORMULA_VARIABLE'],
    ['YBa2Cu3O7-δ', 'FORMULA_VARIABLE'],
    ['Ba(1-x)Nd(2x/3)ZrO3', 'FORMULA_VARIABLE'],
    [`${'('.repeat(20)}O${')'.repeat(20)}`, 'FORMULA_TOO_LARGE'],
    ['H'.repeat(400), 'FORMULA_TOO_LARGE'],
    [`O${'9'.repeat(40)}`, 'FORMULA_TOO_LARGE'],
  ])('refuses "%s"', (formula, code) => {
    expect(codeOf(formula)).toBe(code);
  });

  it('says where it stopped', () => {
    expect(() => parseFormula('BaTi!O3')).toThrow('at character 5, got "!O3"');
  });
});
