import { createRequire } from 'node:module';
import { version } from '../version';

const PACKAGES = ['@bravais/tensor-core', '@bravais/datasets', '@bravais/trainer', 'webgpu'];

/** Versions of this package and of those a fault is most likely in; `null` where one is not installed. */
export function packageVersions(): Record<string, string | null> {
  const require = createRequire(import.meta.url);
  const found = PACKAGES.map((name): [string, string | null] => {
    try {
      return [name, (require(`${name}/package.json`) as { version: string }).version];
    } catch {
      return [name, null];
    }
  });
  return { '@bravais/cli': version, ...Object.fromEntries(found) };
}
