import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExplainOptions } from '@bravais/trainer/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fakeServices } from '../testing/fake-services';
import { run } from '../testing/run';
import { sampleExplanation } from '../testing/sample-explanation';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-explain-command-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('prints trained, untrained and composition side by side within 100 columns, and writes nothing without --out', async () => {
  const services = fakeServices();
  const { exitCode, stdout } = await run(services, ['explain', 'runs/x', '--quiet']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/│ trained │ untrained │ composition/);
  expect(stdout).toMatch(/10-NN accuracy, crystal system\s*│\s*0\.500 │\s*0\.600 │\s*0\.700/);
  expect(stdout).toMatch(/R² of densityGramPerCm3\s*│\s*0\.900 │\s*0\.700 │\s*0\.500/);
  expect(stdout).toMatch(/alignment, structure · phononDos\s*│\s*0\.5 │\s*2/);
  expect(stdout).toContain('4 attributions by integrated gradients in 64 steps');
  const [tables] = stdout.split('\n\n4 attributions');
  expect(tables!.split('\n').every((line) => line.length <= 100)).toBe(true);
  expect(services.calls).toEqual(['openDevice', 'destroy']);
});

it('with --out writes the page, the numbers and the embeddings, whole', async () => {
  const { exitCode, stdout } = await run(fakeServices(), ['explain', 'runs/x', '--out', folder, '--json']);
  expect(exitCode).toBe(0);
  expect((await readdir(folder)).sort()).toEqual([
    'embeddings.parquet',
    'explanation.html',
    'explanation.json',
  ]);
  const written = JSON.parse(await readFile(join(folder, 'explanation.json'), 'utf8')) as object;
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, command: 'explain', ...written });
  const { records, attributions } = sampleExplanation();
  expect(written).toMatchObject({
    explained: 40,
    attributions: [{ id: records[0]!.id, parts: [...attributions[0]!.parts] }, {}, {}, {}],
  });
  expect(JSON.stringify(written)).not.toContain('"rows"');
  expect((await readFile(join(folder, 'embeddings.parquet'))).subarray(0, 4).toString()).toBe('PAR1');
});

it('hands its options on', async () => {
  const asked: ExplainOptions[] = [];
  const services = fakeServices({
    explain: async (options) => {
      asked.push(options);
      return sampleExplanation();
    },
  });
  const options = [
    '--split',
    'val',
    '--set',
    'data.limit=5',
    '--materials',
    '9',
    '--examples',
    '0',
    '--steps',
    '8',
  ];
  await run(services, ['explain', 'runs/x', '--quiet', '--seed', '4', '--data', 'd', ...options]);
  expect(asked[0]).toMatchObject({
    ...{ checkpoint: 'runs/x', split: 'val', overrides: ['data.limit=5'], dataRoot: 'd' },
    ...{ mostMaterials: 9, examples: 0, steps: 8, seed: 4 },
  });
});

it.each([
  [['--steps', '0'], 'integer from 1 on'],
  [['--materials', '2'], 'integer from 3 on'],
  [['--split', 'dev'], 'Allowed choices are train, val, test'],
])('refuses %j as a usage error', async (options, message) => {
  const { exitCode, stderr } = await run(fakeServices(), ['explain', 'runs/x', ...options]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
