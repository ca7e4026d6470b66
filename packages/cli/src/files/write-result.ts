import { rename, rm, writeFile } from 'node:fs/promises';
import { ResultFileError } from '../errors/cli-error';

/** Writes a file beside its place, then renames it: a reader finds the old text or the new, never half of one. */
export async function writeResult(file: string, text: string): Promise<void> {
  const partial = `${file}.partial`;
  try {
    await writeFile(partial, text, { flush: true });
    await rename(partial, file);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw resultFileError(file, cause);
  }
}

/** The work, with what the file system says against it as an error that names the result file. */
export function onResultFile<T>(file: string, work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    throw resultFileError(file, cause);
  });
}

function resultFileError(file: string, cause: unknown): ResultFileError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'FAILED';
  return new ResultFileError(code, file, cause);
}
