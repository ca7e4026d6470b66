import { rename, rm, writeFile } from 'node:fs/promises';
import { diskError } from './disk-error';

/** Writes a file beside its place, then renames it: a reader finds the old contents or the new, never half. */
export async function writeWhole(path: string, contents: Uint8Array | string): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, contents, { flush: true });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw diskError(error, path);
  }
}
