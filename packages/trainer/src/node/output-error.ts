/** Stable codes of {@link OutputError}; messages may be reworded, codes may not. */
export type OutputErrorCode =
  /** The user may not write there, or the file system is read-only. */
  | 'NOT_WRITABLE'
  /** The path, or a part of it, is a file or cannot be made. */
  | 'NOT_A_FOLDER'
  /** Disk or quota is used up. */
  | 'NO_SPACE'
  /** The folder holds another run. */
  | 'OCCUPIED'
  /** A name that cannot be a checkpoint's. */
  | 'NAME'
  /** The system refused for another reason, kept in `cause`. */
  | 'FAILED';

/** Results cannot be written: `<folder>: <expected>, got <what came>. <what to do>`. */
export class OutputError extends Error {
  override readonly name: string = 'OutputError';
  constructor(
    readonly code: OutputErrorCode,
    readonly folder: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The system's error code, for example `EACCES`, or `undefined`. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Turns an error of the file system into an {@link OutputError} with its remedy. */
export function outputError(folder: string, cause: unknown): OutputError {
  const code = systemCode(cause);
  const got = `got ${code ?? String(cause)}`;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS': {
      const message = `${folder}: must be a folder you may write to, ${got}. Choose another with --out, or change its permissions.`;
      return new OutputError('NOT_WRITABLE', folder, message, { cause });
    }
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT': {
      const message = `${folder}: must be a folder, or a path where one can be made, ${got}. Choose another with --out.`;
      return new OutputError('NOT_A_FOLDER', folder, message, { cause });
    }
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG': {
      const message = `${folder}: must have room for the results, ${got}. Free some space, or choose another disk with --out.`;
      return new OutputError('NO_SPACE', folder, message, { cause });
    }
    default: {
      const message = `${folder}: must be a folder that can be written, ${got}. Choose another with --out.`;
      return new OutputError('FAILED', folder, message, { cause });
    }
  }
}
