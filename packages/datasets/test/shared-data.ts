import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const REPOSITORY_ROOT = resolve(import.meta.dirname, '../../..');

/** Folder with the real data sets: the environment's BRAVAIS_DATA, else `../shared/data` beside the repository. */
export const DATA_ROOT: string = resolve(REPOSITORY_ROOT, process.env.BRAVAIS_DATA ?? '../shared/data');

/** True where this data set is there; says aloud that its tests are skipped where it is not. */
export function hasData(folder: string): boolean {
  const found = existsSync(resolve(DATA_ROOT, folder));
  if (!found) process.stdout.write(`skipped: no data (${folder})\n`);
  return found;
}
