import { elementBySymbol } from '../../elements/element';

/** An element read from a type symbol or a label. */
export interface CifSpecies {
  readonly symbol: string;
  /**
   * What was understood beside it: `isotope` (D, T, or a type symbol with a mass number in front), `water` (Wat, Ow: hydrogens are implied), `formula` (another element was
   * nearer, but the formula of the file does not have it).
   */
  readonly special: 'isotope' | 'water' | 'formula' | null;
}

/** Names of water and hydroxyl oxygen in mineral data: `Wat1`, `O-H`, `OH`, `Ow`. */
const WATER = /^(wat|(o-?h|ow)(?![a-z]))/i;

/** Names that begin like an element and are none: vacancies, and elements by their provisional names (`Uuo`). */
const NO_ELEMENT = /^(vac(?![a-z])|vacancy|uu[a-z])/i;

/**
 * Element of `Fe`, `Fe3+`, `FE1`, `O2-`, `Cval`, `H1A`, `D`, `13C`, `Wat`: two letters if they are an element, else one.
 *
 * Where the formula of the file is known (`expected`), a reading that it contains wins over one that it does not:
 * `HO1` is hydrogen on an oxygen, not holmium, and `CA` an α carbon, unless the formula has the other. A type symbol in proper
 * case (`Co`) is taken at its word.
 *
 * @param isLabel in labels T and W may be names of sites (tetrahedral, water)
 * @returns `undefined` where no element can be read
 */
export function cifSpecies(
  text: string,
  expected: ReadonlySet<string> | null,
  isLabel: boolean,
): CifSpecies | undefined {
  const mass = isLabel ? '' : /^\d{0,3}/.exec(text.trim())![0];
  const trimmed = text.trim().slice(mass.length);
  const letters = /^[a-z]+/i.exec(trimmed)?.[0] ?? '';
  if (letters === '' || NO_ELEMENT.test(trimmed)) return undefined;
  const one = letters[0]!.toUpperCase();
  const two = letters.length > 1 ? one + letters[1]!.toLowerCase() : '';
  const readings = [two, one].filter((symbol) => elementBySymbol(symbol) !== undefined);
  const inFormula = readings.find((symbol) => expected?.has(symbol));
  const isExplicit = !isLabel && readings[0] === two && letters.startsWith(two);
  const isWater =
    WATER.test(trimmed) || (isLabel && letters === 'W' && inFormula === undefined && expected?.has('O'));
  if (isWater && (inFormula === undefined || inFormula === 'O')) return { symbol: 'O', special: 'water' };
  const isIsotope = one === 'D' || (one === 'T' && !isLabel && letters === 'T');
  if (isIsotope && inFormula === undefined && readings[0] !== two) return { symbol: 'H', special: 'isotope' };
  const symbol = isExplicit ? two : (inFormula ?? readings[0]);
  if (symbol === undefined) return undefined;
  if (mass !== '') return { symbol, special: 'isotope' };
  return { symbol, special: symbol === readings[0] ? null : 'formula' };
}
