import { File } from 'node:buffer';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { isBuiltin } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readStructures } from '@bravais/datasets/node';
import { loadDawn } from '@bravais/tensor-core/node';
import type { PropertyPredictions } from '@bravais/trainer';
import { loadModel } from '@bravais/trainer/node';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { wgslText } from '../tooling/wgsl-text';

const root = join(import.meta.dirname, '..');
const MODEL = join(root, 'models', 'formation-energy');
const CRYSTAL = join(root, 'examples', 'rock-salt.cif');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bravais-page-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('predict.ts says what is known of rock salt', async () => {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
  await import('./predict');
  const [, value] = /^NaCl: (-\d\.\d\d) eV\/atom$/.exec(lines.join('\n'))!;
  // −2.11 eV/atom in the Materials Project; the model errs by 0.03 on average.
  expect(Math.abs(Number(value) + 2.11)).toBeLessThan(0.15);
});

it('predict-in-browser.ts is built without any module of Node, and predicts from fetched bytes what Node predicts', async () => {
  const builtins: string[] = [];
  const conditions = ['@bravais/source', 'import', 'module', 'browser', 'default'];
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [
      wgslText(),
      {
        name: 'builtins',
        enforce: 'pre',
        resolveId(id, importer) {
          if (isBuiltin(id)) builtins.push(`${id} in ${importer}`);
          return null;
        },
      },
    ],
    resolve: { conditions },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      lib: {
        entry: join(root, 'examples', 'predict-in-browser.ts'),
        formats: ['es'],
        fileName: () => 'page.mjs',
      },
    },
  });
  expect(builtins).toEqual([]);
  const bundle = readFileSync(join(folder, 'page.mjs'), 'utf8');
  expect(bundle).not.toMatch(/["']node:/);
  expect(bundle).not.toContain('__vite-browser-external');

  const server = createServer((_request, response) => {
    response.end(readFileSync(join(MODEL, 'model.safetensors')));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.safetensors`;
  vi.stubGlobal('navigator', { gpu: await loadDawn({ driver: 'auto' }) });
  const { predictInBrowser } = (await import(pathToFileURL(join(folder, 'page.mjs')).href)) as {
    predictInBrowser: (url: string, file: File) => Promise<PropertyPredictions[]>;
  };
  const inBrowser = await predictInBrowser(url, new File([readFileSync(CRYSTAL)], 'rock-salt.cif'));
  server.close();

  const model = await loadModel(MODEL);
  const { structures } = await readStructures(CRYSTAL);
  expect(inBrowser).toEqual(await model.predict(structures.map(({ structure }) => structure)));
});
