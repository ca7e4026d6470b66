import { DataError } from '../../data-error';

/** A failure of the file system as a {@link DataError} that names the path and what to do; other errors pass unchanged. */
export function diskError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
  if (!/^E[A-Z0-9]+$/.test(code)) return error;
  const missing = code === 'ENOENT';
  return new DataError(
    missing ? 'DATA_NOT_FOUND' : 'DATA_UNREADABLE',
    path,
    missing
      ? 'a file or folder expected, got none there. Check the path.'
      : `a place that can be read and written expected, got ${code}. Check its space, its permissions and what it is.`,
    { cause: error },
  );
}
