import { once } from 'node:events';
import { chmod, link, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toPymatgenDict, writeExtxyz } from '@bravais/datasets';
import { type PerturbedCrystal, perturbedCrystals } from '@bravais/datasets/reference';
import { readEmbeddingTable } from '@bravais/datasets/storage';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realServices } from '../services/real-services';
import { fakeServices, sampleEncoder } from '../testing/fake-services';
import { run } from '../testing/run';
import type { EmbeddingRow } from './embedding-row';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-embed-out-'));
  const frames = Array.from(perturbedCrystals(200, 0), ({ structure }) => writeExtxyz(structure));
  frames[7] = '1\nLattice="3 0 0 0 3 0 0 0 3"\nQq 0 0 0\n';
  await writeFile(at('many.xyz'), frames.join(''));
});
afterEach(() => rm(folder, { recursive: true }));

const embed = (services: Parameters<typeof run>[0], out: string, ...more: string[]) =>
  run(services, ['embed', 'runs/x', at('many.xyz'), '--out', at(out), ...more]);

const rowsOf = async (out: string): Promise<EmbeddingRow[]> =>
  (await readFile(at(out), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as EmbeddingRow);

/** An encoder that fails at its n-th batch, as a device does that is lost. */
function failingAt(batch: number) {
  let calls = 0;
  return fakeServices({
    openStructureEncoder: async () => ({
      ...sampleEncoder,
      embed: async (prepared) => {
        if (++calls === batch) throw Object.assign(new Error('gone'), { name: 'DeviceError', code: 'LOST' });
        return sampleEncoder.embed(prepared);
      },
    }),
  });
}

describe('bravais embed --out x.parquet', () => {
  it('holds the rows that x.jsonl holds', async () => {
    const lines = await embed(fakeServices(), 'x.jsonl');
    const table = await embed(fakeServices(), 'x.parquet');
    expect([lines.exitCode, table.exitCode]).toEqual([1, 1]);
    expect(table.stdout).toBe(lines.stdout.replace('x.jsonl', 'x.parquet'));
    const expected = (await rowsOf('x.jsonl')).map((row) => ({
      id: row.id,
      name: row.name,
      embedding: 'error' in row ? null : row.embedding.map(Math.fround),
      error: 'error' in row ? `${row.error.code}: ${row.error.message}` : null,
    }));
    const found = [];
    for await (const row of readEmbeddingTable(at('x.parquet'))) found.push(row);
    expect(found).toEqual(expected);
    expect(found).toHaveLength(200);
    expect(found[7]).toMatchObject({ name: 'frame 8', embedding: null });
    expect((await readdir(folder)).sort()).toEqual(['many.xyz', 'x.jsonl', 'x.parquet']);
  });
});

describe('bravais embed --resume auto', () => {
  it.each(['x.jsonl', 'x.parquet'])(
    'goes on with %s: no row twice, none missing, equal bytes',
    async (out) => {
      await embed(fakeServices(), out);
      const whole = await readFile(at(out));
      await rm(at(out));
      for (const batch of [2, 1, 2]) {
        const { exitCode, stderr } = await embed(failingAt(batch), out, '--resume', 'auto');
        expect(exitCode).toBe(1);
        if (batch > 1) expect(stderr).toMatch(/partial keeps \d+ rows: the same command with --resume auto/);
        expect((await readdir(folder)).includes(out)).toBe(false);
      }
      const { stderr, stdout } = await embed(fakeServices(), out, '--resume', 'auto');
      expect(stderr).toMatch(/partial: (12[89]|13\d) rows are there, going on behind them/);
      expect(stdout).toContain('190 embeddings of 2 numbers, 10 failed');
      expect((await readFile(at(out))).equals(whole)).toBe(true);
      expect((await readdir(folder)).sort()).toEqual(['many.xyz', out]);
    },
  );

  it('cuts off what was half written, and begins anew where not even the first line is whole', async () => {
    await embed(fakeServices(), 'x.jsonl');
    const whole = await readFile(at('x.jsonl'));
    await embed(failingAt(3), 'y.jsonl');
    const journal = await readFile(at('y.jsonl.partial'));
    const lineEnds = [...journal.entries()].flatMap(([k, byte]) => (byte === 10 ? [k] : []));
    expect(lineEnds).toHaveLength(3);
    for (const length of [0, 5, lineEnds[0]! + 1, lineEnds[1]! + 40, lineEnds[2]!]) {
      await writeFile(at('y.jsonl.partial'), journal.subarray(0, length));
      await embed(fakeServices(), 'y.jsonl', '--resume', 'auto');
      expect(await readFile(at('y.jsonl'), 'utf8')).toBe(whole.toString('utf8'));
    }
  });

  it('refuses rows of another model, and to begin over the rows of a run that was stopped', async () => {
    await embed(failingAt(2), 'x.jsonl');
    const again = await embed(fakeServices(), 'x.jsonl');
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('Go on with --resume auto')]);
    const other = await embed(
      fakeServices({ digestOfModel: async () => 'y' }),
      'x.jsonl',
      '--resume',
      'auto',
    );
    expect([other.exitCode, other.stderr]).toEqual([
      2,
      expect.stringContaining('must hold rows of this model'),
    ]);
  });

  it.each([
    [['--resume', 'runs/y', '--out', 'x.jsonl'], '--resume must be auto'],
    [['--resume', 'auto'], '--resume needs a file'],
    [['--out', 'x.csv'], '--out must end with .jsonl or .parquet, got x.csv'],
    [['--out', 'x'], '--out must end with .jsonl or .parquet, got x'],
  ])('%j is a usage error, before a device is opened', async (options, message) => {
    const services = fakeServices();
    const { exitCode, stderr } = await run(services, ['embed', 'runs/x', at('many.xyz'), ...options]);
    expect([exitCode, stderr, services.calls]).toEqual([2, expect.stringContaining(message), []]);
  });

  it('is never written over an input, by whatever name', async () => {
    await writeFile(at('a.jsonl'), '');
    await symlink('a.jsonl', at('soft.jsonl'));
    await link(at('a.jsonl'), at('hard.jsonl'));
    for (const name of ['a.jsonl', 'soft.jsonl', 'hard.jsonl']) {
      const services = fakeServices();
      const { exitCode, stderr } = await run(services, ['embed', 'runs/x', at('a.jsonl'), '--out', at(name)]);
      const message = expect.stringContaining(`--out must be another file than the inputs, got ${at(name)}`);
      expect([exitCode, stderr, services.calls]).toEqual([2, message, []]);
    }
  });

  it('makes the folder of --out, and says where that cannot be', async () => {
    const { ensureWritable } = realServices();
    const services = fakeServices({ ensureWritable });
    expect((await embed(services, 'new/deep/x.jsonl')).exitCode).toBe(1);
    expect(await rowsOf('new/deep/x.jsonl')).toHaveLength(200);
    const { exitCode, stderr } = await embed(services, 'many.xyz/x.jsonl');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining(`${at('many.xyz')}: must be a folder`)]);
  });
});

describe('inputs', () => {
  it('are data sets and JSON Lines, each structure under its own name; equal names are set apart', async () => {
    const crystals = [...perturbedCrystals(3, 0)];
    const line = (id: string, k: number) =>
      JSON.stringify({ material_id: id, structure: toPymatgenDict(crystals[k]!.structure) });
    await writeFile(at('x.jsonl'), `${line('mp-1', 0)}\n${line('mp-1', 1)}\n{}\n${line('mp-2', 2)}\n`);
    await writeFile(at('three.xyz'), crystals.map(({ structure }) => writeExtxyz(structure)).join(''));
    await run(fakeServices(), ['data', 'build', at('three.xyz'), '--out', at('built'), '--workers', '1']);
    await mkdir(at('cifs'));
    const argv = ['embed', 'runs/x', at('x.jsonl'), at('built'), '--json'];
    const { stdout } = await run(fakeServices(), argv);
    const rows = JSON.parse(stdout) as (EmbeddingRow & { ok: boolean })[];
    expect(rows.slice(0, 4).map(({ name, ok }) => [name, ok])).toEqual([
      ['mp-1', true],
      ['mp-1 (2)', true],
      ['line 3', false],
      ['mp-2', true],
    ]);
    expect(rows.slice(4).map(({ id, ok }) => [id, ok])).toEqual([1, 2, 3].map(() => [at('built'), true]));
    expect(new Set(rows.slice(4).map(({ name }) => name)).size).toBe(3);
  });

  it('of a folder are its files: links to folders and sockets are passed over, a link to nothing is a row', async () => {
    await mkdir(at('set'));
    await mkdir(at('set/inner'));
    const [{ structure }] = [...perturbedCrystals(1, 0)] as [PerturbedCrystal];
    for (const name of ['set/a.xyz', 'set/inner/b.xyz']) await writeFile(at(name), writeExtxyz(structure));
    await symlink('..', at('set/inner/round.xyz'));
    await symlink('a.xyz', at('set/link.xyz'));
    await symlink('nowhere', at('set/lost.xyz'));
    const server = createServer().listen(at('set/pipe.xyz'));
    await once(server, 'listening');
    const { stdout, stderr } = await run(fakeServices(), ['embed', 'runs/x', at('set')]);
    server.close();
    const rows = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as EmbeddingRow); // biome-ignore format: a line
    expect(rows.map((row) => [row.id, 'error' in row ? row.error.code : 'ok'])).toEqual([
      [at('set/a.xyz'), 'ok'],
      [at('set/inner/b.xyz'), 'ok'],
      [at('set/link.xyz'), 'ok'],
      [at('set/lost.xyz'), 'DATA_NOT_FOUND'],
    ]);
    expect(stderr).toContain(`2 names in folders are no structure files: ${at('set/inner/round.xyz')}, ${at('set/pipe.xyz')}`); // biome-ignore format: a line
  });

  it.skipIf(process.getuid?.() === 0)(
    'that cannot be listed are a row, and the others are read',
    async () => {
      await mkdir(at('locked'), { mode: 0 });
      const { exitCode, stdout } = await run(fakeServices(), [
        'embed',
        'runs/x',
        at('locked'),
        at('many.xyz'),
      ]);
      await chmod(at('locked'), 0o755);
      const rows = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as EmbeddingRow); // biome-ignore format: a line
      expect([exitCode, rows.length]).toEqual([1, 201]);
      expect(rows[0]).toMatchObject({ id: at('locked'), error: { code: 'DATA_UNREADABLE' } });
    },
  );

  it('with names that would steer a terminal are shown without', async () => {
    const crystals = Array.from(perturbedCrystals(2, 0), ({ structure }) => toPymatgenDict(structure));
    const lines = crystals.map((structure, k) => JSON.stringify({ id: `\u001B[2J${k}`, structure: k === 0 ? structure : {} })); // biome-ignore format: a line
    await writeFile(at('names.jsonl'), lines.join('\n'));
    const { stdout, stderr } = await run(fakeServices(), ['embed', 'runs/x', at('names.jsonl'), '--out', at('x.jsonl')]); // biome-ignore format: a line
    expect(stdout + stderr).not.toContain('\u001B');
    expect(stdout).toContain('names.jsonl, \\u001b[2J1: DATA_');
    expect((await rowsOf('x.jsonl')).map(({ name }) => name)).toEqual(['\u001B[2J0', '\u001B[2J1']);
  });

  it('are one file where they are written in two ways, and no row where a folder is empty', async () => {
    await mkdir(at('empty'));
    const twice = ['embed', 'runs/x', at('many.xyz'), join(folder, '.', 'empty', '..', 'many.xyz')];
    const { stdout } = await run(fakeServices(), [...twice, `${folder}/./many.xyz`]);
    expect(stdout.trimEnd().split('\n')).toHaveLength(200);
    const none = await run(fakeServices(), ['embed', 'runs/x', at('empty'), '--out', at('x.parquet')]);
    expect([none.exitCode, none.stdout]).toEqual([0, expect.stringContaining('0 embeddings')]);
    const rows = [];
    for await (const row of readEmbeddingTable(at('x.parquet'))) rows.push(row);
    expect(rows).toEqual([]);
  });
});
