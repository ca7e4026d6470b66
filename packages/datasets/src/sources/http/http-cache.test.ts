import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { client } from '../testing/http-client';
import { temporaryFolder } from '../testing/temporary-folder';
import { json } from '../testing/test-server';
import { testServers } from '../testing/test-servers';
import { HttpClient } from './http-client';
import { jsonRequest } from './json-request';

const folder = temporaryFolder('bravais-http-');
const serve = testServers();

describe('the cache', () => {
  it('answers without network, and is asked about again by ETag', async () => {
    const { url, requests } = await serve((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else json(response, { version: 1 }, { etag: '"v1"' });
    });
    const { http } = client({ cacheFolder: folder() });
    expect(await http.get(url, jsonRequest())).toEqual({ version: 1 });
    expect(await http.get(url, jsonRequest())).toEqual({ version: 1 });
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"']);
    const offline = new HttpClient({ cacheFolder: folder() });
    expect(await offline.get(url, jsonRequest())).toEqual({ version: 1 });
    expect(requests).toHaveLength(2);
  });

  it('is off the network by default, and says so', async () => {
    const { url, requests } = await serve((_, response) => json(response, 1));
    await expect(new HttpClient().get(url, jsonRequest())).rejects.toMatchObject({ code: 'FETCH_OFFLINE' });
    expect(requests).toEqual([]);
  });

  it('does not trust a body that was changed', async () => {
    const { url, requests } = await serve((_, response) => json(response, 'good', { etag: '"v1"' }));
    const { http } = client({ cacheFolder: folder() });
    await http.get(url, jsonRequest());
    const body = (await readdir(folder())).find((name) => name.endsWith('.body'))!;
    await writeFile(join(folder(), body), '"evil"');
    await expect(new HttpClient({ cacheFolder: folder() }).get(url, jsonRequest())).rejects.toMatchObject({
      code: 'FETCH_OFFLINE',
    });
    expect(await http.get(url, jsonRequest())).toBe('good');
    expect(requests[1]?.headers['if-none-match']).toBeUndefined();
  });

  it('holds no secret: neither headers nor parameters', async () => {
    const { url } = await serve((_, response) => json(response, 1));
    const { http } = client({ cacheFolder: folder() });
    await http.get(`${url}/?api_key=hush&x=1`, jsonRequest({ 'x-api-key': 'hush' }));
    for (const name of await readdir(folder())) {
      expect(name + (await readFile(join(folder(), name), 'utf8'))).not.toContain('hush');
    }
  });
});
