import { elementBySymbol } from '../../elements/element';
import { isIsotopeSymbol } from '../element-symbol';
import { type CifBlock, knownValue } from './cif-block';
import { cifNumber } from './cif-number';

/** Atoms of each element in a formula unit, D and T counted as H. */
export type CifFormula = ReadonlyMap<string, number>;

const MAX_LENGTH = 1000;

/** `_chemical_formula_sum` (`Al2 O3`, `C12 H22.5 O11`), or null where there is none that can be read. */
export function cifFormula(block: CifBlock): CifFormula | null {
  const text = knownValue(block, ['_chemical_formula_sum'])?.text.trim() ?? '';
  if (text === '' || text.length > MAX_LENGTH) return null;
  const amounts = new Map<string, number>();
  for (const word of text.split(/\s+/)) {
    const [, letters, digits] = /^([a-z]{1,2})(\d*\.?\d*)$/i.exec(word) ?? [];
    if (letters === undefined) return null;
    const proper = letters[0]!.toUpperCase() + letters.slice(1).toLowerCase();
    const symbol = isIsotopeSymbol(proper) ? 'H' : proper;
    const amount = digits === '' ? 1 : cifNumber(digits!);
    if (amount === undefined || elementBySymbol(symbol) === undefined) return null;
    amounts.set(symbol, (amounts.get(symbol) ?? 0) + amount);
  }
  return amounts;
}

/** Amounts that differ by less than this share are the same: occupancies are rounded. */
const TOLERANCE = 0.02;

/**
 * Whether a cell holds Z formula units; where Z is not known, any whole or half number of them.
 *
 * Hydrogen is not compared: many structures leave it out.
 */
export function holdsFormula(
  composition: ReadonlyMap<string, number>,
  formula: CifFormula,
  z: number | undefined,
): boolean {
  const heavy = [...formula].filter(([symbol]) => symbol !== 'H');
  const elements = new Set([...heavy.map(([symbol]) => symbol), ...composition.keys()]);
  elements.delete('H');
  const ratios = [...elements].map((symbol) => (composition.get(symbol) ?? 0) / (formula.get(symbol) ?? 0));
  const units = z ?? ratios[0] ?? 1;
  return ratios.every((ratio) => Math.abs(ratio / units - 1) <= TOLERANCE);
}

/** `Al2 O3`-like text of a composition. */
export function formulaText(composition: ReadonlyMap<string, number>): string {
  return [...composition].map(([symbol, amount]) => `${symbol}${Number(amount.toFixed(4))}`).join(' ');
}
