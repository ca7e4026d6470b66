import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeServices } from './testing/fake-services';
import { run } from './testing/run';
import { sampleEvaluation } from './testing/sample-report';

let out = '';
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'bravais-cli-'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

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
