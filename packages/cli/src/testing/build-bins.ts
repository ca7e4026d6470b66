import { join } from 'node:path';
import { build } from 'vite';
import { wgslText } from '../../../../tooling/wgsl-text';

const root = join(import.meta.dirname, '..', '..');

/**
 * Builds the programs from the sources of all packages into a folder from which Node finds their dependencies; returns it.
 *
 * @param name of the folder; each test needs its own
 */
export async function buildBins(name: string): Promise<string> {
  const outDir = join(root, '.cache', name);
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [wgslText()],
    resolve: { conditions: ['@bravais/source', 'import', 'module', 'default'] },
    ssr: {
      target: 'node',
      noExternal: [/^@bravais\//, 'zod', 'yaml'],
      resolve: { conditions: ['@bravais/source', 'import', 'module', 'default'] },
    },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: {
          bin: join(root, 'src', 'bin.ts'),
          'waiting-bin': join(root, 'src', 'testing', 'waiting-bin.ts'),
        },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return outDir;
}
