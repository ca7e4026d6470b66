import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStructures } from '@bravais/datasets/node';
import { openDevice } from '@bravais/tensor-core/node';
import { resolveConfig } from '@bravais/trainer';
import { loadModel, pretrain } from '@bravais/trainer/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realServices } from '../services/real-services';
import { fakeServices } from '../testing/fake-services';
import { run } from '../testing/run';
import type { PredictionRow } from './prediction-row';

const ROCK_SALT = `NaCl
5.64
0 .5 .5
.5 0 .5
.5 .5 0
Na Cl
1 1
Direct
0 0 0
.5 .5 .5
`;

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-predict-'));
  await writeFile(at('salt.vasp'), ROCK_SALT);
  await writeFile(at('hydride.vasp'), ROCK_SALT.replace('Na Cl', 'Na H'));
  await writeFile(at('broken.vasp'), ROCK_SALT.replace('1 1', '1 -1'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('bravais predict', () => {
  const files = ['salt.vasp', 'broken.vasp', 'hydride.vasp'];

  it('writes a row a file with formula, values and units; bad files do not stop the others', async () => {
    const out = at('values.json');
    const { exitCode, stdout } = await run(fakeServices(), [
      'predict',
      'runs/x',
      ...files.map(at),
      '--out',
      out,
    ]);
    expect([exitCode, stdout.split('\n')[0]]).toEqual([1, `${out}: 1 predicted, 2 failed`]);
    const rows = JSON.parse(await readFile(out, 'utf8')) as PredictionRow[];
    expect(rows).toEqual([
      {
        file: at('salt.vasp'),
        id: 'salt',
        formula: 'NaCl',
        predictions: {
          gap: { value: expect.closeTo(2 / 3, 6), unit: 'eV' },
          large: { value: 1, probabilities: { 0: 0.25, 1: 0.75 } },
        },
      },
      { file: at('broken.vasp'), id: 'broken', error: { code: 'DATA_INVALID', message: expect.any(String) } },
      {
        file: at('hydride.vasp'),
        id: 'hydride',
        formula: 'NaH',
        error: { code: 'ISOLATED_SITE', message: expect.any(String) },
      },
    ]);
  });

  it('writes CSV, with quotes where they are needed', async () => {
    const out = at('values.csv');
    await writeFile(at('a, "b".vasp'), ROCK_SALT);
    await run(fakeServices(), ['predict', 'runs/x', at('salt.vasp'), at('a, "b".vasp'), '--out', out]);
    const lines = (await readFile(out, 'utf8')).split('\n');
    expect(lines[0]).toBe('file,id,formula,gap (eV),large,large = 0,large = 1,error');
    expect(lines[1]).toMatch(/salt\.vasp,salt,NaCl,0\.6666\d*,1,0\.25,0\.75,$/);
    expect(lines[2]).toContain('a, ""b"".vasp","a, ""b""",NaCl,');
  });

  it('prints a line each without --out, and a list with --json', async () => {
    const plain = await run(fakeServices(), ['predict', 'runs/x', at('salt.vasp')]);
    expect(plain.stdout).toBe(`${at('salt.vasp')}  NaCl  gap 0.6667 eV  large 1 (probability 0.75)\n`);
    const json = await run(fakeServices(), [
      'predict',
      'runs/x',
      at('salt.vasp'),
      at('broken.vasp'),
      '--json',
    ]);
    expect(JSON.parse(json.stdout)).toMatchObject([
      { ok: true, id: 'salt' },
      { ok: false, id: 'broken' },
    ]);
  });

  it('refuses another ending before any work', async () => {
    const services = fakeServices();
    const { exitCode, stderr } = await run(services, [
      'predict',
      'runs/x',
      at('salt.vasp'),
      '--out',
      'x.txt',
    ]);
    expect([exitCode, services.calls]).toEqual([2, []]);
    expect(stderr).toContain('must end with .json or .csv');
  });

  it('gives what loadModel gives, from a run that was just trained', async () => {
    const config = resolveConfig({
      name: 'density',
      data: { source: 'reference', limit: 24 },
      model: {
        embeddingDim: 8,
        structure: { kind: 'cgcnn', width: 8, convolutions: 1, distanceBins: 8, descriptorWidth: 16 },
      },
      targets: { density: { kind: 'regression', property: 'densityGramPerCm3' } },
      optim: { schedule: { kind: 'constant' } },
      training: { steps: 3, batchSize: 8 },
    });
    const device = await openDevice();
    await pretrain({ config, outDir: at('run'), device });
    const { structures } = await readStructures(at('salt.vasp'));
    const model = await loadModel(at('run'), device);
    expect(model.properties).toEqual([
      { name: 'density', kind: 'regression', property: 'densityGramPerCm3', unit: 'g/cm³' },
    ]);
    const [expected] = await model.predict(structures.map(({ structure }) => structure));
    device.destroy();
    const { stdout, exitCode } = await run(realServices(), [
      'predict',
      at('run'),
      at('salt.vasp'),
      '--json',
      '--no-cache',
    ]);
    expect(exitCode).toBe(0);
    const [row] = JSON.parse(stdout) as { predictions: { density: { value: number } } }[];
    expect(row!.predictions.density.value).toBeCloseTo(expected!.density!.value, 4);
  });
});

describe('bravais finetune', () => {
  it('trains from the run that --init names, and needs one', async () => {
    const services = fakeServices();
    const { exitCode } = await run(services, [
      'finetune',
      'x.yaml',
      '--init',
      'runs/b1',
      '--out',
      at('tuned'),
    ]);
    expect(exitCode).toBe(0);
    expect(services.configs[0]!.init).toEqual({ checkpoint: 'runs/b1', frozen: [] });
    const without = await run(fakeServices(), ['finetune', 'x.yaml']);
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('--init RUN')]);
  });
});
