import { resolve } from 'node:path';
import { defineConfig, type UserConfig } from 'vite';
import { wgslText } from './wgsl-text.ts';

/** Whether an import names a package, which stays outside the build. */
function isBare(id: string): boolean {
  if (id.startsWith('@oxc-project/')) {
    throw new Error(
      `${id}: library code must not need a compiler's runtime package. Replace the newer syntax (\`using\`: scoped or dispose).`,
    );
  }
  return !id.startsWith('.') && !id.startsWith('/') && !id.startsWith('\0');
}

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
    logLevel: 'warn',
    plugins: [wgslText()],
    build: {
      target: 'es2022',
      minify: false,
      reportCompressedSize: false,
      sourcemap: true,
      emptyOutDir: false,
      lib: { entry: entries.map((entry) => resolve(root, entry)), formats: ['es'] },
      rolldownOptions: {
        external: isBare,
        output: {
          preserveModules: true,
          preserveModulesRoot: resolve(root, 'src'),
          entryFileNames: '[name].js',
        },
      },
    },
  });
}
