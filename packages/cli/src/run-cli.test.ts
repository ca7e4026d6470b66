import { DeviceError } from '@bravais/tensor-core';
import { describe, expect, it } from 'vitest';
import { fakeServices } from './testing/fake-services';
import { run } from './testing/run';
import { sampleBench } from './testing/sample-measurements';

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
    ['pretrain --find-lr', 0, fakeServices(), ['pretrain', 'a.yaml', '--find-lr']],
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
