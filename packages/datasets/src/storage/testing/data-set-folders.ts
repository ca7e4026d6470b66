import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A folder for the tests of the file that calls this, gone after them, and names in it that are not taken. */
export function dataSetFolders(): { readonly root: () => string; readonly newFolder: () => string } {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'bravais-dataset-'));
  });
  afterAll(() => rmSync(root, { recursive: true }));
  let folders = 0;
  return { root: () => root, newFolder: () => join(root, `set-${folders++}`) };
}
