import { resolve } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';
import { wgslText } from './wgsl-text.ts';

/**
 * Vite library build shared by every package: ES modules that mirror `src`, every bare import left
 * external, so that users' bundlers tree-shake and see one copy of each dependency.
 *
 * @param root the package's folder
 * @param entries source files behind the package's `exports`, relative to `root`
 */
export function library(root: string, entries: readonly string[] = ['src/index.ts']): UserConfig {
  return defineConfig({
    root,
    plugins: [wgslText()],
    build: {
      target: 'es2022',
      minify: false,
      sourcemap: true,
      emptyOutDir: false,
      lib: { entry: entries.map((entry) => resolve(root, entry)), formats: ['es'] },
      rolldownOptions: {
        external: (id) => !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('\0'),
        output: {
          preserveModules: true,
          preserveModulesRoot: resolve(root, 'src'),
          entryFileNames: '[name].js',
        },
      },
    },
  });
}
