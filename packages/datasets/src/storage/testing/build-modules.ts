import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '..', '..', '..');

/** Builds the worker thread from the sources; returns its file. */
export function buildChunkWorker(): Promise<string> {
  return buildModule('chunk-worker', 'chunk-worker.ts');
}

/** Builds the public storage module from the sources; returns its file. */
export function buildStorage(): Promise<string> {
  return buildModule('storage', 'index.ts');
}

async function buildModule(name: string, source: string): Promise<string> {
  const outDir = join(root, '.cache', `${name}-test`);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: { [name]: join(root, 'src', 'storage', source) },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return join(outDir, `${name}.mjs`);
}
