import { FormatError } from '../format-error';

/** What a token is; `name` begins with an underscore, `value` is everything that is none of the others. */
export type CifTokenKind = 'data' | 'save' | 'loop' | 'reserved' | 'name' | 'value' | 'end';

const NEWLINE = 10;
const RETURN = 13;
const TAB = 9;
const SPACE = 32;
const QUOTE = 39;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SEMICOLON = 59;

/**
 * Words of CIF 1.1 one after another, in time linear in the text and without keeping any.
 *
 * A quoted string ends at its quote before white space, a text field at the next line that begins with `;`. Reserved words are
 * recognised in any case. Reference: Hall, Allen and Brown, Acta Cryst. A47, 655 (1991); CIF 1.1 syntax, IUCr.
 *
 * @throws FormatError `DATA_INVALID` for a quote without end, `DATA_TRUNCATED` for a text field without end
 */
export class CifScanner {
  kind: CifTokenKind = 'end';
  /** True for values in quotes or text fields: there `?`, `.` and numbers are only text. */
  quoted = false;
  /** 1-based place of the token. */
  line = 1;
  column = 1;
  readonly #text: string;
  readonly #file: string;
  #position = 0;
  #lineNumber = 1;
  #lineStart = 0;
  #begin = 0;
  #end = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  /** The token's text without quotes; for `data` and `save` the name behind the underscore. */
  get value(): string {
    return this.#text.slice(this.#begin, this.#end);
  }

  /** Steps to the next token and says what it is. */
  next(): CifTokenKind {
    this.#skipBlanks();
    this.line = this.#lineNumber;
    this.column = this.#position - this.#lineStart + 1;
    this.quoted = false;
    if (this.#position >= this.#text.length) {
      this.#begin = this.#end = this.#position;
      this.kind = 'end';
      return this.kind;
    }
    const first = this.#text.charCodeAt(this.#position);
    if (first === SEMICOLON && this.#position === this.#lineStart) this.#textField();
    else if (first === QUOTE || first === DOUBLE_QUOTE) this.#quotedString(first);
    else this.#bareWord();
    return this.kind;
  }

  #skipBlanks(): void {
    const text = this.#text;
    for (; this.#position < text.length; this.#position++) {
      const code = text.charCodeAt(this.#position);
      if (code === HASH) {
        const end = this.#endOfLine(this.#position);
        this.#position = end - 1;
      } else if (isLineEnd(code)) {
        this.#newLine();
      } else if (!isBlank(code)) return;
    }
  }

  /** Counts a line at its LF, CR LF or CR; leaves the position on its last character. */
  #newLine(): void {
    if (
      this.#text.charCodeAt(this.#position) === RETURN &&
      this.#text.charCodeAt(this.#position + 1) === NEWLINE
    )
      this.#position++;
    this.#lineNumber++;
    this.#lineStart = this.#position + 1;
  }

  #endOfLine(from: number): number {
    let end = from;
    while (end < this.#text.length && !isLineEnd(this.#text.charCodeAt(end))) end++;
    return end;
  }

  #textField(): void {
    this.#begin = this.#position + 1;
    for (;;) {
      const end = this.#endOfLine(this.#position);
      if (end >= this.#text.length) {
        throw this.#error(
          'DATA_TRUNCATED',
          'a text field that ends with ";" at the start of a line expected',
          'the end of the file',
          'The file is cut short, or the closing semicolon is missing.',
        );
      }
      this.#position = end;
      this.#newLine();
      this.#position++;
      if (this.#text.charCodeAt(this.#position) === SEMICOLON) {
        this.#end = end;
        break;
      }
    }
    this.#position++;
    this.#found('value', true);
  }

  #quotedString(quote: number): void {
    const text = this.#text;
    this.#begin = this.#position + 1;
    for (let end = this.#begin; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (isLineEnd(code)) break;
      if (code === quote && (end + 1 >= text.length || isSeparator(text.charCodeAt(end + 1)))) {
        this.#end = end;
        this.#position = end + 1;
        this.#found('value', true);
        return;
      }
    }
    throw this.#error(
      'DATA_INVALID',
      `a quoted value that ends with ${String.fromCharCode(quote)} on the same line expected`,
      'the end of the line',
      'Add the closing quote, or use a text field between semicolons.',
    );
  }

  #bareWord(): void {
    const text = this.#text;
    this.#begin = this.#position;
    while (this.#position < text.length && !isSeparator(text.charCodeAt(this.#position))) this.#position++;
    this.#end = this.#position;
    this.#found(this.#wordKind(), false);
    if (this.kind === 'data' || this.kind === 'save') this.#begin += 5;
  }

  #wordKind(): CifTokenKind {
    const first = this.#text.charAt(this.#begin);
    if (first === '_') return 'name';
    if (!'dDsSlLgG'.includes(first)) return 'value';
    const length = this.#end - this.#begin;
    const word = this.#text.slice(this.#begin, this.#begin + Math.min(length, 8)).toLowerCase();
    if (word.startsWith('data_')) return 'data';
    if (word.startsWith('save_')) return 'save';
    if (length === 5 && word === 'loop_') return 'loop';
    return (length === 7 && word === 'global_') || (length === 5 && word === 'stop_') ? 'reserved' : 'value';
  }

  #found(kind: CifTokenKind, quoted: boolean): void {
    this.kind = kind;
    this.quoted = quoted;
  }

  #error(
    code: 'DATA_INVALID' | 'DATA_TRUNCATED',
    expected: string,
    got: string,
    remedy: string,
  ): FormatError {
    return new FormatError(
      code,
      { file: this.#file, line: this.line, column: this.column },
      { expected, got, remedy },
    );
  }
}

function isLineEnd(code: number): boolean {
  return code === NEWLINE || code === RETURN;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || code === 11 || code === 12 || code === 0xa0 || code === 0xfeff;
}

function isSeparator(code: number): boolean {
  return isBlank(code) || isLineEnd(code);
}
