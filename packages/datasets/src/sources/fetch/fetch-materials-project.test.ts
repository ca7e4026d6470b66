import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { materialsProjectSource } from '../materials-project/summary-source';
import { quickClient } from '../testing/quick-client';
import { setRecords } from '../testing/set-records';
import { temporaryFolder } from '../testing/temporary-folder';
import { type Answer, json } from '../testing/test-server';
import { testServers } from '../testing/test-servers';
import { fetchSet } from './fetch-set';

const folder = temporaryFolder('bravais-fetch-');
const serve = testServers();

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

  /** Fetches two materials with more than their summaries, and gives what the bucket was asked. */
  async function fetchTwo(more: { readonly dos: true } | { readonly chargeDensity: true }) {
    const server = await serve(service);
    const bucket = await serve(service);
    const source = materialsProjectSource({
      apiKey: 'my-key',
      baseUrl: server.url,
      bucketUrl: bucket.url,
      ...more,
    });
    const { arrays } = await fetchSet(folder(), source, quickClient(), { limit: 2 });
    expect(bucket.requests.some(({ headers }) => 'x-api-key' in headers)).toBe(false);
    return { arrays, records: await setRecords(folder()), asked: bucket.requests };
  }

  it('skips from page to page, with the key in the header and nowhere on disk', async () => {
    const server = await serve(service);
    const cacheFolder = join(folder(), 'cache');
    const set = join(folder(), 'set');
    const source = materialsProjectSource({
      apiKey: 'my-key',
      baseUrl: server.url,
      pageLimit: 2,
      filters: { elements: 'Po' },
    });
    const manifest = await fetchSet(set, source, quickClient({ cacheFolder }));
    expect([manifest.records, server.requests.length]).toEqual([5, 3]);
    const records = await setRecords(set);
    expect(records[0]!.scalars).toEqual({ bandGapEv: 0, spaceGroupNumber: 221 });
    expect(records[1]!.scalars.bulkModulusVrhGpa).toBe(40.5);
    for (const place of [set, cacheFolder]) {
      for (const name of await readdir(place))
        expect(await readFile(join(place, name), 'latin1')).not.toContain('my-key');
    }
  });

  it('adds the density of states, from the Fermi level, without giving the key to the bucket', async () => {
    const { arrays, records, asked } = await fetchTwo({ dos: true });
    expect(arrays).toEqual(['dosDown', 'dosEnergyEv', 'dosUp']);
    const [none, some] = records;
    expect(none!.arrays).toEqual({});
    expect(Array.from(some!.arrays.dosEnergyEv!.data)).toEqual([-1, 0, 1]);
    expect(Array.from(some!.arrays.dosDown!.data)).toEqual([0, 1, 1]);
    expect(asked[0]).toMatchObject({ url: '/dos/mp-1000.json.gz' });
  });

  it('adds the newest charge density, and the structure whose cell it is of', async () => {
    const { arrays, records, asked } = await fetchTwo({ chargeDensity: true });
    expect(arrays).toEqual(['chargeDensity']);
    const [none, some] = records;
    expect([none!.arrays, none!.structure!.latticeAngstrom[0]]).toEqual([{}, 3]);
    const { shape, data } = some!.arrays.chargeDensity!;
    expect([shape, Array.from(data)]).toEqual([
      [1, 2, 2],
      [1, 2, 0, 1],
    ]);
    expect(some!.structure!.latticeAngstrom[0]).toBe(5);
    expect(some!.scalars.bulkModulusVrhGpa).toBe(40.5);
    expect(asked[0]).toMatchObject({ url: '/chgcars/mp-101.json.gz' });
  });

  it('says what to do where the key is wrong, without showing it', async () => {
    const server = await serve(service);
    const source = materialsProjectSource({ apiKey: 'wrong-key', baseUrl: server.url });
    const error = await fetchSet(folder(), source, quickClient()).catch((thrown: unknown) => thrown as Error);
    expect(String(error)).toMatch(/401.*Check the key/);
    expect(String(error)).not.toContain('wrong-key');
  });
});
