import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatOfName } from '@bravais/datasets';
import { printable } from '../output/printable';
import { filesOfPattern, isPattern } from './file-pattern';
import { setKind } from './set-folder';

/** What is to be read, and what of the folders was passed over. */
export interface Inputs {
  /** Paths, each once; `-` is the standard input. */
  readonly files: readonly string[];
  /** What is in folders and is no structure file by name, or no file at all, such as a link to a folder. */
  readonly passedOver: readonly string[];
}

/**
 * Files, folders and patterns as files, each once, in the order given; a folder gives its structure files, and those of the folders in
 * it, by name; links to folders are not followed. What is not there, or a folder that cannot be read, stays in the list: reading it says
 * so. One file written in two ways is one file.
 *
 * @param how `sets`: folders of data sets stay folders
 */
export async function inputsOf(
  given: readonly string[],
  { sets = false }: { readonly sets?: boolean } = {},
): Promise<Inputs> {
  const files = new Map<string, string>();
  const passedOver: string[] = [];
  const add = (path: string): void => {
    const place = path === '-' ? path : resolve(path);
    if (!files.has(place)) files.set(place, path);
  };
  for (const path of given) {
    const kind = path === '-' ? 'file' : await kindOf(path);
    if (kind === 'folder' && !(sets && setKind(path))) await addFolder(path, add, passedOver);
    else if (kind === 'none' && isPattern(path)) {
      const found = await filesOfPattern(path);
      for (const file of found.length === 0 ? [path] : found) add(file);
    } else add(path);
  }
  return { files: [...files.values()], passedOver };
}

/** What to say of what was passed over in folders; nothing where there is none. */
export function passedOverNote({ passedOver }: Inputs): string | undefined {
  if (passedOver.length === 0) return undefined;
  const names = passedOver.slice(0, 5).join(', ');
  return `note: ${passedOver.length} names in folders are no structure files: ${printable(names)}${passedOver.length > 5 ? ', …' : ''}`;
}

async function kindOf(path: string): Promise<'file' | 'folder' | 'none'> {
  return stat(path).then(
    (facts) => (facts.isDirectory() ? 'folder' : 'file'),
    () => 'none',
  );
}

async function addFolder(folder: string, add: (path: string) => void, passedOver: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) {
    add(folder);
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) await addFolder(path, add, passedOver);
    else if (isStructureName(entry.name) && (await mayBeFile(entry, path))) add(path);
    else passedOver.push(path);
  }
}

/** Whether an entry is a file, or a link that does not lead elsewhere: a pipe would never end. */
async function mayBeFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return stat(path).then(
    (facts) => facts.isFile(),
    () => true,
  );
}

/** A name alone says little of `.json`, and a DOSCAR holds no structure. */
function isStructureName(name: string): boolean {
  const format = formatOfName(name);
  return format !== undefined && format !== 'doscar' && format !== 'pymatgen-json';
}
