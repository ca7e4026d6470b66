import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeServices } from '../testing/fake-services';
import { run } from '../testing/run';

const frame = (cation: string, edge: number) =>
  `2\nLattice="${edge} 0 0 0 ${edge} 0 0 0 ${edge}" Properties=species:S:1:pos:R:3\n${cation} 0 0 0\nCl ${edge / 2} ${edge / 2} ${edge / 2}\n`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-data-'));
  await writeFile(join(folder, 'a.xyz'), frame('Cs', 4.12) + frame('Cs', 4.13));
  await writeFile(join(folder, 'b.xyz'), frame('Rb', 3.9));
  await writeFile(join(folder, 'c.xyz'), '2\nnothing\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const data = (...argv: string[]) => run(fakeServices(), ['data', ...argv]);
const build = (...options: string[]) =>
  data(
    'build',
    join(folder, 'a.xyz'),
    join(folder, 'b.xyz'),
    join(folder, 'c.xyz'),
    '--workers',
    '1',
    ...options,
  );

describe('bravais data build and split', () => {
  it('builds a set from files, splits it, and checks the split again', async () => {
    const [set, file] = [join(folder, 'set'), join(folder, 'split.json')];
    const built = await build('--derive', 'prototype', '--out', set, '--json');
    expect(built.exitCode).toBe(0);
    expect(JSON.parse(built.stdout)).toMatchObject({
      ok: true,
      command: 'data build',
      counts: { records: 3, structures: 3 },
      refused: { count: 1 },
    });
    expect(built.stderr).toContain('note: left out');
    const halves = ['--fractions', '0.5,0,0.5'];
    const made = await data('split', set, '--kind', 'random', '--seed', '1', ...halves, '--out', file);
    expect(made.stderr).toBe(`${file}: random split of 3 records, seed 1\n`);
    expect(made.stdout).toContain('leakage between train 2, val 0, test 1');
    const { stdout } = await data('split', set, '--use', file);
    expect(stdout).toBe(made.stdout);
    for (const kind of ['formula', 'prototype', 'folds', 'element']) {
      const { exitCode, stdout: text } = await data(
        'split',
        set,
        '--kind',
        kind,
        '--elements',
        'Rb',
        '--folds',
        '2',
        '--group-by',
        'formula',
      );
      expect(exitCode).toBe(0);
      expect(text).toContain('formulas: none in two parts');
    }
    const own = await data('split', set);
    expect(own.stdout).toContain('leakage between train 3');
  });

  it('says what is wrong', async () => {
    const set = join(folder, 'set');
    await build('--out', set);
    const split = join(folder, 'split.json');
    await data('split', set, '--kind', 'random', '--out', split);
    await writeFile(split, (await readFile(split, 'utf8')).replace('"schema": 1', '"schema": 3'));
    const told = async (...argv: string[]) => {
      const { exitCode, stderr } = await data(...argv);
      return `${exitCode} ${stderr}`;
    };
    expect(await told('build', '--out', set)).toMatch(
      /^2 .*structure files, or --source, expected, got neither/s,
    );
    expect(await told('build', join(folder, 'a.xyz'))).toMatch(/^2 .*--out expected/s);
    expect(await told('build', join(folder, 'a.xyz'), '--out', set)).toMatch(
      /^1 .*a folder that is not there yet expected/s,
    );
    expect(await told('split', join(folder, 'none'))).toMatch(
      /^1 .*DATA_NOT_FOUND|^1 .*dataset\.json a data file expected/s,
    );
    expect(await told('split', set, '--use', split)).toMatch(/^1 .*a split of schema 1 expected/s);
    expect(await told('split', set, '--use', join(folder, 'none'))).toMatch(/^2 .*got ENOENT/s);
    expect(await told('split', set, '--kind', 'time')).toMatch(/^2 .*--date expected/s);
    expect(await told('split', set, '--kind', 'time', '--date', 'year')).toMatch(
      /^1 .*a date of each record/s,
    );
    expect(await told('split', set, '--kind', 'element')).toMatch(/^2 .*--elements expected/s);
    expect(await told('split', set, '--kind', 'random', '--use', split)).toMatch(/^2 .*got both/s);
  });
});
