import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { optimadeLinks } from '../optimade/optimade-providers';
import { entry, optimade, question } from '../testing/optimade-service';
import { quickClient } from '../testing/quick-client';
import { setRecords } from '../testing/set-records';
import { temporaryFolder } from '../testing/temporary-folder';
import { json } from '../testing/test-server';
import { testServers } from '../testing/test-servers';
import { fetchSet } from './fetch-set';

const folder = temporaryFolder('bravais-fetch-');
const serve = testServers();

describe('a fetch from OPTIMADE', () => {
  it('turns every page and writes records, card and manifest', async () => {
    const server = await serve(optimade(Array.from({ length: 7 }, (_, k) => entry(k))));
    const source = question(`${server.url}/db`, 'elements HAS "Na"');
    const manifest = await fetchSet(folder(), source, quickClient(), { date: '2026-01-31' });
    expect(manifest).toMatchObject({ records: 7, structures: 7, scalars: ['gapEv'], refused: { count: 0 } });
    expect(server.requests).toHaveLength(4);
    const first = new URL(server.requests[0]!.url, server.url);
    expect(first.pathname).toBe('/db/v1/structures');
    expect(first.searchParams.get('filter')).toBe('elements HAS "Na"');
    expect(first.searchParams.get('response_fields')).toContain('species_at_sites');
    const records = await setRecords(folder());
    expect(records.map(({ id }) => id)).toEqual(['t-0', 't-1', 't-2', 't-3', 't-4', 't-5', 't-6']);
    expect(records[3]!.scalars).toEqual({ gapEv: 1.5 });
    expect(Array.from(records[3]!.structure!.fracCoords, (x) => Math.round(x * 1e9) / 1e9)).toEqual([
      0, 0, 0, 0.5, 0.5, 0.5,
    ]);
    expect((await readdir(folder())).sort()).toEqual(['README.md', 'records.jsonl.gz', 'set.json']);
    const card = await readFile(join(folder(), 'README.md'), 'utf8');
    expect(card).toMatch(/^---\nlicense: "cc0-1.0"\npretty_name: "Test"\nsize_categories:\n- n<1K\n/);
    expect(card).toContain('date: "2026-01-31"');
    expect(card).toContain('- A paper');
  });

  it('goes on where it failed, asks for no page twice, and gives the same bytes', async () => {
    const entries = Array.from({ length: 9 }, (_, k) => entry(k));
    let healthy = false;
    const server = await serve(optimade(entries, new Map([[4, () => (healthy ? 200 : 500)]])));
    const source = question(server.url);
    await expect(fetchSet(folder(), source, quickClient())).rejects.toMatchObject({ code: 'FETCH_STATUS' });
    expect(await readdir(folder())).toEqual(['.unfinished']);
    const before = server.requests.length;
    healthy = true;
    const manifest = await fetchSet(folder(), source, quickClient());
    const offsets = server.requests
      .slice(before)
      .map(({ url }) => new URL(url, server.url).searchParams.get('page_offset'));
    expect(offsets).toEqual(['4', '6', '8']);
    const whole = join(folder(), 'whole');
    expect((await fetchSet(whole, source, quickClient())).sha256).toBe(manifest.sha256);
    expect(manifest.records).toBe(9);
  });

  it('does not go on with another question, nor on another host', async () => {
    const server = await serve(optimade([entry(0), entry(1), entry(2)], new Map([[2, () => 400]])));
    await expect(fetchSet(folder(), question(server.url), quickClient())).rejects.toThrow();
    await expect(fetchSet(folder(), question(server.url, 'nsites=2'), quickClient())).rejects.toMatchObject({
      code: 'DATA_INVALID',
      message: expect.stringContaining('another question'),
    });
    const path = join(folder(), '.unfinished', 'cursor.json');
    const cursor = JSON.parse(await readFile(path, 'utf8')) as { next: string };
    await writeFile(path, JSON.stringify({ ...cursor, next: 'https://elsewhere.org/' }));
    await expect(fetchSet(folder(), question(server.url), quickClient())).rejects.toMatchObject({
      code: 'FETCH_REDIRECT',
    });
    await writeFile(path, '{"schema"');
    await expect(fetchSet(folder(), question(server.url), quickClient())).rejects.toMatchObject({
      code: 'DATA_INVALID',
    });
  });

  it('keeps the set that was there until the new one is whole', async () => {
    const server = await serve(optimade([entry(0)]));
    await fetchSet(folder(), question(server.url), quickClient());
    const broken = await serve((_, response) => response.writeHead(500).end());
    await expect(fetchSet(folder(), question(broken.url), quickClient())).rejects.toThrow();
    expect(await setRecords(folder())).toHaveLength(1);
  });

  it('takes no more than the limit', async () => {
    const server = await serve(optimade(Array.from({ length: 9 }, (_, k) => entry(k))));
    expect((await fetchSet(folder(), question(server.url), quickClient(), { limit: 3 })).records).toBe(3);
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
    const { records, refused } = await fetchSet(folder(), question(server.url), quickClient());
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
    const { occupations } = (await setRecords(folder()))[0]!.structure!;
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
    await expect(fetchSet(folder(), question(server.url), quickClient())).rejects.toMatchObject({
      name: 'FetchError',
    });
    expect(server.requests.length).toBeLessThan(3);
  });

  it('tells what the service says where it refuses', async () => {
    const server = await serve((_, response) =>
      json(response, { errors: [{ detail: 'unknown property foo' }] }),
    );
    await expect(fetchSet(folder(), question(server.url), quickClient())).rejects.toThrow(
      /unknown property foo/,
    );
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
    expect(await optimadeLinks(quickClient(), server.url)).toEqual([
      { id: 'a', name: 'a', baseUrl: 'https://a.org' },
      { id: 'b', name: 'b', baseUrl: 'https://b.org' },
      { id: 'c', name: 'c', baseUrl: null },
    ]);
    expect(server.requests[0]!.url).toBe('/v1/links');
  });
});
