import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeServices } from '../testing/fake-services';
import { run } from '../testing/run';

let folder = '';
let server: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-data-'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  vi.stubEnv('MP_API_KEY', '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

const data = (...argv: string[]) => run(fakeServices(), ['data', ...argv]);

/** An OPTIMADE service with three entries on two pages, one of them broken. */
async function optimade(): Promise<string> {
  const attributes = {
    lattice_vectors: [[3, 0, 0], [0, 3, 0], [0, 0, 3]], // biome-ignore format: a matrix
    cartesian_site_positions: [[0, 0, 0]],
    species: [{ name: 'Po', chemical_symbols: ['Po'], concentration: [1] }],
    species_at_sites: ['Po'],
    chemical_formula_reduced: 'Po',
    _x_gap: 1.25,
  };
  const pages = [
    { data: [{ id: '1', attributes }, { id: '2', attributes: {} }], links: { next: '/v1/structures?page=1' } }, // biome-ignore format: entries
    { data: [{ id: '3', attributes }], links: { next: null } },
  ];
  server = createServer((request, response) => {
    const page = new URL(request.url ?? '', 'http://x').searchParams.get('page') ?? '0';
    response.writeHead(200, { 'content-type': 'application/vnd.api+json' });
    response.end(JSON.stringify({ ...pages[Number(page)], meta: { data_returned: 3 } }));
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('bravais data', () => {
  it('fetches, lists and describes a set, and fetches it again without the network', async () => {
    const url = await optimade();
    const out = join(folder, 'sets', 'po');
    const argv = [
      'fetch',
      url,
      '--property',
      'bandGapEv=_x_gap',
      '--date',
      '2026-01-31',
      '--interval',
      '1',
      '--out',
      out,
    ];
    const fetched = await data(...argv);
    expect([fetched.exitCode, fetched.stderr]).toEqual([
      0,
      `asking ${new URL(url).host}\npage 1  2 of 3 records\npage 2  3 of 3 records\n`,
    ]);
    expect(fetched.stdout).toMatch(/records +2, 2 with a structure\nleft out +1\n/);
    expect((await readdir(out)).sort()).toEqual(['README.md', 'records.jsonl.gz', 'set.json']);
    const listed = await data('list', join(folder, 'sets'));
    expect(listed.stdout).toContain('2 records');
    expect(listed.stdout).toContain('2026-01-31');
    const described = await data('describe', out);
    expect(described.stdout).toMatch(/bandGapEv +1\.25 … 1\.25, mean 1\.25, none missing/);
    const { description } = JSON.parse((await data('describe', out, '--json')).stdout) as {
      description: object;
    };
    expect(description).toMatchObject({ records: 2, elements: 1, scalars: { bandGapEv: { count: 2 } } });
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    const again = await data(...argv.slice(0, -1), join(folder, 'again'), '--offline', '--json');
    expect(again.stderr).not.toContain('asking');
    const before = JSON.parse((await data('describe', out, '--json')).stdout) as { set: { sha256: string } };
    expect((JSON.parse(again.stdout) as typeof before).set.sha256).toBe(before.set.sha256);
  });

  it('imports files', async () => {
    const table = join(folder, 'steels.csv');
    await writeFile(table, 'id,formula,hardness\na,Fe,4\nb,FeC,x\n');
    const out = join(folder, 'steels');
    const { exitCode, stdout } = await data(
      'import',
      'table',
      table,
      '--out',
      out,
      '--licence',
      'cc-by-4.0',
      '--limit',
      '5',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/records +2, 0 with a structure/);
    expect(stdout).toContain('cc-by-4.0');
  });

  it.each([
    [['fetch', 'nowhere'], 'a source among materials-project, mp, oqmd'],
    [['fetch', 'materials-project'], 'MP_API_KEY'],
    [['fetch', 'oqmd', '--property', 'x'], '--property name=property'],
    [['fetch', 'oqmd', '--dos'], '--dos is for materials-project'],
    [['fetch', 'oqmd', '--charge-density'], '--charge-density is for materials-project'],
    [['fetch', 'oqmd', '--date', '2026-02-31'], 'It must be a day'],
    [['fetch', 'oqmd', '--limit', '0'], 'a whole number from 1'],
    [['import', 'spam', 'x'], 'Allowed choices'],
    [['describe'], 'missing required argument'],
  ])('refuses %j as usage', async (argv, said) => {
    const { exitCode, stderr, stdout } = await data(...argv);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(said);
  });

  it('says as one document what failed', async () => {
    const { exitCode, stdout } = await data(
      'fetch',
      'oqmd',
      '--offline',
      '--out',
      join(folder, 'x'),
      '--json',
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: 'FETCH_OFFLINE' } });
    const listed = await data('list', join(folder, 'nowhere'), '--json');
    expect(JSON.parse(listed.stdout)).toMatchObject({ ok: false, error: { code: 'DATA_NOT_FOUND' } });
  });

  it('stopped by Ctrl-C ends with 130 and says how to go on', async () => {
    const argv = ['data', 'fetch', await optimade(), '--out', join(folder, 'x')];
    const { exitCode, stderr } = await run(fakeServices(), argv, AbortSignal.abort());
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Run the same command to go on.');
  });
});

it('knows every kind of file that the reader knows', async () => {
  const { IMPORT_KINDS } = await import('@bravais/datasets/node');
  const { stdout } = await data('import', '--help');
  const choices = /choices: ([^)]*)\)/.exec(stdout.replace(/\s+/g, ' '))?.[1];
  expect(choices?.match(/[\w-]+/g)).toEqual(Object.keys(IMPORT_KINDS));
});
