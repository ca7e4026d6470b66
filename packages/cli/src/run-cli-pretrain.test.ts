import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceError } from '@bravais/tensor-core';
import { OutputError } from '@bravais/trainer/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeServices, finished } from './testing/fake-services';
import { run } from './testing/run';
import { sampleProfile, sampleRange } from './testing/sample-measurements';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'bravais-cli-'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

describe('pretrain', () => {
  it('applies --set in order and --seed last, and hands on folder, resume and data', async () => {
    const services = fakeServices();
    const options = [
      '--set',
      'seed=1',
      '--set',
      'training.steps=9',
      '--set',
      'training.steps=8',
      '--seed',
      '7',
    ];
    await run(services, [
      'pretrain',
      'a.yaml',
      ...options,
      '--out',
      out,
      '--resume',
      'auto',
      '--data',
      '/data',
    ]);
    expect(services.configs[0]).toMatchObject({ seed: 7, training: { steps: 8 } });
    expect(services.pretrained[0]).toMatchObject({ outDir: out, resume: 'auto', dataRoot: '/data' });
  });

  it('hands the memory budget to the device', async () => {
    const requests: unknown[] = [];
    const { openDevice } = fakeServices();
    const services = fakeServices({
      openDevice: (request) => {
        requests.push(request);
        return openDevice(request);
      },
    });
    await run(services, ['pretrain', 'a.yaml', '--out', out, '--memory-budget', '512']);
    expect(requests).toEqual([{ device: 'auto', memoryBudget: 512 }]);
  });

  it('proves the folder before it opens a device, and closes the device', async () => {
    const services = fakeServices();
    await run(services, ['pretrain', 'a.yaml']);
    expect(services.calls).toEqual(['ensureWritable', 'openDevice', 'pretrain', 'destroy']);
    expect(services.pretrained[0]?.outDir).toBe(join('runs', 'smoke'));
  });

  it('a folder that cannot be written ends with 1 before any work', async () => {
    const refusal = new OutputError('NOT_WRITABLE', '/x', '/x: must be a folder you may write to');
    const services = fakeServices({ ensureWritable: () => Promise.reject(refusal) });
    const { exitCode, stderr } = await run(services, ['pretrain', 'a.yaml', '--out', '/x']);
    expect([exitCode, stderr]).toEqual([1, 'error: /x: must be a folder you may write to\n']);
    expect(services.calls).toEqual(['ensureWritable']);
  });

  it('closes the device when training fails, and quiet leaves only the error', async () => {
    const services = fakeServices({ pretrain: () => Promise.reject(new DeviceError('LOST', 'lost')) });
    const { exitCode, stderr } = await run(services, ['pretrain', 'a.yaml', '--quiet']);
    expect([exitCode, stderr]).toEqual([1, 'error: lost\n']);
    expect(services.calls.at(-1)).toBe('destroy');
  });

  it('stopped by Ctrl-C ends with 130 and says how to go on', async () => {
    const controller = new AbortController();
    const services = fakeServices({
      pretrain: async (options) => {
        controller.abort();
        expect(options.signal.aborted).toBe(true);
        return { ...finished(options), status: 'interrupted', step: 12 };
      },
    });
    const changes = ['--set', "description=it's", '--seed', '3'];
    const argv = ['pretrain', 'a.yaml', '--out', out, '--set', 'training.steps=40', ...changes];
    const { exitCode, stdout, stderr } = await run(services, argv, controller.signal);
    expect([exitCode, stdout]).toEqual([130, '']);
    expect(stderr).toContain(`after step 12 of 40`);
    expect(stderr).toContain(
      `bravais pretrain a.yaml --out ${out} --set training.steps=40 --set 'description=it'\\''s' --seed 3 --resume auto`,
    );
  });

  it('--profile shows the time by layer and kernel, and neither trains nor writes', async () => {
    const services = fakeServices();
    const { exitCode, stdout, stderr } = await run(services, [
      'pretrain',
      'a.yaml',
      '--profile',
      '--out',
      out,
    ]);
    expect(exitCode).toBe(0);
    expect(services.calls).toEqual(['openDevice', 'profileTraining', 'destroy']);
    expect(stderr).toContain('--profile writes nothing');
    expect(stdout).toContain('Nothing was written.');
    expect(stdout).toMatch(/structure\/conv1 +│ +9 │ +6\.000 │ +75\.0 %/);
    expect(stdout).toMatch(/matmul +│ +6 │ +6\.000 │ +75\.0 % │ +10\.0 │ +40\.0/);
    expect(await readdir(out)).toEqual([]);
  });

  it('--profile --json hands on every number', async () => {
    const { stdout } = await run(fakeServices(), ['pretrain', 'a.yaml', '--profile', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, name: 'smoke', profile: sampleProfile });
  });

  it('--dry-run counts the materials and touches neither folder nor device', async () => {
    const services = fakeServices();
    const { exitCode, stdout } = await run(services, ['pretrain', 'a.yaml', '--dry-run']);
    expect([exitCode, stdout]).toEqual([
      0,
      'smoke: config and data are good: 200 train, 20 val, 30 test materials.\n',
    ]);
    expect(services.calls).toEqual([]);
  });

  it('--dry-run refuses a training split without negatives', async () => {
    const services = fakeServices({ checkData: async () => ({ train: 1, val: 0, test: 0 }) });
    const { exitCode, stderr } = await run(services, ['pretrain', 'a.yaml', '--dry-run']);
    expect([exitCode, stderr.split('.')[0]]).toEqual([
      2,
      'error: smoke: the training split must hold at least two materials, got 1',
    ]);
  });

  it('--find-lr shows curve and suggestions, and writes nothing without --out', async () => {
    const services = fakeServices();
    const { exitCode, stdout } = await run(services, ['pretrain', 'a.yaml', '--find-lr', '--seed', '4']);
    expect(exitCode).toBe(0);
    expect(services.calls).toEqual(['openDevice', 'findLearningRate', 'destroy']);
    expect(services.configs[0]).toMatchObject({ seed: 4 });
    expect(stdout).toMatch(/0\.001 │ +2 │ +2 /);
    expect(stdout).toContain('45 of 61 steps, batch 64: the loss grew past four times its best');
    expect(stdout).toMatch(/steepest descent +0\.001\nminimum \/ 10 +0\.001 \(minimum at 0\.01\)/);
    expect(stdout).toContain('bravais pretrain a.yaml --set optim.learningRate=0.001');
    expect(stdout).toContain('Nothing was written.');
  });

  it('--find-lr --out writes every number and a chart, whole, and nothing else', async () => {
    const argv = ['pretrain', 'a.yaml', '--find-lr', '--out', out, '--json'];
    const { exitCode, stdout } = await run(fakeServices(), argv);
    expect(exitCode).toBe(0);
    expect((await readdir(out)).sort()).toEqual(['lr-finder.json', 'lr-finder.svg']);
    const written = JSON.parse(await readFile(join(out, 'lr-finder.json'), 'utf8')) as object;
    expect(written).toMatchObject({ name: 'smoke', learningRates: sampleRange });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, command: 'pretrain', ...written });
    const chart = await readFile(join(out, 'lr-finder.svg'), 'utf8');
    expect(chart).toMatch(/^<svg[\s\S]*<\/svg>$/);
    expect(chart.match(/aria-roledescription="point"/g)).toHaveLength(45);
    expect(chart.match(/aria-roledescription="rule mark"/g)).toHaveLength(2);
  });

  it('--find-lr says so where the loss falls nowhere, or never was finite', async () => {
    const texts = async (range: object): Promise<string> => {
      const services = fakeServices({ findLearningRate: async () => ({ ...sampleRange, ...range }) });
      return (await run(services, ['pretrain', 'a.yaml', '--find-lr'])).stdout;
    };
    const rising = await texts({ steepest: null });
    expect(rising).toMatch(/steepest descent +none: the loss falls nowhere/);
    expect(rising).toContain('--set optim.learningRate=0.001');
    const none = { points: [], smoothed: [], steepest: null, minimum: null, minimumTenth: null };
    expect(await texts({ ...none, ended: 'not-finite' })).not.toContain('--set');
  });
});
