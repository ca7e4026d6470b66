import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Folders inside each other that `**` goes down. */
const MAX_DEPTH = 32;

/** Whether a path is a pattern with `*` or `?`; shells that expand patterns themselves leave none. */
export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

/**
 * Files whose path fits a pattern, by name: `*` and `?` stand for characters of one name, `**` for any number of folders; names that
 * begin with a dot must be written out.
 */
export async function filesOfPattern(pattern: string): Promise<string[]> {
  const absolute = pattern.startsWith('/');
  const parts = pattern.split('/').filter((part) => part !== '');
  const found = await matches(absolute ? '/' : '.', parts, MAX_DEPTH);
  return [...new Set(found)].sort();
}

async function matches(folder: string, [part, ...rest]: readonly string[], depth: number): Promise<string[]> {
  if (part === undefined || depth === 0) return [];
  if (part === '.' || part === '..') return matches(join(folder, part), rest, depth);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  if (part === '**') found.push(...(await matches(folder, rest, depth)));
  for (const entry of entries) {
    if (entry.name.startsWith('.') && !part.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (part === '**') {
      if (entry.isDirectory()) found.push(...(await matches(path, [part, ...rest], depth - 1)));
    } else if (nameFits(entry.name, part)) {
      if (rest.length > 0) found.push(...(await matches(path, rest, depth)));
      else if (!entry.isDirectory()) found.push(path);
    }
  }
  return found;
}

/** Whether a name fits a pattern of one name, in time proportional to the product of their lengths. */
function nameFits(name: string, pattern: string): boolean {
  let [at, star, resume] = [0, -1, 0];
  let k = 0;
  while (at < name.length) {
    if (pattern[k] === '*') {
      star = k++;
      resume = at;
    } else if (k < pattern.length && (pattern[k] === '?' || pattern[k] === name[at])) {
      k++;
      at++;
    } else if (star >= 0) {
      k = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[k] === '*') k++;
  return k === pattern.length;
}
