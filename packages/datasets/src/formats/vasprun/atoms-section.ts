import { atomicNumberOfSymbol, ISOTOPE_NOTE, isIsotopeSymbol } from '../element-symbol';
import { xmlAttribute } from '../xml/xml-tokenizer';
import { invalid, type Section, tooLarge } from './section';

/** VASP cuts these symbols to one letter or writes another one. */
const MISPRINTED: Readonly<Record<string, string>> = { r: 'Zr', X: 'Xe' };

/** `<atominfo>`: the element of each site. */
export class AtomsSection implements Section {
  readonly atomicNumbers: number[] = [];
  readonly notes: Set<string> = new Set();
  #array: string | undefined;
  #column = 0;

  constructor(
    readonly file: string,
    readonly maxSites: number,
  ) {}

  open(name: string, attributes: string): void {
    if (name === 'array') this.#array = xmlAttribute(attributes, 'name');
    if (name === 'rc') this.#column = 0;
  }

  close(name: string, text: string): void {
    if (name === 'array') this.#array = undefined;
    if (name !== 'c' || this.#array !== 'atoms' || this.#column++ > 0) return;
    const printed = text.trim();
    const symbol = MISPRINTED[printed] ?? printed;
    if (symbol !== printed) this.notes.add(`${printed}, as VASP prints it, is read as ${symbol}`);
    if (isIsotopeSymbol(symbol)) this.notes.add(ISOTOPE_NOTE);
    const atomicNumber = atomicNumberOfSymbol(symbol);
    if (atomicNumber === undefined)
      throw invalid(this.file, 'an element symbol in <atominfo> expected', text);
    if (this.atomicNumbers.push(atomicNumber) > this.maxSites) {
      throw tooLarge(this.file, `at most ${this.maxSites} atoms expected`, 'Use a smaller cell.');
    }
  }
}
