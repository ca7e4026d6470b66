import { ELEMENT_ROWS } from './element-rows';

/** Facts about one chemical element; sources stand beside the table in `element-rows.ts`. */
export interface Element {
  readonly symbol: string;
  readonly name: string;
  readonly atomicNumber: number;
  /** Standard atomic weight in u. */
  readonly atomicMassU: number;
  /** Single-bond covalent radius in Å. */
  readonly covalentRadiusAngstrom: number;
  /** Van der Waals radius in Å; null where none is tabulated (Pm, Po to Ra, from Fm on). */
  readonly vanDerWaalsRadiusAngstrom: number | null;
  /** Pauling electronegativity; null where none is tabulated (light noble gases, Pm, Eu, Tb, Yb, superheavy). */
  readonly electronegativity: number | null;
  /** IUPAC group 1..18; null for the f block (La to Yb, Ac to No). */
  readonly group: number | null;
  /** Period 1..7. */
  readonly period: number;
  /**
   * Electrons outside the noble-gas core, a filled d shell below a p shell not counted: s and p block 1..8,
   * d block the group number 3..12, f block 3..16.
   */
  readonly valenceElectrons: number;
}

/** Atomic numbers of the noble gases close each period. */
const PERIOD_ENDS = [2, 10, 18, 36, 54, 86, 118];

function position(atomicNumber: number): { group: number | null; period: number; valenceElectrons: number } {
  const period = 1 + PERIOD_ENDS.findIndex((end) => atomicNumber <= end);
  const previousEnd = period === 1 ? 0 : PERIOD_ENDS[period - 2]!;
  const end = PERIOD_ENDS[period - 1]!;
  if (atomicNumber === 2) return { group: 18, period, valenceElectrons: 2 };
  const fromStart = atomicNumber - previousEnd;
  if (fromStart <= 2) return { group: fromStart, period, valenceElectrons: fromStart };
  const group = 18 - (end - atomicNumber);
  if (group >= 13) return { group, period, valenceElectrons: group - 10 };
  if (group >= 3) return { group, period, valenceElectrons: group };
  return { group: null, period, valenceElectrons: fromStart };
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined || text === '-' ? null : Number(text);
}

/** The 118 elements in order of atomic number: `ELEMENTS[z - 1]`. */
export const ELEMENTS: readonly Element[] = ELEMENT_ROWS.trim()
  .split('\n')
  .map((row, index) => {
    const [symbol = '', name = '', mass, covalent, vanDerWaals, electronegativity] = row.split(' ');
    return {
      symbol,
      name,
      atomicNumber: index + 1,
      atomicMassU: Number(mass),
      covalentRadiusAngstrom: Number(covalent),
      vanDerWaalsRadiusAngstrom: numberOrNull(vanDerWaals),
      electronegativity: numberOrNull(electronegativity),
      ...position(index + 1),
    };
  });

const BY_SYMBOL: ReadonlyMap<string, Element> = new Map(ELEMENTS.map((element) => [element.symbol, element]));

/** Element with this atomic number, or `undefined` outside 1..118. */
export function elementOf(atomicNumber: number): Element | undefined {
  return ELEMENTS[atomicNumber - 1];
}

/** Element with this symbol (`'Si'`, case as in the periodic table), or `undefined` when there is none. */
export function elementBySymbol(symbol: string): Element | undefined {
  return BY_SYMBOL.get(symbol);
}
