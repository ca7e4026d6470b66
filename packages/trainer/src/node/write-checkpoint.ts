import { join } from 'node:path';
import type { CheckpointFiles } from '../checkpoint/checkpoint-files';
import { diskFolders, type FolderSystem } from './folder-system';
import { OutputError, outputError } from './output-error';

/** Where the checkpoint that `folder` replaces waits until `folder` stands. */
export function previousFolder(folder: string): string {
  return `${folder}.previous`;
}

/**
 * Writes the files as the folder `<out>/<name>`, in place of the one that is there; returns its path.
 *
 * All files go into a hidden folder beside it and onto the disk first. Then the old folder is renamed to `<name>.previous`, the new one
 * to `<name>`, and only then is the old one removed: stopped at any point, `<name>` or `<name>.previous` can be read.
 * One process at a time may write to a folder.
 *
 * @throws OutputError naming the folder and the remedy; the checkpoint that was there is kept.
 *
 * @example
 * await writeCheckpoint('runs/smoke', 'last', await encodeCheckpoint(contents));
 */
export async function writeCheckpoint(out: string, name: string, files: CheckpointFiles): Promise<string> {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) {
    const message = `${out}: a checkpoint name must be letters, digits, - and _, got ${JSON.stringify(name)}. Use for example "last".`;
    throw new OutputError('NAME', out, message);
  }
  return swapIn(diskFolders, out, name, files);
}

/** {@link writeCheckpoint} on any file system. */
export async function swapIn(
  system: FolderSystem,
  out: string,
  name: string,
  files: CheckpointFiles,
): Promise<string> {
  const folder = join(out, name);
  const previous = previousFolder(folder);
  const partial = join(out, `.${name}.partial`);
  try {
    await system.removeFolder(partial);
    await system.makeFolder(partial);
    for (const [file, bytes] of files) await system.writeFile(join(partial, file), bytes);
    await system.syncFolder(partial);
    if (await system.exists(folder)) {
      await system.removeFolder(previous);
      await system.rename(folder, previous);
    }
    await system.rename(partial, folder);
    await system.syncFolder(out);
    await system.removeFolder(previous);
    return folder;
  } catch (cause) {
    await restore(system, folder, previous, partial);
    throw outputError(out, cause);
  }
}

// Best effort: what went wrong first is what the caller must hear.
async function restore(
  system: FolderSystem,
  folder: string,
  previous: string,
  partial: string,
): Promise<void> {
  try {
    if (!(await system.exists(folder)) && (await system.exists(previous)))
      await system.rename(previous, folder);
    await system.removeFolder(partial);
  } catch {
    return;
  }
}
