import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const repository = join(import.meta.dirname, '..', '..', '..');

/** Path of a file of this repository. */
export function repositoryFile(path) {
  return join(repository, path);
}

/**
 * The folder that holds the real data: `BRAVAIS_DATA`, else `../shared/data` beside the repository. Where a file of it
 * is missing, says `skipped: no data` and ends the process without an error.
 *
 * @param {readonly string[]} needed files of the folder
 * @returns {string}
 */
export function dataRoot(...needed) {
  const root = resolve(repository, process.env.BRAVAIS_DATA ?? '../shared/data');
  if (needed.every((file) => existsSync(join(root, file)))) return root;
  console.log('skipped: no data');
  process.exit(0);
}

/** The folder that an export goes to: the data must not get into the repository. */
export function outsideRepository(folder) {
  if (folder === '') throw new Error('export: --out must name a folder for the arrays, got none.');
  const path = resolve(folder);
  if (!relative(repository, path).startsWith('..')) {
    throw new Error(`export: --out must lie outside the repository, got ${path}. Take a temporary folder.`);
  }
  return path;
}
