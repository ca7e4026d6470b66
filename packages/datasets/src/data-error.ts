/** What is wrong with a data file; stable, safe to switch on. */
export type DataErrorCode =
  | 'DATA_NOT_FOUND'
  | 'DATA_TRUNCATED'
  | 'DATA_CORRUPT'
  | 'DATA_TOO_LARGE'
  | 'DATA_INVALID'
  | 'DATA_UNSUPPORTED'
  | 'DATA_UNREADABLE';

/**
 * Thrown where a data file is missing, cut short, too large or does not say what it should. The message reads
 * `<file:line> <what was expected>, got <what came>. <what to do>`; `code` is stable.
 */
export class DataError extends Error {
  override readonly name: string = 'DataError';
  readonly code: DataErrorCode;
  /** `file` or `file:line`. */
  readonly where: string;

  constructor(code: DataErrorCode, where: string, message: string, options?: ErrorOptions) {
    super(`${where} ${message}`, options);
    this.code = code;
    this.where = where;
  }
}
