import { type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises';
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

/** As {@link writeResult}, line by line as they come; where `lines` throws, the file stays as it was. */
export async function writeResultLines(file: string, lines: AsyncIterable<string>): Promise<void> {
  const partial = `${file}.partial`;
  const onDisk = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw resultFileError(file, cause);
    });
  let handle: FileHandle | undefined;
  try {
    handle = await onDisk(open(partial, 'w'));
    for await (const line of lines) await onDisk(handle.writeFile(`${line}\n`));
    await onDisk(handle.sync());
    await onDisk(handle.close());
    handle = undefined;
    await onDisk(rename(partial, file));
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
}

function resultFileError(file: string, cause: unknown): ResultFileError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'FAILED';
  return new ResultFileError(code, file, cause);
}
