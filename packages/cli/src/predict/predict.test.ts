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
          gap: {
            value: expect.closeTo(2 / 3, 6),
            unit: 'eV',
            interval: { low: expect.closeTo(0.5667, 4), high: expect.closeTo(0.7667, 4), level: 0.9 },
          },
          large: { value: 1, probabilities: { 0: 0.25, 1: 0.75 } },
        },
        novelty: { distance: 0.25, percentile: 37, unseenElements: [], flagged: false },
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
    expect(lines[0]).toBe(
      'file,id,formula,gap (eV),gap low (eV),gap high (eV),large,large = 0,large = 1,novelty (%),never seen,novel,error',
    );
    expect(lines[1]).toMatch(/salt\.vasp,salt,NaCl,0\.6666\d*,0\.5666\d*,0\.7666\d*,1,0\.25,0\.75,37,,0,$/);
    expect(lines[2]).toContain('a, ""b"".vasp","a, ""b""",NaCl,');
  });

  it('prints a line each without --out, and a list with --json', async () => {
    const plain = await run(fakeServices(), ['predict', 'runs/x', at('salt.vasp')]);
    expect(plain.stdout).toBe(
      `${at('salt.vasp')}  NaCl  gap 0.6667 ± 0.1 eV (90 %: 0.5667 … 0.7667)  large 1 (probability 0.75)  novelty 37 %\n`,
    );
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

  it('takes the level of intervals, and refuses what is none', async () => {
    const plain = await run(fakeServices(), ['predict', 'runs/x', at('salt.vasp'), '--interval', '0.5']);
    expect(plain.stdout).toContain('(50 %: 0.5667 … 0.7667)');
    for (const level of ['0', '1', '90', 'x']) {
      const { exitCode } = await run(fakeServices(), [
        'predict',
        'runs/x',
        at('salt.vasp'),
        '--interval',
        level,
      ]);
      expect(exitCode).toBe(2);
    }
  });

  it('of several seeds gives the deviation between them, in text and CSV', async () => {
    const opened: unknown[] = [];
    const services = fakeServices();
    const watched = {
      ...services,
      openPropertyPredictor: (...given: Parameters<typeof services.openPropertyPredictor>) => {
        opened.push(given[0]);
        return services.openPropertyPredictor(...given);
      },
    };
    const members = ['--member', 'runs/y', '--member', 'runs/z'];
    const { stdout } = await run(watched, ['predict', 'runs/x', at('salt.vasp'), ...members]);
    expect(opened).toEqual([['runs/x', 'runs/y', 'runs/z']]);
    expect(stdout).toContain('gap 0.6667 ± 0.05 eV (deviation of seeds)  ');
    const out = at('ensemble.csv');
    await run(watched, ['predict', 'runs/x', at('salt.vasp'), ...members, '--out', out]);
    expect((await readFile(out, 'utf8')).split('\n')[0]).toContain('gap (eV),gap deviation (eV),large,');
  });

  it('says which elements were never seen, and where no interval is known', async () => {
    await writeFile(at('fluoride.vasp'), ROCK_SALT.replace('Na Cl', 'Na F'));
    const { stdout } = await run(fakeServices(), ['predict', 'runs/x', at('fluoride.vasp')]);
    expect(stdout).toMatch(/ {2}NOVEL 37 %, never seen: F\n$/);
    const services = fakeServices();
    const silent = fakeServices({
      openPropertyPredictor: async (runs, device) => {
        const predictor = await services.openPropertyPredictor(runs, device);
        return {
          ...predictor,
          assess: async (prepared) =>
            prepared.map(() => ({ predictions: { gap: { value: 2 }, large: { value: 0 } }, novelty: null })),
        };
      },
    });
    const { stdout: plain, stderr } = await run(silent, ['predict', 'runs/x', at('salt.vasp')]);
    expect(plain).toBe(`${at('salt.vasp')}  NaCl  gap 2 eV  large 0\n`);
    expect(stderr).toContain('no interval is known for gap: ');
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
    const [row] = JSON.parse(stdout) as {
      predictions: { density: { value: number; interval: { high: number } } };
      novelty: { percentile: number };
    }[];
    expect(row!.predictions.density.value).toBeCloseTo(expected!.density!.value, 4);
    expect(row!.predictions.density.interval.high).toBeCloseTo(expected!.density!.interval!.high, 4);
    expect(row!.novelty.percentile).toBeGreaterThan(0);
    // A member needs a seed of its own.
    const twice = await run(realServices(), ['predict', at('run'), at('salt.vasp'), '--member', at('run')]);
    expect([twice.exitCode, twice.stderr]).toEqual([
      1,
      expect.stringContaining('a seed of its own expected'),
    ]);
    const calibrated = await run(realServices(), [
      'calibrate',
      at('run'),
      '--out',
      at('alone'),
      '--json',
      '--no-cache',
    ]);
    expect(JSON.parse(calibrated.stdout)).toMatchObject({ ok: true, labels: { density: 24 }, crystals: 24 });
    const again = await run(realServices(), [
      'predict',
      at('alone'),
      at('salt.vasp'),
      '--json',
      '--no-cache',
    ]);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(stdout));
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
