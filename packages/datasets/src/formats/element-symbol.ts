import { elementBySymbol } from '../elements/element';

/** Said where a file names an isotope. */
export const ISOTOPE_NOTE: string = 'isotopes are read as their element, D and T as hydrogen';

/** Atomic number of a symbol as files write it; D and T are hydrogen, `undefined` where there is no such element. */
export function atomicNumberOfSymbol(symbol: string): number | undefined {
  return isIsotopeSymbol(symbol) ? 1 : elementBySymbol(symbol)?.atomicNumber;
}

/** Whether this is D or T, which lose their mass number on reading. */
export function isIsotopeSymbol(symbol: string): boolean {
  return symbol === 'D' || symbol === 'T';
}
