import {
  type DensityOfStates,
  type DosSpin,
  MAX_ENERGIES,
  type ProjectedDos,
  type ProjectionSpin,
} from '../dos/density-of-states';
import { parseNumber } from '../text/scan-numbers';
import { xmlAttribute } from '../xml/xml-tokenizer';
import { invalid, numbersOf, type Section, tooLarge } from './section';

/** What {@link DosSection} is bounded by. */
export interface DosSectionLimits {
  readonly file: string;
  /** False: projections are skipped. */
  readonly projected: boolean;
  readonly maxProjectedValues: number;
}

const TOTAL_SPINS: Readonly<Record<number, readonly DosSpin[]>> = { 1: ['total'], 2: ['up', 'down'] };
const PROJECTION_SPINS: Readonly<Record<number, readonly ProjectionSpin[]>> = {
  ...TOTAL_SPINS,
  4: ['total', 'mx', 'my', 'mz'],
};

/** VASP's names of d(x² − y²). */
const RENAMED: Readonly<Record<string, string>> = { dx2: 'dx2-y2', 'x2-y2': 'dx2-y2' };

/** `<dos>`: Fermi level, total, and projections on sites. */
export class DosSection implements Section {
  #part: 'total' | 'partial' | undefined;
  #item: string | undefined;
  #fermiEv: number | undefined;
  /** Comments of the open sets: `ion 1`, `spin 2`. */
  readonly #sets: string[] = [];
  /** Energy, density, integral, and again; one list a spin. */
  readonly #total: number[][] = [];
  readonly #fields: string[] = [];
  /** Orbitals of one energy, then of the next; one list a spin of the ion that is being read. */
  #ion: number[][] = [];
  readonly #sites: Float32Array[] = [];
  #values = 0;

  constructor(readonly limits: DosSectionLimits) {}

  open(name: string, attributes: string): void {
    if (name === 'total' || name === 'partial') this.#part = name;
    else if (name === 'i') this.#item = xmlAttribute(attributes, 'name');
    else if (name === 'set') {
      const comment = xmlAttribute(attributes, 'comment') ?? '';
      this.#sets.push(comment);
      if (comment.startsWith('spin')) (this.#part === 'total' ? this.#total : this.#ion).push([]);
    }
  }

  close(name: string, text: string): void {
    if (name === this.#part) this.#part = undefined;
    else if (name === 'i' && this.#item === 'efermi') this.#fermiEv = parseNumber(text.trim());
    else if (name === 'field' && this.#part === 'partial') this.#fields.push(text.trim());
    else if (name === 'r' && this.#part === 'total') this.#totalRow(text);
    else if (name === 'r' && this.#part === 'partial' && this.limits.projected) this.#partialRow(text);
    else if (name === 'set' && this.#sets.pop()?.startsWith('ion') && this.limits.projected) this.#closeIon();
  }

  /** @throws FormatError where the section does not hold one whole density of states */
  result(): DensityOfStates {
    const { file } = this.limits;
    const spins = TOTAL_SPINS[this.#total.length];
    const points = (this.#total[0]?.length ?? 0) / 3;
    if (spins === undefined || points === 0 || this.#total.some((rows) => rows.length !== 3 * points)) {
      throw invalid(
        file,
        'one or two spins with as many energies in <dos> expected',
        `${this.#total.length} spins`,
      );
    }
    if (this.#fermiEv === undefined) throw invalid(file, 'the Fermi level in <dos> expected', undefined);
    const column = (spin: number, k: number): Float64Array =>
      Float64Array.from({ length: points }, (_, point) => this.#total[spin]![3 * point + k]!);
    const projected = this.#projected(points);
    return {
      energiesEv: column(0, 0),
      fermiEv: this.#fermiEv,
      spins,
      total: spins.map((_, spin) => column(spin, 1)),
      integrated: spins.map((_, spin) => column(spin, 2)),
      projected,
      notes: this.#fields.length > 0 && projected === null ? ['projections were left out'] : [],
    };
  }

  #projected(points: number): ProjectedDos | null {
    const [first] = this.#sites;
    if (first === undefined) return null;
    const orbitals = this.#fields.slice(1).map((field) => RENAMED[field] ?? field);
    const spins = PROJECTION_SPINS[first.length / (orbitals.length * points)];
    if (spins === undefined || this.#sites.some(({ length }) => length !== first.length)) {
      throw invalid(
        this.limits.file,
        `${points} energies for every ion and spin in <partial> expected`,
        undefined,
      );
    }
    return { orbitals, spins, sites: this.#sites };
  }

  #totalRow(text: string): void {
    const { file } = this.limits;
    const numbers = numbersOf(text, 'a density of states', file);
    const rows = this.#total.at(-1);
    if (rows === undefined || numbers.length !== 3) {
      throw invalid(file, 'rows of energy, density and integral under a spin of <dos> expected', text);
    }
    if (rows.push(...numbers) > 3 * MAX_ENERGIES) {
      throw tooLarge(file, `at most ${MAX_ENERGIES} energies expected`, 'Use a coarser grid.');
    }
  }

  #partialRow(text: string): void {
    const { file, maxProjectedValues } = this.limits;
    const numbers = numbersOf(text, 'a projection', file);
    const rows = this.#ion.at(-1);
    if (rows === undefined || numbers.length < 2 || numbers.length !== this.#fields.length) {
      throw invalid(file, `rows of ${this.#fields.length} numbers under a spin of <partial> expected`, text);
    }
    for (let k = 1; k < numbers.length; k++) rows.push(numbers[k]!);
    this.#values += numbers.length - 1;
    if (this.#values <= maxProjectedValues) return;
    throw tooLarge(
      file,
      `at most ${maxProjectedValues} projected values expected`,
      'Leave them out with projected: false, or raise maxProjectedValues.',
    );
  }

  /** [N][P, O] → [O, N, P] */
  #closeIon(): void {
    const ion = this.#ion;
    this.#ion = [];
    const orbitals = this.#fields.length - 1;
    const points = (ion[0]?.length ?? 0) / orbitals;
    if (ion.some((rows) => rows.length !== ion[0]!.length)) {
      throw invalid(this.limits.file, 'as many energies for every spin of an ion expected', undefined);
    }
    const values = new Float32Array(orbitals * ion.length * points);
    ion.forEach((rows, spin) => {
      for (let k = 0; k < rows.length; k++) {
        const [point, orbital] = [Math.floor(k / orbitals), k % orbitals];
        values[(orbital * ion.length + spin) * points + point] = rows[k]!;
      }
    });
    this.#sites.push(values);
  }
}
