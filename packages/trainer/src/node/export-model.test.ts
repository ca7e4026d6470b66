import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeSafetensors } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { densityExperiment } from '../testing/density-experiment';
import { evaluate } from './evaluate';
import { exportModel } from './export-model';
import { loadModel } from './load-model';
import { pretrain } from './pretrain';
import { readModel } from './read-model';

let device: Device;
const out = mkdtempSync(join(tmpdir(), 'bravais-export-'));
const at = (...parts: string[]): string => join(out, ...parts);
const config = densityExperiment({ name: 'exported', limit: 40, steps: 6, batchSize: 20 });

beforeAll(async () => {
  device = await testDevice();
  await pretrain({ config, outDir: at('run'), device });
  await exportModel(at('run'), at('models', 'density'));
});
afterAll(() => {
  rmSync(out, { recursive: true });
});

it('writes weights with their config and a card, which predict and evaluate as the run does', async () => {
  expect(readdirSync(at('models', 'density')).sort()).toEqual(['README.md', 'model.safetensors']);
  const structures = referenceSet()
    .slice(0, 3)
    .map(({ structure }) => structure);
  const [run, alone, file] = await Promise.all(
    [at('run'), at('models', 'density'), at('models', 'density', 'model.safetensors')].map(async (path) =>
      (await loadModel(path, device)).predict(structures),
    ),
  );
  expect(alone).toEqual(run);
  expect(file).toEqual(run);
  const [first, second] = await Promise.all(
    [at('run'), at('models', 'density')].map((checkpoint) => evaluate({ checkpoint, split: 'test', device })),
  );
  expect(second).toEqual(first);
  expect(second!.step).toBe(6);
});

it('tells licences and scores in the card, and no files that are not there', () => {
  const card = readFileSync(at('models', 'density', 'README.md'), 'utf8');
  expect(card).toContain('## Data and licences\n\nFacts and simulations of the package itself');
  expect(card).toContain('| density/mae |');
  expect(card).not.toContain('optimizer');
});

it('replaces an exported model and nothing else', async () => {
  await exportModel(at('models', 'density'), at('models', 'density'));
  expect((await readModel(at('models', 'density'))).step).toBe(6);
  mkdirSync(at('mine'));
  writeFileSync(at('mine', 'thesis.tex'), 'years of work');
  const error = { name: 'OutputError', code: 'OCCUPIED', message: expect.stringContaining('thesis.tex') };
  await expect(exportModel(at('run'), at('mine'))).rejects.toMatchObject(error);
  expect(readFileSync(at('mine', 'thesis.tex'), 'utf8')).toBe('years of work');
});

it('refuses weights without a config, and names what is missing', async () => {
  mkdirSync(at('bare'));
  writeFileSync(at('bare', 'model.safetensors'), encodeSafetensors(new Map()));
  await expect(readModel(at('bare'))).rejects.toMatchObject({
    code: 'STATE',
    message: expect.stringContaining('weights with their config in the metadata expected'),
  });
  await expect(readModel(at('no.safetensors'))).rejects.toMatchObject({ code: 'MISSING_FILE' });
  await expect(readModel(at('nothing'))).rejects.toMatchObject({ code: 'MISSING_FILE' });
});
