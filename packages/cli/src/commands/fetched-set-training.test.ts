import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { realServices } from '../services/real-services';
import { run as runCommand } from '../testing/run';

let folder = '';
let server: Server | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-fetched-'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  await rm(folder, { recursive: true, force: true });
});

/** An OPTIMADE service with a rock salt of each of these pairs on one page. */
async function rockSalts(pairs: readonly (readonly [string, string, number])[]): Promise<string> {
  const entries = pairs.map(([cation, anion, edge], n) => ({
    id: `salt-${n}`,
    attributes: {
      lattice_vectors: [[0, edge / 2, edge / 2], [edge / 2, 0, edge / 2], [edge / 2, edge / 2, 0]], // biome-ignore format: a matrix
      cartesian_site_positions: [[0, 0, 0], [edge / 2, edge / 2, edge / 2]], // biome-ignore format: a matrix
      species: [cation, anion].map((name) => ({ name, chemical_symbols: [name], concentration: [1] })),
      species_at_sites: [cation, anion],
      chemical_formula_reduced: `${anion}${cation}`,
    },
  }));
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.api+json' });
    response.end(
      JSON.stringify({ data: entries, links: { next: null }, meta: { data_returned: pairs.length } }),
    );
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('what is fetched is built, split, and trained on', async () => {
  const cations = [['Li', 0], ['Na', 0.5], ['K', 1.15], ['Rb', 1.45]] as const; // biome-ignore format: a table
  const anions = [['F', 4.03], ['Cl', 5.13], ['Br', 5.5]] as const; // biome-ignore format: a table
  const pairs = cations.flatMap(([cation, wider]) =>
    anions.map(([anion, edge]) => [cation, anion, edge + wider] as const),
  );
  const url = await rockSalts(pairs);
  const [fetched, built] = [join(folder, 'fetched'), join(folder, 'built')];
  const bravais = async (...argv: string[]) => {
    const { exitCode, stdout, stderr } = await runCommand(realServices(), argv);
    if (exitCode !== 0) throw new Error(`${stdout}${stderr}`);
    return stdout;
  };
  await bravais('data', 'fetch', url, '--date', '2026-01-31', '--interval', '1', '--out', fetched);
  await bravais(
    'data',
    'build',
    '--source',
    fetched,
    '--derive',
    'phononDos',
    '--workers',
    '1',
    '--out',
    built,
  );
  const manifest = JSON.parse(await readFile(join(built, 'dataset.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({
    counts: { records: 12, structures: 12, views: { phononDos: 12 } },
    sources: [{ address: expect.stringContaining('127.0.0.1') }],
  });
  const split = join(folder, 'split.json');
  await bravais('data', 'split', built, '--kind', 'random', '--seed', '1', '--fractions', '0.5,0.25,0.25', '--out', split); // biome-ignore format: one command
  const config = join(folder, 'salts.yaml');
  await writeFile(
    config,
    `name: salts
data: { source: stored, root: ${built}, split: ${split} }
model: { embeddingDim: 8, structure: { kind: cgcnn, width: 8, convolutions: 1 }, views: { phononDos: { kind: mlp, width: 8 } } }
loss: { kind: all-pairs-clip }
optim: { schedule: { kind: constant } }
training: { steps: 3, batchSize: 6 }
`,
  );
  const run = join(folder, 'run');
  const result = await bravais('pretrain', config, '--out', run, '--json');
  expect(JSON.parse(result)).toMatchObject({ ok: true, command: 'pretrain' });
  const metrics = await readFile(join(run, 'metrics.jsonl'), 'utf8');
  expect(metrics).toContain('"step":3');
}, 120_000);

it('a source that is neither known nor a folder of a set is refused', async () => {
  const { exitCode, stderr } = await runCommand(realServices(), [
    'data',
    'build',
    '--source',
    join(folder, 'none'),
    '--out',
    join(folder, 'x'),
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/--source must be one of reference, .*or a folder.*none/);
});
