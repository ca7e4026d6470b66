import { xmlAttribute } from '../xml/xml-tokenizer';
import { invalid, type Section, tooLarge, vectorOf } from './section';

/** Lattice and positions as numbers. */
export interface CellNumbers {
  readonly latticeAngstrom: readonly number[];
  readonly fracCoords: readonly number[];
}

/** `<structure>`: the vectors of `basis` in Å and the fractional `positions`. */
export class StructureSection implements Section {
  readonly #lattice: number[] = [];
  readonly #positions: number[] = [];
  #array: string | undefined;

  constructor(
    readonly file: string,
    readonly maxSites: number,
  ) {}

  open(name: string, attributes: string): void {
    if (name === 'varray') this.#array = xmlAttribute(attributes, 'name');
  }

  close(name: string, text: string): void {
    if (name === 'varray') this.#array = undefined;
    if (name !== 'v') return;
    if (this.#array === 'basis') this.#lattice.push(...vectorOf(text, 'a lattice vector', this.file));
    if (this.#array === 'positions') this.#positions.push(...vectorOf(text, 'a position', this.file));
    if (this.#lattice.length > 9 || this.#positions.length > 3 * this.maxSites) {
      throw tooLarge(
        this.file,
        `three lattice vectors and at most ${this.maxSites} positions expected`,
        'Use a smaller cell, or raise maxSites if the file is trusted.',
      );
    }
  }

  result(): CellNumbers {
    if (this.#lattice.length !== 9)
      throw invalid(this.file, 'three lattice vectors in <structure> expected', undefined);
    return { latticeAngstrom: this.#lattice, fracCoords: this.#positions };
  }
}
