import { FormatError } from '../../formats/format-error';
import { type ByteSource, type SourceLimits, textChunks } from '../../formats/text/text-chunks';
import { parseJsonText } from './parse-json';

/** A part of a large document: an element of its list, or of a list that is a member of it, or another member whole. */
export interface JsonMember {
  /** Name of the member; null where the document itself is a list. */
  readonly key: string | null;
  /** Of the element in its list; null for a member that is no list. */
  readonly index: number | null;
  readonly value: unknown;
}

/** Bounds on an untrusted document. */
export interface JsonLimits extends SourceLimits {
  /** Characters of one element or member; 64 Mi by default. */
  readonly maxElementChars?: number;
}

const DEFAULT_MAX_ELEMENT_CHARS = 64 * 2 ** 20;
const QUOTE = 34;
const BACKSLASH = 92;

/**
 * The elements of a JSON document one by one, so that it may be larger than memory: those of `[…]`, and of every list that is a member of
 * `{…}`; other members come whole. gzip or not.
 *
 * @throws FormatError `DATA_TRUNCATED`, `DATA_INVALID`, `DATA_TOO_LARGE`
 */
export async function* jsonMembers(
  source: ByteSource,
  limits: JsonLimits,
): AsyncGenerator<JsonMember, void, undefined> {
  const scanner = new MemberScanner(limits.file, limits.maxElementChars ?? DEFAULT_MAX_ELEMENT_CHARS);
  for await (const chunk of textChunks(source, limits)) {
    scanner.take(chunk);
    yield* scanner.ready();
  }
  scanner.end();
  yield* scanner.ready();
}

/** Finds where values end by counting brackets outside of strings; JSON.parse judges each piece. */
class MemberScanner {
  #state: 'start' | 'members' | 'value' | 'elements' | 'done' = 'start';
  #isObject = false;
  /** Brackets that are open inside of the piece. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  #piece: string[] = [];
  #pieceLength = 0;
  #key: string | null = null;
  #index = 0;
  #found: JsonMember[] = [];

  constructor(
    readonly file: string,
    readonly maxChars: number,
  ) {}

  *ready(): Generator<JsonMember, void, undefined> {
    const found = this.#found;
    this.#found = [];
    yield* found;
  }

  take(chunk: string): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === BACKSLASH) this.#escaped = true;
        else if (code === QUOTE) this.#inString = false;
        continue;
      }
      if (code === QUOTE) this.#inString = true;
      else if (this.#depth > 0) this.#nested(code);
      else if (isStructural(code)) {
        this.#collect(chunk.slice(start, at));
        if (!this.#structural(chunk[at]!)) this.#collect(chunk[at]!);
        start = at + 1;
      }
    }
    this.#collect(chunk.slice(start));
  }

  end(): void {
    if (this.#state === 'done' && this.#text().trim() === '') return;
    const text = this.#state === 'done' ? this.#text() : '';
    throw this.#error(
      text === '' ? 'DATA_TRUNCATED' : 'DATA_INVALID',
      'a document of one list or object expected',
      text === '' ? 'text that stops' : 'more text behind it',
    );
  }

  #nested(code: number): void {
    if (code === 91 || code === 123) this.#depth++;
    else if (code === 93 || code === 125) this.#depth--;
  }

  /** Takes a bracket, comma or colon between pieces; false where it belongs to the piece. */
  #structural(mark: string): boolean {
    const opens = mark === '[' || mark === '{';
    switch (this.#state) {
      case 'start':
        if (!opens || this.#text().trim() !== '') throw this.#unexpected(mark);
        this.#isObject = mark === '{';
        this.#state = this.#isObject ? 'members' : 'elements';
        this.#clear();
        return true;
      case 'members':
        return this.#betweenMembers(mark);
      case 'value':
        if (mark === '[' && this.#text().trim() === '') {
          this.#state = 'elements';
          this.#index = 0;
          this.#clear();
          return true;
        }
        if (opens) return this.#open();
        if (mark !== ',' && mark !== '}') throw this.#unexpected(mark);
        this.#push(null);
        this.#state = mark === '}' ? 'done' : 'members';
        return true;
      case 'elements':
        if (opens) return this.#open();
        if (mark !== ',' && mark !== ']') throw this.#unexpected(mark);
        if (mark === ',' || this.#index > 0 || this.#text().trim() !== '') this.#push(this.#index++);
        if (mark === ']') this.#state = this.#isObject ? 'members' : 'done';
        this.#clear();
        return true;
      case 'done':
        throw this.#unexpected(mark);
    }
  }

  #betweenMembers(mark: string): boolean {
    const text = this.#text().trim();
    if (mark === ':') {
      const key = parseJsonText(text, this.file);
      if (typeof key !== 'string') throw this.#unexpected(mark);
      this.#key = key;
      this.#state = 'value';
    } else if (text !== '' || (mark !== ',' && mark !== '}')) throw this.#unexpected(mark);
    else if (mark === '}') this.#state = 'done';
    this.#clear();
    return true;
  }

  #open(): boolean {
    this.#depth = 1;
    return false;
  }

  #push(index: number | null): void {
    this.#found.push({ key: this.#key, index, value: parseJsonText(this.#text(), this.file) });
    this.#clear();
  }

  #collect(text: string): void {
    if (text === '') return;
    this.#pieceLength += text.length;
    if (this.#pieceLength > this.maxChars) {
      throw this.#error('DATA_TOO_LARGE', `parts of at most ${this.maxChars} characters expected`, 'more');
    }
    this.#piece.push(text);
  }

  #text(): string {
    return this.#piece.join('');
  }

  #clear(): void {
    this.#piece = [];
    this.#pieceLength = 0;
  }

  #unexpected(mark: string): FormatError {
    return this.#error('DATA_INVALID', 'JSON expected', `${JSON.stringify(mark)} where it cannot stand`);
  }

  #error(code: FormatError['code'], expected: string, got: string): FormatError {
    return new FormatError(code, { file: this.file }, { expected, got, remedy: 'Download the file again.' });
  }
}

/** `[ ] { } , :` */
function isStructural(code: number): boolean {
  return code === 91 || code === 93 || code === 123 || code === 125 || code === 44 || code === 58;
}
