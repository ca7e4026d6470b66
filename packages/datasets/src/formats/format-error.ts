import { DataError, type DataErrorCode } from '../data-error';

/** Where in a file something stands; lines and columns count from 1. */
export interface FilePlace {
  /** Name shown to the user: a path, or `<stdin>`. */
  readonly file: string;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** The three parts of a message about a file. */
export interface Mismatch {
  /** What the format asks for here: `a positive number of atoms expected`. */
  readonly expected: string;
  /** What stands there, as read; cut to {@link excerpt} length by the caller. */
  readonly got: string;
  /** One sentence: `Check the seventh line.` */
  readonly remedy: string;
}

/**
 * Thrown where a file is not what its format says: `<file:line:column> <expected>, got <got>. <what to do>`.
 *
 * Codes: `DATA_TRUNCATED` (ends early), `DATA_INVALID` (a value that cannot be), `DATA_CORRUPT` (gzip, binary rubbish),
 * `DATA_TOO_LARGE` (over a limit), `DATA_UNSUPPORTED` (no such format here, or a feature that is not read), beside
 * `DATA_NOT_FOUND` and `DATA_UNREADABLE` from the file system.
 *
 * @example
 * ```ts no-run
 * throw new FormatError('DATA_INVALID', { file, line: 7 }, {
 *   expected: 'counts of atoms, one a species, expected',
 *   got: excerpt(line),
 *   remedy: 'Check the line after the element symbols.',
 * });
 * ```
 */
export class FormatError extends DataError {
  override readonly name: string = 'FormatError';
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly expected: string;
  readonly got: string;
  readonly remedy: string;

  constructor(
    code: DataErrorCode,
    { file, line, column }: FilePlace,
    { expected, got, remedy }: Mismatch,
    options?: ErrorOptions,
  ) {
    const where = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined);
    super(code, where.join(':'), `${expected}, got ${got}. ${remedy}`, options);
    this.file = file;
    this.line = line;
    this.column = column;
    this.expected = expected;
    this.got = got;
    this.remedy = remedy;
  }
}

const EXCERPT_LENGTH = 60;

/** Untrusted text quoted for a message: JSON escapes, at most 60 characters, `nothing` where there is none. */
export function excerpt(text: string | undefined): string {
  if (text === undefined || text === '') return 'nothing';
  return text.length <= EXCERPT_LENGTH
    ? JSON.stringify(text)
    : `${JSON.stringify(text.slice(0, EXCERPT_LENGTH))}…`;
}
