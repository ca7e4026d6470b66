import { createStructure } from '../../structure/create-structure';
import type { Structure } from '../../structure/structure';
import type { DensityOfStates } from '../dos/density-of-states';
import { FormatError } from '../format-error';
import { type XmlHandler, xmlAttribute } from '../xml/xml-tokenizer';
import { AtomsSection } from './atoms-section';
import { DosSection, type DosSectionLimits } from './dos-section';
import { invalid, type Section } from './section';
import { type CellNumbers, StructureSection } from './structure-section';
import type { VaspRun } from './vasp-run';

/** Bounds on a vasprun.xml. */
export interface VasprunLimits extends DosSectionLimits {
  readonly maxSites: number;
}

/** Elements in the longest path that begins a section. */
const LONGEST_PATH = 3;

/** Picks out of a vasprun.xml what {@link VaspRun} holds; everything else passes by. */
export class VasprunHandler implements XmlHandler {
  readonly #path: string[] = [];
  readonly #atoms: AtomsSection;
  readonly #notes: Set<string> = new Set();
  #section: Section | undefined;
  /** Length of the path where the section began. */
  #sectionDepth = 0;
  #whenClosed: () => void = () => undefined;
  #steps = 0;
  #initial: CellNumbers | undefined;
  #last: CellNumbers | undefined;
  #final: CellNumbers | undefined;
  #dos: DensityOfStates | null = null;

  constructor(readonly limits: VasprunLimits) {
    this.#atoms = new AtomsSection(limits.file, limits.maxSites);
  }

  open(name: string, attributes: string): void {
    if (this.#path.length === 0 && name !== 'modeling') throw this.#notVasprun(name);
    this.#path.push(name);
    if (this.#section !== undefined) this.#section.open(name, attributes);
    else if (this.#path.length <= LONGEST_PATH) this.#enter(this.#path.join('/'), attributes);
  }

  #enter(path: string, attributes: string): void {
    if (path === 'modeling/calculation') this.#steps++;
    else if (path === 'modeling/atominfo') this.#begin(this.#atoms, () => undefined);
    else if (path === 'modeling/structure' || path === 'modeling/calculation/structure') {
      const section = new StructureSection(this.limits.file, this.limits.maxSites);
      const which = this.#path.length === 2 ? xmlAttribute(attributes, 'name') : undefined;
      this.#begin(section, () => this.#keep(section.result(), which));
    } else if (path === 'modeling/calculation/dos') {
      const comment = xmlAttribute(attributes, 'comment');
      if (comment !== undefined) {
        this.#notes.add(`a further density of states (${comment.slice(0, 40)}) was left out`);
        return;
      }
      const section = new DosSection(this.limits);
      this.#begin(section, () => {
        this.#dos = section.result();
      });
    }
  }

  close(name: string, text: string): void {
    this.#path.pop();
    if (this.#section === undefined) return;
    if (this.#path.length >= this.#sectionDepth) this.#section.close(name, text);
    else {
      this.#section = undefined;
      this.#whenClosed();
    }
  }

  result(): VaspRun {
    const { file } = this.limits;
    const final = this.#final ?? this.#last ?? this.#initial;
    if (final === undefined) throw invalid(file, 'a structure in vasprun.xml expected', undefined);
    if (this.#final === undefined)
      this.#notes.add('the run has no final structure: the last one stands for it');
    if (this.#steps > 1) this.#notes.add(`${this.#steps} ionic steps: the structure is the final one`);
    return {
      structure: this.#structure(final),
      initialStructure: this.#initial === undefined ? null : this.#structure(this.#initial),
      ionicSteps: this.#steps,
      dos: this.#dos,
      notes: [...this.#notes, ...this.#atoms.notes],
    };
  }

  #begin(section: Section, whenClosed: () => void): void {
    this.#section = section;
    this.#sectionDepth = this.#path.length;
    this.#whenClosed = whenClosed;
  }

  #keep(cell: CellNumbers, which: string | undefined): void {
    if (which === 'initialpos') this.#initial = cell;
    else if (which === 'finalpos') this.#final = cell;
    else if (which === undefined) this.#last = cell;
  }

  #structure(cell: CellNumbers): Structure {
    const { file } = this.limits;
    const { atomicNumbers } = this.#atoms;
    if (cell.fracCoords.length !== 3 * atomicNumbers.length) {
      throw invalid(
        file,
        `${atomicNumbers.length} positions, as <atominfo> says, expected`,
        `${cell.fracCoords.length / 3}`,
      );
    }
    return createStructure({ ...cell, atomicNumbers }, file);
  }

  #notVasprun(name: string): FormatError {
    return new FormatError(
      'DATA_UNSUPPORTED',
      { file: this.limits.file },
      {
        expected: '<modeling>, the root of vasprun.xml, expected',
        got: `<${name.slice(0, 40)}>`,
        remedy: 'No other XML is read.',
      },
    );
  }
}
