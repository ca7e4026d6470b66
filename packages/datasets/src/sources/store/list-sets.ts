import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from './disk-error';
import { readManifest, type SetManifest } from './set-manifest';

/** A set on disk, or a folder whose manifest cannot be read. */
export type ListedSet =
  | { readonly folder: string; readonly manifest: SetManifest; readonly unfinished: boolean }
  | { readonly folder: string; readonly error: string; readonly unfinished: boolean };

/** Name of the folder, inside that of a set, where a fetch keeps its pages until it ends. */
export const UNFINISHED_FOLDER = '.unfinished';

/**
 * The sets in a folder: itself, and the folders in it, by name.
 *
 * @throws DataError
 */
export async function listSets(root: string): Promise<ListedSet[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch((error: unknown) => {
    throw diskError(error, root);
  });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const paths = [root, ...folders.map(({ name }) => join(root, name)).sort()];
  const found = await Promise.all(paths.map(listedSet));
  return found.filter((set) => set !== undefined);
}

async function listedSet(folder: string): Promise<ListedSet | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  const unfinished = names.includes(UNFINISHED_FOLDER);
  if (!names.includes('set.json')) {
    return unfinished ? { folder, unfinished, error: 'a fetch that has not ended' } : undefined;
  }
  try {
    return { folder, unfinished, manifest: await readManifest(folder) };
  } catch (error) {
    return { folder, unfinished, error: (error as Error).message };
  }
}
