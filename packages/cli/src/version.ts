import { createRequire } from 'node:module';

/** Version in this package's `package.json`, found by the package's own name, wherever a build puts this file. */
export const version: string = (
  createRequire(import.meta.url)('@bravais/cli/package.json') as { version: string }
).version;
