import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { graphCacheFolder } from './graph-cache-folder';

it('lies in XDG_CACHE_HOME where that is an absolute path, else in ~/.cache', () => {
  const caches = resolve('/somewhere');
  expect(graphCacheFolder({ XDG_CACHE_HOME: caches })).toBe(join(caches, 'bravais', 'graphs'));
  const usual = join(homedir(), '.cache', 'bravais', 'graphs');
  for (const environment of [{}, { XDG_CACHE_HOME: '' }, { XDG_CACHE_HOME: 'here' }]) {
    expect(graphCacheFolder(environment)).toBe(usual);
  }
});
