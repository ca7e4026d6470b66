import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BalancedReaction, balanceReaction, reactionText } from './balance-reaction';
import { ChemistryError } from './chemistry-error';
import { parseFormula } from './parse-formula';
import { add, multiply, type Rational, rational, ZERO } from './rational';

/** Atoms of one side, as text, so that equal sides are equal strings. */
function atomsOf(terms: BalancedReaction['reactants']): Record<string, string> {
  const sums = new Map<string, Rational>();
  for (const { formula, amount } of terms) {
    expect(Number.isInteger(amount) && amount > 0).toBe(true);
    for (const [symbol, count] of parseFormula(formula)) {
      sums.set(symbol, add(sums.get(symbol) ?? ZERO, multiply(count, rational(BigInt(amount)))));
    }
  }
  return Object.fromEntries(
    [...sums].map(([symbol, { numerator, denominator }]) => [symbol, `${numerator}/${denominator}`]),
  );
}

const text = (target: string, precursors: readonly string[]): string =>
  reactionText(balanceReaction(target, precursors));

describe('balanced reactions', () => {
  it('conserve every element, whatever share of oxides and carbonates a target takes', () => {
    const metals = fc.uniqueArray(
      fc.constantFrom('Ba', 'Sr', 'Ca', 'Mg', 'Ti', 'Zr', 'La', 'Al', 'Nb', 'Li'),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    const precursor: Readonly<Record<string, string>> = {
      Ba: 'BaCO3',
      Sr: 'Sr(NO3)2',
      Ca: 'CaCO3',
      Mg: 'MgO',
      Ti: 'TiO2',
      Zr: 'ZrO2',
      La: 'La2O3',
      Al: 'Al(OH)3',
      Nb: 'Nb2O5',
      Li: 'LiOH·H2O',
    };
    fc.assert(
      fc.property(metals, fc.infiniteStream(fc.integer({ min: 1, max: 99 })), (symbols, stream) => {
        const target = `${symbols.map((symbol) => symbol + Number(stream.next().value) / 10).join('')}O7`;
        const reaction = balanceReaction(
          target,
          symbols.map((symbol) => precursor[symbol]!),
        );
        expect(atomsOf(reaction.reactants)).toEqual(atomsOf(reaction.products));
      }),
    );
  });

  it.each([
    ['BaTiO3', ['BaCO3', 'TiO2'], 'BaCO3 + TiO2 → BaTiO3 + CO2'],
    ['LiCoO2', ['Li2CO3', 'Co3O4'], '6 Li2CO3 + 4 Co3O4 + O2 → 12 LiCoO2 + 6 CO2'],
    ['YBa2Cu3O7', ['Y2O3', 'BaCO3', 'CuO'], '2 Y2O3 + 8 BaCO3 + 12 CuO + O2 → 4 YBa2Cu3O7 + 8 CO2'],
    ['CuInSe2', ['Cu', 'In', 'Se'], 'Cu + In + 2 Se → CuInSe2'],
    ['LiFePO4', ['Li2CO3', 'FeC2O4', 'NH4H2PO4'], ''],
  ])('%s', (target, precursors, expected) => {
    const reaction = balanceReaction(target, precursors);
    expect(atomsOf(reaction.reactants)).toEqual(atomsOf(reaction.products));
    if (expected !== '') expect(reactionText(reaction)).toBe(expected);
  });

  it('takes an atmosphere of its own', () => {
    expect(
      reactionText(
        balanceReaction('GaN', ['Ga2O3'], [{ formula: 'NH3', takenUp: true }, { formula: 'H2O' }]),
      ),
    ).toBe('Ga2O3 + 2 NH3 → 2 GaN + 3 H2O');
  });

  it('refuses what cannot be, and says what is missing', () => {
    expect(() => text('BaTiO3', ['BaCO3'])).toThrow('a precursor with Ti expected');
    expect(() => text('BaTiO3', ['BaCO3', 'TiO2', 'NaF'])).toThrow(ChemistryError);
    expect(() => text('BaTiO3', [])).toThrow('a precursor with Ba, Ti expected');
    expect(() => text('FeO', ['Fe2O3', 'Fe', 'Fe3O4'])).toThrow('can stand in for others');
    expect(() => text('BaTiO3', Array(13).fill('TiO2'))).toThrow('at most 12 precursors');
  });
});
