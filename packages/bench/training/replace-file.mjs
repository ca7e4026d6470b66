import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file beside the old one, then renames. */
export function replaceFile(path, content) {
  writeFileSync(`${path}.part`, content);
  renameSync(`${path}.part`, path);
}
