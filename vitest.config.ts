import { defineConfig } from 'vitest/config';
import { wgslText } from './tooling/wgsl-text.ts';

const conditions = ['@bravais/source', 'import', 'module', 'default'];

export default defineConfig({
  plugins: [wgslText()],
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: [
      'packages/*/{src,test}/**/*.test.ts',
      'tooling/**/*.test.ts',
      'scripts/**/*.test.ts',
      'examples/**/*.test.ts',
    ],
    benchmark: { include: ['packages/*/src/**/*.bench.ts'] },
    setupFiles: ['tooling/fast-check-seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
