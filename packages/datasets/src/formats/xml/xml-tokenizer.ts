import type { DataErrorCode } from '../../data-error';
import { FormatError, type Mismatch } from '../format-error';

/** Gets the elements of an XML document in order. */
export interface XmlHandler {
  /** @param attributes the tag's text behind its name, for {@link xmlAttribute} */
  open(name: string, attributes: string): void;
  /** @param text what stands between the end of the last tag and this one, entities resolved */
  close(name: string, text: string): void;
}

/** Elements inside each other; vasprun.xml has 10. */
const MAX_DEPTH = 64;
/** Characters of one tag, and of the text of one element; vasprun.xml has hundreds. */
const MAX_TOKEN = 2 ** 16;

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

/** Value of an attribute in the text of a tag, or `undefined`. */
export function xmlAttribute(attributes: string, name: string): string | undefined {
  const pattern = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;
  for (let at = 0; at < attributes.length; at = pattern.lastIndex) {
    while (/\s/.test(attributes[at] ?? '')) at++;
    pattern.lastIndex = at;
    const match = pattern.exec(attributes);
    if (match === null) return undefined;
    if (match[1] === name) return resolved(match[2] ?? match[3]!);
  }
  return undefined;
}

function resolved(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&(?:lt|gt|amp|quot|apos);/g, (entity) => ENTITIES[entity]!)
    : text;
}

/**
 * Reads XML piece by piece: elements, attributes, text, comments, CDATA; no DTD, so no entity can expand. Memory is bounded by one
 * tag and the depth.
 *
 * @throws FormatError `DATA_INVALID`, `DATA_TRUNCATED`, `DATA_TOO_LARGE`
 */
export class XmlTokenizer {
  readonly #stack: string[] = [];
  #rest = '';
  #text = '';
  #line = 1;
  #closed = false;

  constructor(
    readonly file: string,
    readonly handler: XmlHandler,
  ) {}

  /** Takes the next piece of the document. */
  push(chunk: string): void {
    const source = this.#rest + chunk;
    let at = 0;
    for (;;) {
      const start = source.indexOf('<', at);
      if (start < 0) {
        this.#addText(source.slice(at));
        at = source.length;
        break;
      }
      const end = this.#tokenEnd(source, start);
      if (end < 0) {
        this.#addText(source.slice(at, start));
        at = start;
        break;
      }
      this.#addText(source.slice(at, start));
      this.#token(source.slice(start, end));
      at = end;
    }
    this.#rest = source.slice(at);
    if (this.#rest.length > MAX_TOKEN) throw this.#tooLong('a tag');
  }

  /** Says that the document ended. */
  end(): void {
    if (this.#closed && this.#rest === '') return;
    const open = this.#stack.at(-1);
    throw this.#error('DATA_TRUNCATED', {
      expected: open === undefined ? 'an XML document expected' : `</${open}> expected`,
      got: 'the end of the file',
      remedy: 'The file is cut short: the calculation or the copy did not finish.',
    });
  }

  /** Index behind the token that starts at `start`, or −1 where it is not there as a whole. */
  #tokenEnd(source: string, start: number): number {
    const closing = source.startsWith('<!--', start)
      ? '-->'
      : source.startsWith('<![CDATA[', start)
        ? ']]>'
        : source.startsWith('<?', start)
          ? '?>'
          : '>';
    // `<!` alone may become a comment or CDATA with the next piece.
    if (source.length - start < 9 && source[start + 1] === '!') return -1;
    const end = source.indexOf(closing, start + 1);
    return end < 0 ? -1 : end + closing.length;
  }

  #addText(piece: string): void {
    this.#countLines(piece);
    if (this.#text.length + piece.length <= MAX_TOKEN) this.#text += piece;
    else if (piece.trim() !== '') throw this.#tooLong('text');
  }

  #token(token: string): void {
    this.#countLines(token);
    if (token.length > MAX_TOKEN && !token.startsWith('<!--')) throw this.#tooLong('a tag');
    if (token.startsWith('<![CDATA[')) this.#text += token.slice(9, -3);
    else if (token.startsWith('<!--') || token.startsWith('<?')) return;
    else if (token.startsWith('<!')) this.#declaration(token);
    else if (token.startsWith('</')) this.#close(token.slice(2, -1).trim());
    else this.#open(token);
  }

  #declaration(token: string): void {
    if (/^<!DOCTYPE\s+[\w:.-]+\s*>$/i.test(token)) return;
    throw this.#error('DATA_UNSUPPORTED', {
      expected: 'XML without a document type definition expected',
      got: JSON.stringify(token.slice(0, 40)),
      remedy: 'VASP writes none: remove it.',
    });
  }

  #open(token: string): void {
    const empty = token.endsWith('/>');
    const match = /^<([A-Za-z_][\w:.-]*)/.exec(token);
    if (match === null || this.#closed) throw this.#invalid('an element', token);
    const name = match[1]!;
    if (this.#stack.length >= MAX_DEPTH) {
      throw this.#error('DATA_TOO_LARGE', {
        expected: `elements inside each other at most ${MAX_DEPTH} deep expected`,
        got: 'more',
        remedy: 'This is no vasprun.xml.',
      });
    }
    this.#text = '';
    this.#stack.push(name);
    this.handler.open(name, token.slice(match[0].length, empty ? -2 : -1));
    if (empty) this.#close(name);
  }

  #close(name: string): void {
    const open = this.#stack.pop();
    if (open !== name)
      throw this.#invalid(open === undefined ? 'no further tag' : `</${open}>`, `</${name}>`);
    const text = this.#text;
    this.#text = '';
    this.handler.close(name, resolved(text));
    this.#closed = this.#stack.length === 0;
  }

  #countLines(text: string): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line++;
  }

  #invalid(expected: string, got: string): FormatError {
    return this.#error('DATA_INVALID', {
      expected: `${expected} expected`,
      got: JSON.stringify(got.slice(0, 60)),
      remedy: 'The XML is damaged.',
    });
  }

  #tooLong(what: string): FormatError {
    return this.#error('DATA_TOO_LARGE', {
      expected: `${what} of at most ${MAX_TOKEN} characters expected`,
      got: 'more',
      remedy: 'This is no vasprun.xml, or it is damaged.',
    });
  }

  #error(code: DataErrorCode, mismatch: Mismatch): FormatError {
    return new FormatError(code, { file: this.file, line: this.#line }, mismatch);
  }
}
