import { createRequire } from 'node:module';
import type { SoftwareVersions } from '../checkpoint';

const OWN = ['tensor-core', 'graph-nn', 'encoders', 'losses', 'datasets'];

/** Versions of Node, of the packages that a training computes with, and of `webgpu`, which is Dawn; what is not installed is left out. */
export function softwareVersions(): SoftwareVersions {
  const trainer = installed(createRequire(import.meta.url), '@bravais/trainer');
  const own = OWN.map(
    (name) => [`@bravais/${name}`, trainer && installed(trainer.require, `@bravais/${name}`)] as const,
  );
  const core = own[0]![1];
  const found = [
    ['@bravais/trainer', trainer] as const,
    ...own,
    ['webgpu', core && installed(core.require, 'webgpu')] as const,
  ];
  const named = found.flatMap(([name, of]) => (of ? [[name, of.version] as const] : []));
  return { node: process.versions.node, ...Object.fromEntries(named) };
}

interface Installed {
  readonly version: string;
  /** Finds what the package depends on. */
  readonly require: NodeJS.Require;
}

function installed(require: NodeJS.Require, name: string): Installed | null {
  try {
    const file = require.resolve(`${name}/package.json`);
    const { version } = require(file) as { version: string };
    return { version, require: createRequire(file) };
  } catch {
    return null;
  }
}
