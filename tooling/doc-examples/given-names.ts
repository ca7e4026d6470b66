import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the modules that say what examples may take as given. */
const GIVEN = join(import.meta.dirname, 'given');

/** Every such module. */
export function givenModules(): string[] {
  return readdirSync(GIVEN, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(GIVEN, name))
    .sort();
}

/**
 * The modules that hold for an example, the nearest first: for `packages/a/src/b/c.ts` those of `given/a/b/c.ts`, `given/a/b.ts`,
 * `given/a.ts` and `given/all.ts` that there are.
 */
export function givenFor(file: string): string[] {
  const parts = file
    .replace(/^packages\//, '')
    .replace('/src/', '/')
    .replace(/\.\w+$/, '')
    .split('/');
  const chain = parts.map((_, k) => `${join(GIVEN, ...parts.slice(0, parts.length - k))}.ts`);
  return [...chain, join(GIVEN, 'all.ts')].filter((path) => existsSync(path));
}
