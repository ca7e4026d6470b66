import type { DataErrorCode } from '../../data-error';
import { excerpt, FormatError } from '../format-error';
import { type ByteSource, type SourceLimits, textChunks } from './text-chunks';

/** A line longer than this, 4 MiB of characters, is refused: no format read here has any. */
const MAX_LINE_LENGTH = 4 * 2 ** 20;

/** The line that a parser stands at, for its messages. */
export class LineInput {
  /** Lines handed over so far: the number, from 1, of the line that came last. */
  line = 0;
  /** Last line as read; `undefined` at the end of the file. */
  text: string | undefined;

  constructor(readonly file: string) {}

  /** The error that says what the current line should be; at the end of the file, `DATA_TRUNCATED`. */
  error(expected: string, remedy: string, code: DataErrorCode = 'DATA_INVALID'): FormatError {
    const { file, line, text } = this;
    return text === undefined
      ? new FormatError('DATA_TRUNCATED', { file, line }, { expected, got: 'the end of the file', remedy })
      : new FormatError(code, { file, line }, { expected, got: excerpt(text.trim()), remedy });
  }
}

/**
 * A parser as a coroutine: `const line = yield` hands it the next line without its end, `undefined` at the end of the file. It is
 * written as if it read from a file, and runs on a string at once or on a stream piece by piece.
 */
export type LineParser<Result> = (input: LineInput) => Generator<void, Result, string | undefined>;

/** Runs a parser on text that is there as a whole. */
export function parseText<Result>(text: string, file: string, parser: LineParser<Result>): Result {
  const feed = new LineFeed(file, parser);
  return feed.push(text) ?? feed.end();
}

/** Runs a parser on a stream; reading stops where the parser has what it needs. */
export async function parseStream<Result>(
  source: ByteSource,
  limits: SourceLimits,
  parser: LineParser<Result>,
): Promise<Result> {
  const feed = new LineFeed(limits.file, parser);
  for await (const chunk of textChunks(source, limits)) {
    const result = feed.push(chunk);
    if (result !== undefined) return result;
  }
  return feed.end();
}

/**
 * Runs a parser of many things on a stream and gives each as soon as its lines are read; memory holds those of one chunk.
 *
 * @param parserOf the parser, from where it is to put what it has read
 */
export async function* streamItems<Item>(
  source: ByteSource,
  limits: SourceLimits,
  parserOf: (emit: (item: Item) => void) => LineParser<true>,
): AsyncGenerator<Item, void, undefined> {
  const items: Item[] = [];
  const feed = new LineFeed(
    limits.file,
    parserOf((item) => items.push(item)),
  );
  try {
    for await (const chunk of textChunks(source, limits)) {
      const done = feed.push(chunk);
      yield* items.splice(0);
      if (done) return;
    }
    feed.end();
  } catch (error) {
    // What stands before the fault is as good as it was.
    yield* items.splice(0);
    throw error;
  }
  yield* items;
}

/** Cuts chunks of text into lines at `\n`, `\r\n` and `\r`. */
class LineFeed<Result> {
  readonly #input: LineInput;
  readonly #parser: Generator<void, Result, string | undefined>;
  #rest = '';

  constructor(file: string, parser: LineParser<Result>) {
    this.#input = new LineInput(file);
    this.#parser = parser(this.#input);
    this.#parser.next();
  }

  push(chunk: string): Result | undefined {
    // A carriage return at the end of a chunk may be half of a line's end.
    const text = this.#rest + chunk;
    let start = 0;
    for (;;) {
      let end = text.indexOf('\n', start);
      const lone = end < 0 ? text.indexOf('\r', start) : -1;
      if (end < 0 && lone >= 0 && lone < text.length - 1) end = lone;
      if (end < 0) break;
      const step = this.#lines(text.slice(start, end));
      if (step !== undefined) return step;
      start = end + 1;
    }
    this.#rest = start === 0 ? text : text.slice(start);
    if (this.#rest.length > MAX_LINE_LENGTH) {
      const { file, line } = this.#input;
      throw new FormatError(
        'DATA_TOO_LARGE',
        { file, line: line + 1 },
        {
          expected: `a line of at most ${MAX_LINE_LENGTH} characters expected`,
          got: 'more',
          remedy: 'This is no text file of a known format.',
        },
      );
    }
    return undefined;
  }

  end(): Result {
    const last = this.#rest === '' ? undefined : this.#lines(this.#rest);
    return last ?? this.#step(undefined) ?? this.#failure();
  }

  /** One line, or several where bare carriage returns end them. */
  #lines(text: string): Result | undefined {
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (!line.includes('\r')) return this.#step(line);
    for (const part of line.split('\r')) {
      const result = this.#step(part);
      if (result !== undefined) return result;
    }
    return undefined;
  }

  #step(line: string | undefined): Result | undefined {
    const input = this.#input;
    input.text = line;
    if (line !== undefined) input.line++;
    const { done, value } = this.#parser.next(line);
    return done ? value : undefined;
  }

  #failure(): never {
    throw this.#input.error('more lines expected', 'The file ends early.');
  }
}
