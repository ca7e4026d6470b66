import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the barrel lists every op folder', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const barrel = readFileSync(`${import.meta.dirname}/index.ts`, 'utf8');
  const listed = [...barrel.matchAll(/from '\.\/(.+)'/g)].map(([, name]) => name);
  expect(listed).toEqual(folders.map(({ name }) => name).sort());
});
