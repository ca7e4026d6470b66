import {
  composition,
  electronegativityOrLast,
  type FormulaEntry,
  greatestCommonDivisor,
  reducedEntries,
  type SiteContents,
  writtenFormula,
} from './composition';

/** Formulas that pymatgen writes twice: molecules of elements, and peroxides. */
const DOUBLED: ReadonlySet<string> = new Set('LiO NaO KO HO CsO RbO O N F Cl H'.split(' '));
/** Two most electronegative elements that differ by less than this are written as a polyanion, (SO4)3. */
const POLYANION_GAP = 1.65;

/** Electronegativities that pymatgen orders by where the table of this package has none. */
const FILLED: Readonly<Record<string, number>> = { Pm: 1.13, Eu: 1.2, Tb: 1.1, Yb: 1.1, Rn: 2.2, Lr: 1.3 };

/**
 * Reduced formula as pymatgen's `reduced_formula` writes it: polyanions in brackets (`Ca(HO)2`), molecules of elements
 * (`O2`), peroxides (`Na2O2`). Where the cell holds fractions of atoms it is the content of the cell, `Fe1.5O4`.
 *
 * @example
 * ```ts
 * pymatgenFormula({ atomicNumbers: Uint8Array.of(20, 8, 8, 1, 1) }); // 'Ca(HO)2'
 * ```
 */
export function pymatgenFormula(structure: SiteContents): string {
  const { entries, divisor, isWhole } = reducedEntries(composition(structure), electronegativity);
  if (!isWhole) return entries.map(([symbol, count]) => `${symbol}${Number(count.toFixed(8))}`).join('');
  const formula = withPolyanion(entries, divisor);
  return DOUBLED.has(formula) ? entries.map(([symbol]) => `${symbol}2`).join('') : formula;
}

function withPolyanion(entries: readonly FormulaEntry[], divisor: number): string {
  const [inner, outer] = entries.slice(-2);
  if (entries.length < 3 || inner === undefined || outer === undefined)
    return writtenFormula(entries, divisor);
  const times = greatestCommonDivisor(inner[1] / divisor, outer[1] / divisor);
  if (times === 1 || electronegativity(outer[0]) - electronegativity(inner[0]) >= POLYANION_GAP) {
    return writtenFormula(entries, divisor);
  }
  const anion = writtenFormula([inner, outer], divisor * times);
  return `${writtenFormula(entries.slice(0, -2), divisor)}(${anion})${times}`;
}

function electronegativity(symbol: string): number {
  return FILLED[symbol] ?? electronegativityOrLast(symbol);
}
