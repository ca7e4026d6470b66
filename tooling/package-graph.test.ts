import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const packages = join(import.meta.dirname, '..', 'packages');

/** Who may depend on whom: the only arrows of the house. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'tensor-core': [],
  datasets: [],
  'graph-nn': ['tensor-core'],
  encoders: ['tensor-core'],
  losses: ['tensor-core'],
  trainer: ['datasets', 'encoders', 'graph-nn', 'losses', 'tensor-core'],
  cli: ['datasets', 'graph-nn', 'tensor-core', 'trainer'],
  bench: ['cli', 'datasets', 'graph-nn', 'losses', 'tensor-core', 'trainer'],
};

/** Packages a user installs without anything else. */
const NO_RUNTIME_DEPENDENCIES = ['tensor-core', 'graph-nn', 'losses', 'encoders'];

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function readJson<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(packages, ...path), 'utf8')) as T;
}

function ours(dependencies: Readonly<Record<string, string>> = {}): string[] {
  return Object.keys(dependencies)
    .filter((name) => name.startsWith('@bravais/'))
    .map((name) => name.slice('@bravais/'.length))
    .sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) => specifier!);
}

it('every package has its place in the graph', () => {
  const folders = readdirSync(packages).filter((name) => existsSync(join(packages, name, 'package.json')));
  expect(folders.sort()).toEqual(Object.keys(ALLOWED).sort());
});

describe.each(Object.entries(ALLOWED))('%s', (name, allowed) => {
  const manifest = readJson<Manifest>(name, 'package.json');

  it('depends on the packages the graph allows, and TypeScript references the same', () => {
    const declared = ours(manifest.dependencies);
    expect(declared.filter((other) => !allowed.includes(other))).toEqual([]);
    const { references } = readJson<{ references: { path: string }[] }>(name, 'tsconfig.json');
    expect(references.map(({ path }) => path.replace('../', '')).sort()).toEqual(declared);
  });

  it('imports only what it declares', () => {
    const declared = new Set([...ours(manifest.dependencies), name]);
    const foreign = sources(join(packages, name, 'src')).flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('@bravais/'))
        .map((specifier) => specifier.split('/')[1]!)
        .filter((other) => !declared.has(other))
        .map((other) => `${file}: ${other}`),
    );
    expect(foreign).toEqual([]);
  });
});

it.each(NO_RUNTIME_DEPENDENCIES)('%s has no runtime dependency outside the house', (name) => {
  const { dependencies = {} } = readJson<Manifest>(name, 'package.json');
  expect(Object.keys(dependencies).filter((other) => !other.startsWith('@bravais/'))).toEqual([]);
});

it('webgpu is imported in one place', () => {
  const importers = Object.keys(ALLOWED).flatMap((name) =>
    sources(join(packages, name, 'src')).filter((file) => importsOf(file).includes('webgpu')),
  );
  expect(importers.map((file) => file.slice(packages.length + 1))).toEqual([
    'tensor-core/src/node/load-dawn.ts',
  ]);
});

/** Source files a browser page reaches from a package's entry. */
function reachable(entry: string): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const specifier of importsOf(file).filter((each) => each.startsWith('.'))) {
      const base = join(file, '..', specifier);
      const found = [`${base}.ts`, join(base, 'index.ts')].find((each) => existsSync(each));
      if (found) visit(found);
    }
  };
  visit(entry);
  return seen;
}

/** Packages that are commands, and have no entry for a page. */
const COMMANDS = ['cli', 'bench'];

it.each(Object.keys(ALLOWED).filter((name) => !COMMANDS.includes(name)))(
  'the browser entry of %s reaches nothing of Node',
  (name) => {
    const files = [...reachable(join(packages, name, 'src', 'index.ts'))];
    expect(files.length).toBeGreaterThan(1);
    const node = files.flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('node:'))
        .map((specifier) => `${file}: ${specifier}`),
    );
    expect(node).toEqual([]);
  },
);
