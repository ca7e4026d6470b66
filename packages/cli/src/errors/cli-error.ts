/** The command line asks for something that cannot be: ends with exit code 2. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
  readonly code: string = 'USAGE';
}

/** Ctrl-C came while nothing was under way that a checkpoint keeps: ends with exit code 130. */
export class InterruptedError extends Error {
  override readonly name: string = 'InterruptedError';
  readonly code: string = 'INTERRUPTED';
}

/** A result file cannot be written; `code` is the system's, for example `ENOSPC`. */
export class ResultFileError extends Error {
  override readonly name: string = 'ResultFileError';
  constructor(
    readonly code: string,
    readonly file: string,
    cause: unknown,
  ) {
    super(
      `${file}: must be a file that can be written, got ${code}. Free some space or choose another folder with --out.`,
      { cause },
    );
  }
}
