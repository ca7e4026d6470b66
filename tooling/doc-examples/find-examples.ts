import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { DocExample } from './doc-example.ts';

/** A block of TypeScript, in a comment behind ` * `. */
const BLOCK = /^([ \t]*\* )?```ts( no-run)?\n([\s\S]*?)^(?:[ \t]*\* )?```$/gm;

/**
 * Every example in comments of the packages' sources, in their README.md and in docs, in the order of files and lines. The
 * repository's own README shows a file that is run as it is.
 */
export function findExamples(root: string): DocExample[] {
  return [...filesBelow(join(root, 'packages')), ...filesBelow(join(root, 'docs'))]
    .map((file) => relative(root, file))
    .filter((file) => /^packages\/[^/]+\/(src\/.*\.ts|README\.md)$|^docs\/.*\.md$/.test(file))
    .sort()
    .flatMap((file) => examplesIn(file, readFileSync(join(root, file), 'utf8')));
}

function examplesIn(file: string, text: string): DocExample[] {
  return [...text.matchAll(BLOCK)].map(({ index, 1: comment, 2: marker, 3: body }) => ({
    file,
    line: text.slice(0, index).split('\n').length + 1,
    code: comment ? body!.replaceAll(/^[ \t]*\* ?/gm, '') : body!,
    runs: marker === undefined,
  }));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}
