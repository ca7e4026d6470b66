import { elementBySymbol } from '@bravais/datasets';

/** Families in the order of legends. */
export const CHEMICAL_FAMILIES = [
  'oxide',
  'halide',
  'chalcogenide',
  'pnictide',
  'intermetallic',
  'elemental metal',
  'other',
] as const;

/** A rough chemical class of a compound. */
export type ChemicalFamily = (typeof CHEMICAL_FAMILIES)[number];

/** Anions from the most electronegative on: the first one found names the family. */
const ANIONS: readonly (readonly [ChemicalFamily, readonly string[]])[] = [
  ['oxide', ['O']],
  ['halide', ['F', 'Cl', 'Br', 'I', 'At']],
  ['chalcogenide', ['S', 'Se', 'Te']],
  ['pnictide', ['N', 'P', 'As', 'Sb', 'Bi']],
];

/** Elements that are not metals, metalloids among them; antimony and bismuth count as metals when nothing else is there. */
const NOT_METALS: ReadonlySet<string> = new Set(
  'H He B C N O F Ne Si P S Cl Ar Ge As Se Br Kr Te I Xe At Rn Ts Og'.split(' '),
);

/**
 * Family of a formula, by its elements alone: an oxide has oxygen and something else, an intermetallic only metals, …
 *
 * Silicides, carbides, borides, hydrides and elements that are not metals are `other`.
 *
 * @example
 * chemicalFamily('LiFePO4'); // 'oxide'
 */
export function chemicalFamily(formula: string): ChemicalFamily {
  const symbols = formula.match(/[A-Z][a-z]?/g) ?? [];
  const elements = new Set(symbols.filter((symbol) => elementBySymbol(symbol) !== undefined));
  const metallic = [...elements].every((symbol) => !NOT_METALS.has(symbol));
  if (elements.size === 0) return 'other';
  if (elements.size === 1) return metallic ? 'elemental metal' : 'other';
  const anion = ANIONS.find(([, members]) => members.some((member) => elements.has(member)));
  if (anion) return anion[0];
  return metallic ? 'intermetallic' : 'other';
}
