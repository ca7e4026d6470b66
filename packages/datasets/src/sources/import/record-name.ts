import { basename } from 'node:path';

/** Name of a file without folder, `.gz` and the ending before it: what its record is called. */
export function recordName(path: string): string {
  return basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.[A-Za-z]{1,6}$/, '');
}
