import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputError } from './output-error';

/**
 * Makes the folder if it is not there and proves, by writing and removing a file, that results can be kept in it.
 *
 * Meant for the first line of a command, before any work that could be lost.
 *
 * @throws OutputError naming the folder and the remedy.
 */
export async function ensureWritable(folder: string): Promise<void> {
  const probe = join(folder, `.write-probe-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(probe, 'probe\n', { flush: true });
    await rm(probe);
  } catch (cause) {
    await rm(probe, { force: true }).catch(() => undefined);
    throw outputError(folder, cause);
  }
}
