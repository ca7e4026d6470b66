import { DataError } from '../data-error';

/** A system or zlib error as a {@link DataError} that names the file and what to do; other errors pass unchanged. */
export function fileError(error: unknown, path: string, where: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new DataError(
        'DATA_NOT_FOUND',
        path,
        'a data file expected, got none there. Set the path of the data folder (config data.root, or the environment variable BRAVAIS_DATA).',
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EISDIR':
      return new DataError(
        'DATA_UNREADABLE',
        path,
        `a readable file expected, got ${code}. Check its permissions.`,
        { cause: error },
      );
    case 'Z_BUF_ERROR':
      return new DataError(
        'DATA_TRUNCATED',
        where,
        'a complete gzip file expected, got one that ends early. Download it again.',
        { cause: error },
      );
    case 'Z_DATA_ERROR':
      return new DataError(
        'DATA_CORRUPT',
        where,
        `gzip data expected, got ${(error as Error).message}. Download it again.`,
        { cause: error },
      );
    default:
      return error;
  }
}
