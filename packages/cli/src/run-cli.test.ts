import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeviceError } from '@bravais/tensor-core';
import { OutputError } from '@bravais/trainer/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeServices, finished } from './testing/fake-services';
import { run } from './testing/run';
import { sampleBench, sampleProfile } from './testing/sample-measurements';
import { sampleEvaluation } from './testing/sample-report';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'bravais-cli-'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

const noAdapter = () => Promise.reject(new DeviceError('NO_ADAPTER', 'openDevice: install a driver'));

describe('usage', () => {
  it.each([
    [['--nope']],
    [['train']],
    [['pretrain']],
    [['pretrain', 'a.yaml', 'b.yaml']],
    [['pretrain', 'a.yaml', '--seed', '-1']],
    [['pretrain', 'a.yaml', '--seed', '1.5']],
    [['demo', '--device', 'gpu']],
    [['pretrain', 'a.yaml', '--memory-budget', '-5']],
    [['evaluate', 'runs/x', '--split', 'dev']],
    [['pretrain', 'a.yaml', '--set', 'training.step=5']],
  ])('%j ends with 2, one error and no work', async (argv) => {
    const services = fakeServices();
    const { exitCode, stdout, stderr } = await run(services, argv);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(services.calls).toEqual([]);
  });

  it('without a command prints the help on stderr and ends with 2', async () => {
    const { exitCode, stdout, stderr } = await run(fakeServices(), []);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Usage: bravais');
    expect(stderr).toContain('error: name a command');
  });

  it.each(['doctor', 'pretrain', 'evaluate', 'demo'])(
    '%s --help names every common option and an example',
    async (name) => {
      const { exitCode, stdout, stderr } = await run(fakeServices(), [name, '--help']);
      expect([exitCode, stderr]).toEqual([0, '']);
      for (const option of [
        '--json',
        '--quiet',
        '--seed',
        '--set',
        '--out',
        '--device',
        '--memory-budget',
        '--version',
        '--help',
      ]) {
        expect(stdout).toContain(option);
      }
      expect(stdout).toMatch(new RegExp(`Example:\\n {2}\\$ bravais ${name}`));
    },
  );

  it.each([[['--version']], [['demo', '--version']]])('%j prints the version', async (argv) => {
    const { exitCode, stdout } = await run(fakeServices(), argv);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
  });
});

describe('--json', () => {
  const failing = { openDevice: noAdapter };
  it.each([
    ['doctor', 0, fakeServices(), ['doctor', '--bench']],
    ['pretrain --profile', 0, fakeServices(), ['pretrain', 'a.yaml', '--profile']],
    ['doctor without an adapter', 1, fakeServices(failing), ['doctor']],
    ['pretrain', 0, fakeServices(), ['pretrain', 'a.yaml']],
    ['pretrain --dry-run', 0, fakeServices(), ['pretrain', 'a.yaml', '--dry-run']],
    ['pretrain without an adapter', 1, fakeServices(failing), ['pretrain', 'a.yaml']],
    ['evaluate', 0, fakeServices(), ['evaluate', 'runs/x']],
    [
      'an unforeseen error',
      1,
      fakeServices({ evaluate: () => Promise.reject(new Error('boom')) }),
      ['evaluate', 'x'],
    ],
    ['a config error', 2, fakeServices(), ['pretrain', 'a.yaml', '--set', 'model=1']],
    ['a usage error', 2, fakeServices(), ['evaluate']],
    ['help', 0, fakeServices(), ['--help']],
  ])('%s: exactly one document on stdout, with exit code %d', async (_what, exitCode, services, argv) => {
    const result = await run(services, [...argv, '--json']);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stdout.trimEnd()).not.toContain('\n');
    const document = JSON.parse(result.stdout) as { ok: boolean; error?: { code: string; message: string } };
    expect(document.ok).toBe(exitCode === 0);
    if (exitCode === 0) return;
    expect(document.error?.code).toMatch(/^[A-Z_]+$/);
    expect(document.error?.message).not.toBe('');
  });
});

describe('doctor', () => {
  it('shows adapter, limits, features and speed', async () => {
    const { exitCode, stdout } = await run(fakeServices(), ['doctor', '--bench']);
    expect(exitCode).toBe(0);
    for (const fact of [
      process.version,
      'llvmpipe',
      '128 MiB',
      'subgroups yes',
      'timestamp-query no',
      '123 GFLOP/s',
      '12.3 GB/s',
      '61.7 GFLOP/s, 50 % of the roof',
      '10,000 crystals 25:00',
    ]) {
      expect(stdout).toContain(fact);
    }
  });

  it('measures nothing unless asked', async () => {
    const { stdout } = await run(fakeServices(), ['doctor']);
    expect(stdout).not.toContain('GFLOP/s');
  });

  it('--bench --json hands on every number', async () => {
    const { stdout } = await run(fakeServices(), ['doctor', '--bench', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, bench: sampleBench });
  });

  it('without an adapter still shows the machine, says what to do and ends with 1', async () => {
    const { exitCode, stdout } = await run(fakeServices({ openDevice: noAdapter }), ['doctor']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(process.version);
    expect(stdout).toContain('install a driver');
  });
});

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
});

describe('evaluate', () => {
  it('hands --set on, for the data section', async () => {
    const overrides: (readonly string[])[] = [];
    const services = fakeServices();
    const watched = {
      ...services,
      evaluate: (options: Parameters<typeof services.evaluate>[0]) => {
        overrides.push(options.overrides ?? []);
        return services.evaluate(options);
      },
    };
    await run(watched, [
      'evaluate',
      'runs/x',
      '--quiet',
      '--set',
      'data.tier=exact',
      '--set',
      'data.limit=5',
    ]);
    expect(overrides).toEqual([['data.tier=exact', 'data.limit=5']]);
  });

  it('prints every direction beside chance and writes nothing without --out', async () => {
    const { exitCode, stdout } = await run(fakeServices(), ['evaluate', 'runs/x', '--quiet']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('crystal structure → phonon DOS, 24 candidates');
    expect(stdout).toContain('phonon DOS → crystal structure, 24 candidates');
    expect(stdout).toMatch(/chance\s*│\s*0\.042 │\s*0\.208 │\s*0\.417/);
    expect(stdout.split('\n').every((line) => line.length <= 100)).toBe(true);
  });

  it('asks for a run on shuffled pairs only where --controls says so', async () => {
    const asked: unknown[] = [];
    const services = fakeServices({
      evaluate: async ({ shuffledPairs }) => {
        asked.push(shuffledPairs);
        return sampleEvaluation(24);
      },
    });
    for (const more of [[], ['--controls']]) {
      const { exitCode, stdout } = await run(services, ['evaluate', 'runs/x', '--quiet', ...more]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/scalars\s*│\s*[01]\.\d{3} │/);
    }
    expect(asked).toEqual([false, true]);
  });

  it('with --out writes the report, the scores and the map, whole', async () => {
    const { exitCode, stdout } = await run(fakeServices(), ['evaluate', 'runs/x', '--out', out, '--json']);
    expect(exitCode).toBe(0);
    expect((await readdir(out)).sort()).toEqual(['embedding-map.svg', 'evaluation.json', 'report.html']);
    const written = JSON.parse(await readFile(join(out, 'evaluation.json'), 'utf8')) as object;
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, ...written });
    expect(await readFile(join(out, 'embedding-map.svg'), 'utf8')).toMatch(/^<svg[\s\S]*<\/svg>$/);
  });

  it('stopped by Ctrl-C ends with 130 at once', async () => {
    const controller = new AbortController();
    const services = fakeServices({
      evaluate: () => {
        setTimeout(() => controller.abort(), 5);
        return new Promise(() => undefined);
      },
    });
    const { exitCode, stderr } = await run(services, ['evaluate', 'runs/x', '--quiet'], controller.signal);
    expect([exitCode, stderr]).toEqual([130, 'error: stopped by Ctrl-C.\n']);
    expect(services.calls.at(-1)).toBe('destroy');
  });
});

describe('demo', () => {
  it('trains, measures the test split and leaves the report, saying that the spectra are simulated', async () => {
    const services = fakeServices();
    const { exitCode, stdout } = await run(services, ['demo', '--seed', '5', '--out', out]);
    expect(exitCode).toBe(0);
    expect(services.calls).toEqual(['ensureWritable', 'openDevice', 'pretrain', 'evaluate', 'destroy']);
    expect(services.configs[0]).toMatchObject({ name: 'demo', seed: 5, data: { source: 'reference' } });
    expect(stdout).toContain('crystal structure → simulated phonon DOS');
    expect(stdout).toContain(join(out, 'report.html'));
    expect((await readdir(out)).sort()).toEqual(['embedding-map.svg', 'evaluation.json', 'report.html']);
  });
});
