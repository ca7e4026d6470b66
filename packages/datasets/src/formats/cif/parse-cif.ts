import { excerpt, FormatError } from '../format-error';
import { type CifBlock, type CifValue, canonicalName } from './cif-block';
import { CifScanner } from './cif-scanner';

/** What {@link parseCif} found. */
export interface CifDocument {
  readonly blocks: readonly CifBlock[];
  readonly notes: readonly string[];
}

/** Bounds of an untrusted file. */
const MAX_LOOP_COLUMNS = 1000;
const MAX_BLOCKS = 10_000;

/**
 * Blocks, items and loops of a CIF 1.1 file, in time linear in the text; only values whose name `keeps` accepts are stored, so
 * that a powder profile of a million points costs no memory.
 *
 * A kept loop must be whole rows and a kept name must have a value; elsewhere such faults are notes, unless the file ends there.
 *
 * @param keeps says from the canonical name (lower case, `_` for `.`) whether its values are wanted
 * @throws FormatError
 */
export function parseCif(text: string, file: string, keeps: (name: string) => boolean): CifDocument {
  return new CifParser(text, file, keeps).document();
}

class CifParser {
  readonly #scanner: CifScanner;
  readonly #text: string;
  readonly #file: string;
  readonly #keeps: (name: string) => boolean;
  readonly #blocks: CifBlock[] = [];
  readonly #notes: string[] = [];
  #columns: Map<string, CifValue[]> | undefined;
  #strays = 0;
  #firstStray = 0;
  #emptyNames = 0;
  #raggedLoops = 0;

  constructor(text: string, file: string, keeps: (name: string) => boolean) {
    this.#scanner = new CifScanner(text, file);
    this.#text = text;
    this.#file = file;
    this.#keeps = keeps;
  }

  document(): CifDocument {
    const scanner = this.#scanner;
    scanner.next();
    while (scanner.kind !== 'end') {
      if (scanner.kind === 'data') this.#startBlock();
      else if (scanner.kind === 'loop') this.#loop();
      else if (scanner.kind === 'name') this.#item();
      else if (scanner.kind === 'save') this.#saveFrame();
      else this.#stray();
    }
    if (this.#blocks.length === 0) {
      throw new FormatError(
        'DATA_UNSUPPORTED',
        { file: this.#file },
        {
          expected: 'a CIF with a line data_NAME expected',
          got: 'none',
          remedy: 'Check that this is a crystallographic information file.',
        },
      );
    }
    if (this.#strays > 0)
      this.#notes.push(
        `${this.#strays} words without a data name were left out (first on line ${this.#firstStray})`,
      );
    if (this.#emptyNames > 0)
      this.#notes.push(`${this.#emptyNames} data names without a value were left out`);
    if (this.#raggedLoops > 0)
      this.#notes.push(
        `${this.#raggedLoops} lists that are not whole rows were left out; they say nothing about the structure`,
      );
    return { blocks: this.#blocks, notes: this.#notes };
  }

  #startBlock(): void {
    if (this.#blocks.length === MAX_BLOCKS)
      throw this.#error(
        'DATA_TOO_LARGE',
        `at most ${MAX_BLOCKS} data blocks expected`,
        'more',
        'Split the file.',
      );
    this.#columns = new Map();
    this.#blocks.push({
      name: this.#scanner.value.slice(0, 200),
      line: this.#scanner.line,
      columns: this.#columns,
    });
    this.#scanner.next();
  }

  /** Save frames belong to dictionaries: what they hold says nothing about a crystal. */
  #saveFrame(): void {
    const line = this.#scanner.line;
    while (this.#scanner.next() !== 'end') {
      if (this.#scanner.kind === 'save' && this.#scanner.value === '') {
        this.#scanner.next();
        return;
      }
    }
    throw this.#error(
      'DATA_TRUNCATED',
      `the save_ that ends the frame of line ${line} expected`,
      'the end of the file',
      'The file is cut short.',
    );
  }

  #item(): void {
    const scanner = this.#scanner;
    const { value: written, line } = scanner;
    const name = canonicalName(written);
    const kept = this.#isKept(name);
    if (scanner.next() !== 'value') {
      if (kept || scanner.kind === 'end')
        throw this.#error(
          scanner.kind === 'end' ? 'DATA_TRUNCATED' : 'DATA_INVALID',
          `a value for ${written.slice(0, 80)} (line ${line}) expected`,
          scanner.kind === 'end' ? 'the end of the file' : excerpt(scanner.value),
          'Write ? where it is not known.',
        );
      this.#emptyNames++;
      return;
    }
    if (kept) {
      const value = this.#cifValue();
      scanner.next();
      this.#store(written, name, [this.#withRestOfLine(value)]);
    } else scanner.next();
  }

  /** Unquoted values of several words (`P 21/c`) on one line: taken whole, as every program that writes them means it. */
  #withRestOfLine(value: CifValue): CifValue {
    const scanner = this.#scanner;
    if (value.quoted) return value;
    const words = [value.text];
    while (scanner.kind === 'value' && scanner.line === value.line && !scanner.quoted) {
      words.push(scanner.value);
      scanner.next();
    }
    return words.length === 1 ? value : { ...value, text: words.join(' '), quoted: true };
  }

  #loop(): void {
    const scanner = this.#scanner;
    const line = scanner.line;
    const written: string[] = [];
    while (scanner.next() === 'name') {
      if (written.push(scanner.value) > MAX_LOOP_COLUMNS) {
        throw this.#error(
          'DATA_TOO_LARGE',
          `a loop of at most ${MAX_LOOP_COLUMNS} columns expected`,
          'more',
          'No crystal needs so many: the file is damaged.',
        );
      }
    }
    const kept = written.map((name) => {
      const canonical = canonicalName(name);
      return this.#isKept(canonical) ? { written: name, canonical, values: [] as CifValue[] } : undefined;
    });
    let count = 0;
    while (scanner.kind === 'value') {
      kept[count % written.length]?.values.push(this.#cifValue());
      count++;
      scanner.next();
    }
    const isRead = kept.some((column) => column !== undefined);
    const isWhole = written.length > 0 && count % written.length === 0 && (count > 0 || !isRead);
    if (!isWhole && (isRead || scanner.kind === 'end')) {
      throw this.#error(
        scanner.kind === 'end' ? 'DATA_TRUNCATED' : 'DATA_INVALID',
        `rows of ${written.length} values in the loop of line ${line} expected`,
        `${count} values`,
        'A value is missing, or one with spaces stands without quotes.',
      );
    }
    if (!isWhole) this.#raggedLoops++;
    for (const column of kept) {
      if (column !== undefined) this.#store(column.written, column.canonical, column.values);
    }
    if (isRead && scanner.kind === 'end' && !/\s$/.test(this.#text))
      this.#notes.push('the file ends within a list without a line end: it may be cut short');
  }

  #store(written: string, name: string, values: CifValue[]): void {
    const known = this.#columns!.get(name);
    const same =
      known === undefined ||
      (known.length === values.length && known.every((value, i) => value.text === values[i]!.text));
    if (!same) {
      throw this.#error(
        'DATA_INVALID',
        `${written.slice(0, 80)} once in a data block expected`,
        'it twice with different values',
        'Remove one of them.',
      );
    }
    this.#columns!.set(name, values);
  }

  #stray(): void {
    if (this.#strays++ === 0) this.#firstStray = this.#scanner.line;
    this.#scanner.next();
  }

  #isKept(name: string): boolean {
    return this.#columns !== undefined && this.#keeps(name);
  }

  #cifValue(): CifValue {
    const { value: text, quoted, line } = this.#scanner;
    return { text, quoted, line };
  }

  #error(
    code: 'DATA_INVALID' | 'DATA_TRUNCATED' | 'DATA_TOO_LARGE',
    expected: string,
    got: string,
    remedy: string,
  ): FormatError {
    return new FormatError(
      code,
      { file: this.#file, line: this.#scanner.line, column: this.#scanner.column },
      { expected, got, remedy },
    );
  }
}
