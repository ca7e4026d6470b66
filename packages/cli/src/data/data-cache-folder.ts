import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Folder that answers of servers are kept in: `bravais/http` in the user's caches (XDG base directories). */
export function responseCacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const given = environment.XDG_CACHE_HOME;
  // The specification passes over a path that is not absolute.
  const caches = given !== undefined && isAbsolute(given) ? given : join(homedir(), '.cache');
  return join(caches, 'bravais', 'http');
}
