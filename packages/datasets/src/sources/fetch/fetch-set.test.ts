import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HttpClient, type HttpClientOptions } from '../http/http-client';
import { materialsProjectSource } from '../materials-project/summary-source';
import { optimadeLinks } from '../optimade/optimade-providers';
import { optimadeSource } from '../optimade/optimade-source';
import type { SourceRecord } from '../source-record';
import { readSet } from '../store/read-set';
import { fakeClock } from '../testing/fake-clock';
import { type Answer, json, startServer, type TestServer } from '../testing/test-server';
import { fetchSet } from './fetch-set';

let folder = '';
const servers: TestServer[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-fetch-'));
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

async function serve(answer: Answer): Promise<TestServer> {
  const server = await startServer(answer);
  servers.push(server);
  return server;
}

const client = (options: HttpClientOptions = {}) =>
  new HttpClient({ online: true, intervalMs: 0, attempts: 2, clock: fakeClock(), ...options });

const question = (baseUrl: string, filter?: string) =>
  optimadeSource({
    name: 'test',
    database: {
      baseUrl,
      title: 'Test',
      licence: 'cc0-1.0',
      citations: ['A paper'],
      properties: { gapEv: '_t_gap' },
    },
    pageLimit: 2,
    ...(filter === undefined ? {} : { filter }),
  });

/** Rock salt with lattice constant 5 + k / 10 Å. */
function entry(k: number, changes: object = {}): object {
  const a = 5 + k / 10;
  return {
    id: `t-${k}`,
    type: 'structures',
    attributes: {
      lattice_vectors: [[0, a / 2, a / 2], [a / 2, 0, a / 2], [a / 2, a / 2, 0]], // biome-ignore format: a matrix
      cartesian_site_positions: [[0, 0, 0], [a / 2, a / 2, a / 2]], // biome-ignore format: a matrix
      species: ['Na', 'Cl'].map((name) => ({ name, chemical_symbols: [name], concentration: [1] })),
      species_at_sites: ['Na', 'Cl'],
      structure_features: [],
      dimension_types: [1, 1, 1],
      chemical_formula_reduced: 'ClNa',
      last_modified: '2020-01-01T00:00:00Z',
      _t_gap: k / 2,
      ...changes,
    },
  };
}

/** OPTIMADE as its reference server speaks it: offsets, `links.next` as a string or an object. */
function optimade(entries: readonly object[], failAt = new Map<number, () => number>()): Answer {
  return (request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const offset = Number(url.searchParams.get('page_offset') ?? 0);
    const status = failAt.get(offset)?.() ?? 200;
    if (status !== 200) return void response.writeHead(status).end();
    const limit = Number(url.searchParams.get('page_limit'));
    url.searchParams.set('page_offset', `${offset + limit}`);
    const more = offset + limit < entries.length;
    const next = offset % 4 === 0 ? url.href : { href: url.href };
    json(response, {
      data: entries.slice(offset, offset + limit),
      meta: { data_returned: entries.length, more_data_available: more },
      links: { next: more ? next : null },
    });
  };
}

async function all(set: string): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const record of readSet(set)) records.push(record);
  return records;
}

describe('a fetch from OPTIMADE', () => {
  it('turns every page and writes records, card and manifest', async () => {
    const server = await serve(optimade(Array.from({ length: 7 }, (_, k) => entry(k))));
    const source = question(`${server.url}/db`, 'elements HAS "Na"');
    const manifest = await fetchSet(folder, source, client(), { date: '2026-01-31' });
    expect(manifest).toMatchObject({ records: 7, structures: 7, scalars: ['gapEv'], refused: { count: 0 } });
    expect(server.requests).toHaveLength(4);
    const first = new URL(server.requests[0]!.url, server.url);
    expect(first.pathname).toBe('/db/v1/structures');
    expect(first.searchParams.get('filter')).toBe('elements HAS "Na"');
    expect(first.searchParams.get('response_fields')).toContain('species_at_sites');
    const records = await all(folder);
    expect(records.map(({ id }) => id)).toEqual(['t-0', 't-1', 't-2', 't-3', 't-4', 't-5', 't-6']);
    expect(records[3]!.scalars).toEqual({ gapEv: 1.5 });
    expect(Array.from(records[3]!.structure!.fracCoords, (x) => Math.round(x * 1e9) / 1e9)).toEqual([
      0, 0, 0, 0.5, 0.5, 0.5,
    ]);
    expect((await readdir(folder)).sort()).toEqual(['README.md', 'records.jsonl.gz', 'set.json']);
    const card = await readFile(join(folder, 'README.md'), 'utf8');
    expect(card).toMatch(/^---\nlicense: "cc0-1.0"\npretty_name: "Test"\nsize_categories:\n- n<1K\n/);
    expect(card).toContain('date: "2026-01-31"');
    expect(card).toContain('- A paper');
  });

  it('goes on where it failed, asks for no page twice, and gives the same bytes', async () => {
    const entries = Array.from({ length: 9 }, (_, k) => entry(k));
    let healthy = false;
    const server = await serve(optimade(entries, new Map([[4, () => (healthy ? 200 : 500)]])));
    const source = question(server.url);
    await expect(fetchSet(folder, source, client())).rejects.toMatchObject({ code: 'FETCH_STATUS' });
    expect(await readdir(folder)).toEqual(['.unfinished']);
    const before = server.requests.length;
    healthy = true;
    const manifest = await fetchSet(folder, source, client());
    const offsets = server.requests
      .slice(before)
      .map(({ url }) => new URL(url, server.url).searchParams.get('page_offset'));
    expect(offsets).toEqual(['4', '6', '8']);
    const whole = join(folder, 'whole');
    expect((await fetchSet(whole, source, client())).sha256).toBe(manifest.sha256);
    expect(manifest.records).toBe(9);
  });

  it('does not go on with another question, nor on another host', async () => {
    const server = await serve(optimade([entry(0), entry(1), entry(2)], new Map([[2, () => 400]])));
    await expect(fetchSet(folder, question(server.url), client())).rejects.toThrow();
    await expect(fetchSet(folder, question(server.url, 'nsites=2'), client())).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('another question'),
    });
    const path = join(folder, '.unfinished', 'cursor.json');
    const cursor = JSON.parse(await readFile(path, 'utf8')) as { next: string };
    await writeFile(path, JSON.stringify({ ...cursor, next: 'https://elsewhere.org/' }));
    await expect(fetchSet(folder, question(server.url), client())).rejects.toMatchObject({
      code: 'FETCH_REDIRECT',
    });
    await writeFile(path, '{"schema"');
    await expect(fetchSet(folder, question(server.url), client())).rejects.toMatchObject({
      code: 'DATA_INVALID',
    });
  });

  it('keeps the set that was there until the new one is whole', async () => {
    const server = await serve(optimade([entry(0)]));
    await fetchSet(folder, question(server.url), client());
    const broken = await serve((_, response) => response.writeHead(500).end());
    await expect(fetchSet(folder, question(broken.url), client())).rejects.toThrow();
    expect(await all(folder)).toHaveLength(1);
  });

  it('takes no more than the limit', async () => {
    const server = await serve(optimade(Array.from({ length: 9 }, (_, k) => entry(k))));
    expect((await fetchSet(folder, question(server.url), client(), { limit: 3 })).records).toBe(3);
    expect(server.requests).toHaveLength(2);
  });

  it('refuses single entries and says which and why', async () => {
    const halves = { name: 'M', chemical_symbols: ['Na', 'K', 'vacancy'], concentration: [0.5, 0.25, 0.25] };
    const chlorine = { name: 'Cl', chemical_symbols: ['Cl'], concentration: [1] };
    const server = await serve(
      optimade([
        entry(0, { species: [halves, chlorine], species_at_sites: ['M', 'Cl'] }),
        entry(1, { structure_features: ['disorder', 'assemblies'] }),
        entry(2, { lattice_vectors: null }),
        entry(3, { species_at_sites: ['Na', 'Q'] }),
        entry(4, { dimension_types: [1, 1, 0] }),
        entry(5, { cartesian_site_positions: [[0, 0, 0], [0, 0, 0.01]] }), // biome-ignore format: a matrix
        entry(0),
        {},
      ]),
    );
    const { records, refused } = await fetchSet(folder, question(server.url), client());
    expect(records).toBe(1);
    expect(refused.first.map(({ id, code }) => [id, code])).toEqual([
      ['t-1', 'DATA_UNSUPPORTED'],
      ['t-2', 'DATA_INVALID'],
      ['t-3', 'DATA_INVALID'],
      ['t-4', 'DATA_UNSUPPORTED'],
      ['t-5', 'OVERLAPPING_SITES'],
      ['t-0', 'DATA_INVALID'],
      ['entry 1', 'DATA_INVALID'],
    ]);
    const { occupations } = (await all(folder))[0]!.structure!;
    expect(Array.from(occupations!.atomicNumbers)).toEqual([11, 19, 17]);
    expect(Array.from(occupations!.occupancies)).toEqual([0.5, 0.25, 1]);
  });

  it.each([
    ['itself', (url: string) => url],
    ['another host', () => 'https://elsewhere.org/v1/structures?page=2'],
  ])('stops at a link that leads to %s', async (_, next) => {
    const server = await serve((request, response) =>
      json(response, { data: [], links: { next: next(`http://${request.headers.host}${request.url}`) } }),
    );
    await expect(fetchSet(folder, question(server.url), client())).rejects.toMatchObject({
      name: 'FetchError',
    });
    expect(server.requests.length).toBeLessThan(3);
  });

  it('tells what the service says where it refuses', async () => {
    const server = await serve((_, response) =>
      json(response, { errors: [{ detail: 'unknown property foo' }] }),
    );
    await expect(fetchSet(folder, question(server.url), client())).rejects.toThrow(/unknown property foo/);
  });

  it('lists providers', async () => {
    const link = (id: string, base_url: unknown, link_type = 'external') => ({
      id,
      attributes: { name: id, base_url, link_type },
    });
    const server = await serve((_, response) =>
      json(response, {
        data: [
          link('a', 'https://a.org'),
          link('b', { href: 'https://b.org' }),
          link('c', null),
          link('r', 'x', 'root'),
        ],
      }),
    );
    expect(await optimadeLinks(client(), server.url)).toEqual([
      { id: 'a', name: 'a', baseUrl: 'https://a.org' },
      { id: 'b', name: 'b', baseUrl: 'https://b.org' },
      { id: 'c', name: 'c', baseUrl: null },
    ]);
    expect(server.requests[0]!.url).toBe('/v1/links');
  });
});

describe('a fetch from the Materials Project', () => {
  const doc = (k: number) => ({
    material_id: `mp-${k}`,
    formula_pretty: 'Po',
    structure: {
      lattice: { matrix: [[3 + k, 0, 0], [0, 3 + k, 0], [0, 0, 3 + k]] }, // biome-ignore format: a matrix
      sites: [{ species: [{ element: 'Po', occu: 1 }], abc: [0, 0, 0] }],
    },
    band_gap: 0,
    symmetry: { number: 221 },
    bulk_modulus: k === 0 ? null : { vrh: 40.5 },
  });

  const service: Answer = (request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    if (request.headers['x-api-key'] !== 'my-key' && !/^\/(dos|chgcars)\//.test(url.pathname)) {
      return void response.writeHead(401).end('{"detail":"no key"}');
    }
    if (url.pathname === '/materials/summary/') {
      const skip = Number(url.searchParams.get('_skip'));
      const data = [0, 1, 2, 3, 4].map(doc).slice(skip, skip + Number(url.searchParams.get('_limit')));
      return json(response, { data, meta: { total_doc: 5 } });
    }
    if (url.pathname === '/materials/electronic_structure/') {
      const id = url.searchParams.get('material_ids');
      const dos = id === 'mp-0' ? null : { total: { 1: { task_id: `${id}000` } } };
      return json(response, { data: [{ material_id: id, dos }] });
    }
    if (url.pathname === '/materials/core/') {
      const id = url.searchParams.get('material_ids');
      const tasks = id === 'mp-0' ? [] : [`${id}00`, `${id}01`, `${id}02`];
      return json(response, { data: [{ material_id: id, task_ids: tasks }] });
    }
    if (url.pathname === '/materials/charge_density/') {
      const [old, recent] = url.searchParams.get('task_ids')!.split(',');
      const data = [
        { task_id: recent, last_updated: '2021-01-01T00:00:00' },
        { task_id: old, last_updated: '2019-01-01T00:00:00' },
      ];
      return json(response, { data });
    }
    if (url.pathname.startsWith('/chgcars/')) {
      const { structure } = doc(2);
      return json(response, { data: { poscar: { structure }, data: { total: [[[125, 250], [0, 125]]] } } }); // biome-ignore format: a grid
    }
    const dos = { efermi: 2, energies: [1, 2, 3], densities: { 1: [0, 1, 2], '-1': [0, 1, 1] } };
    json(response, { data: dos });
  };

  it('skips from page to page, with the key in the header and nowhere on disk', async () => {
    const server = await serve(service);
    const cacheFolder = join(folder, 'cache');
    const set = join(folder, 'set');
    const source = materialsProjectSource({
      apiKey: 'my-key',
      baseUrl: server.url,
      pageLimit: 2,
      filters: { elements: 'Po' },
    });
    const manifest = await fetchSet(set, source, client({ cacheFolder }));
    expect([manifest.records, server.requests.length]).toEqual([5, 3]);
    const records = await all(set);
    expect(records[0]!.scalars).toEqual({ bandGapEv: 0, spaceGroupNumber: 221 });
    expect(records[1]!.scalars.bulkModulusVrhGpa).toBe(40.5);
    for (const place of [set, cacheFolder]) {
      for (const name of await readdir(place))
        expect(await readFile(join(place, name), 'latin1')).not.toContain('my-key');
    }
  });

  it('adds the density of states, from the Fermi level, without giving the key to the bucket', async () => {
    const server = await serve(service);
    const bucket = await serve(service);
    const source = materialsProjectSource({
      apiKey: 'my-key',
      baseUrl: server.url,
      bucketUrl: bucket.url,
      dos: true,
    });
    expect((await fetchSet(folder, source, client(), { limit: 2 })).arrays).toEqual([
      'dosDown',
      'dosEnergyEv',
      'dosUp',
    ]);
    const [none, some] = await all(folder);
    expect(none!.arrays).toEqual({});
    expect(Array.from(some!.arrays.dosEnergyEv!.data)).toEqual([-1, 0, 1]);
    expect(Array.from(some!.arrays.dosDown!.data)).toEqual([0, 1, 1]);
    expect(bucket.requests[0]).toMatchObject({ url: '/dos/mp-1000.json.gz' });
    expect(bucket.requests.some(({ headers }) => 'x-api-key' in headers)).toBe(false);
  });

  it('adds the newest charge density, and the structure whose cell it is of', async () => {
    const server = await serve(service);
    const bucket = await serve(service);
    const source = materialsProjectSource({
      apiKey: 'my-key',
      baseUrl: server.url,
      bucketUrl: bucket.url,
      chargeDensity: true,
    });
    expect((await fetchSet(folder, source, client(), { limit: 2 })).arrays).toEqual(['chargeDensity']);
    const [none, some] = await all(folder);
    expect([none!.arrays, none!.structure!.latticeAngstrom[0]]).toEqual([{}, 3]);
    const { shape, data } = some!.arrays.chargeDensity!;
    expect([shape, Array.from(data)]).toEqual([
      [1, 2, 2],
      [1, 2, 0, 1],
    ]);
    expect(some!.structure!.latticeAngstrom[0]).toBe(5);
    expect(some!.scalars.bulkModulusVrhGpa).toBe(40.5);
    expect(bucket.requests[0]).toMatchObject({ url: '/chgcars/mp-101.json.gz' });
    expect(bucket.requests.some(({ headers }) => 'x-api-key' in headers)).toBe(false);
  });

  it('says what to do where the key is wrong, without showing it', async () => {
    const server = await serve(service);
    const source = materialsProjectSource({ apiKey: 'wrong-key', baseUrl: server.url });
    const error = await fetchSet(folder, source, client()).catch((thrown: unknown) => thrown as Error);
    expect(String(error)).toMatch(/401.*Check the key/);
    expect(String(error)).not.toContain('wrong-key');
  });
});
