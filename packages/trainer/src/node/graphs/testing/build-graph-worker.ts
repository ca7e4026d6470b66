import { join } from 'node:path';
import { build } from 'vite';
import { wgslText } from '../../../../../../tooling/wgsl-text';

const root = join(import.meta.dirname, '..', '..', '..', '..');

/** Builds the worker thread from the sources of all packages; returns its file. */
export async function buildGraphWorker(): Promise<string> {
  const outDir = join(root, '.cache', 'graph-worker-test');
  const conditions = ['@bravais/source', 'import', 'module', 'default'];
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [wgslText()],
    resolve: { conditions },
    ssr: { target: 'node', noExternal: [/^@bravais\//], resolve: { conditions } },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: { 'graph-worker': join(root, 'src', 'node', 'graphs', 'graph-worker.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return join(outDir, 'graph-worker.mjs');
}
