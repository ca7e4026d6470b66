import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock';
import { type Answer, json, startServer, type TestServer } from '../testing/test-server';
import { backoffMs, parseRetryAfter } from './backoff';
import { checkedUrl, followedUrl, secretUrl } from './checked-url';
import { HttpClient, type HttpClientOptions } from './http-client';
import { jsonRequest } from './json-request';
import { displayUrl } from './safe-url';

let folder = '';
const servers: TestServer[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-http-'));
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

function client(options: HttpClientOptions = {}) {
  const clock = fakeClock();
  return { clock, http: new HttpClient({ online: true, intervalMs: 0, clock, ...options }) };
}

describe('an attempt that fails', () => {
  it.each([500, 502, 503, 504, 408])('is made again after status %i', async (status) => {
    const { url, requests } = await serve((_, response, n) => {
      if (n < 2) response.writeHead(status).end('busy');
      else json(response, { n });
    });
    const { http, clock } = client();
    expect(await http.get(url, jsonRequest())).toEqual({ n: 2 });
    expect(requests).toHaveLength(3);
    expect(clock.waits[1]).toBeGreaterThan(clock.waits[0]!);
  });

  it('waits as long as Retry-After says, in seconds or until a date', async () => {
    const until = new Date(Date.UTC(2026, 0, 1, 0, 1, 30)).toUTCString();
    const { url } = await serve((_, response, n) => {
      if (n === 0) response.writeHead(429, { 'retry-after': '7' }).end();
      else if (n === 1) response.writeHead(429, { 'retry-after': until }).end();
      else json(response, 'in');
    });
    const { http, clock } = client();
    expect(await http.get(url, jsonRequest())).toBe('in');
    expect(clock.waits).toEqual([7000, 83_000]);
  });

  it('does not wait for hours', async () => {
    const { url, requests } = await serve((_, response) =>
      response.writeHead(429, { 'retry-after': '86400' }).end(),
    );
    const { http, clock } = client();
    await expect(http.get(url, jsonRequest())).rejects.toMatchObject({
      code: 'FETCH_STATUS',
      message: expect.stringContaining('Try again in 86400 s.'),
    });
    expect([requests.length, clock.waits]).toEqual([1, []]);
  });

  it('is given up in the end, and at once where another try cannot help', async () => {
    const { url, requests } = await serve((request, response) => {
      response.writeHead(request.url === '/gone' ? 404 : 500).end('{"detail":"no such\n filter"}');
    });
    const { http } = client({ attempts: 3 });
    await expect(http.get(url, jsonRequest())).rejects.toMatchObject({
      name: 'FetchError',
      code: 'FETCH_STATUS',
    });
    expect(requests).toHaveLength(3);
    await expect(http.get(`${url}/gone`, jsonRequest())).rejects.toThrow(/404: .*no such filter/);
    expect(requests).toHaveLength(4);
  });

  it('is made again where the body is cut short: by Content-Length, by a broken connection, inside of JSON', async () => {
    const { url, requests } = await serve((_, response, n) => {
      const headers = { 'content-type': 'application/json' };
      if (n === 0) {
        response.writeHead(200, { ...headers, 'content-length': '100' });
        response.write('{"half":');
        setTimeout(() => response.destroy(), 20);
      } else if (n === 1) {
        response.writeHead(200, { ...headers, 'transfer-encoding': 'chunked' });
        response.write('{"half":');
        setTimeout(() => response.destroy(), 20);
      } else if (n === 2) response.writeHead(200, headers).end('{"half":');
      else json(response, { whole: true });
    });
    const told: string[] = [];
    const { http } = client({ onRetry: ({ code }) => told.push(code) });
    expect(await http.get(url, jsonRequest())).toEqual({ whole: true });
    expect(requests).toHaveLength(4);
    expect(told).toEqual(['FETCH_TRUNCATED', 'FETCH_TRUNCATED', 'FETCH_TRUNCATED']);
  });

  it('is made again where nobody answers, and then named', async () => {
    const server = await startServer((_, response) => response.end());
    await server.close();
    const { http, clock } = client({ attempts: 3 });
    await expect(http.get(server.url, jsonRequest())).rejects.toMatchObject({
      code: 'FETCH_NETWORK',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(clock.waits).toHaveLength(2);
  });
});

describe('an answer', () => {
  it('of another kind is refused', async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    );
    await expect(client().http.get(url, jsonRequest())).rejects.toMatchObject({ code: 'FETCH_CONTENT_TYPE' });
  });

  it('without end is stopped by its bytes', async () => {
    let sent = 0;
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = Buffer.alloc(2 ** 16, 32);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    await expect(client({ maxBytes: 2 ** 20 }).http.get(url, jsonRequest())).rejects.toMatchObject({
      code: 'FETCH_TOO_LARGE',
    });
    expect(sent).toBeLessThan(64 * 2 ** 20);
  });

  it('that trickles without end is stopped by time', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    });
    await expect(client({ timeoutMs: 150, attempts: 2 }).http.get(url, jsonRequest())).rejects.toMatchObject({
      code: 'FETCH_TIMEOUT',
    });
  });

  it('that announces too much is not read', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '99999999' });
      response.flushHeaders();
    });
    await expect(client({ maxBytes: 1000 }).http.get(url, jsonRequest())).rejects.toThrow(/got 99999999/);
  });
});

describe('redirects', () => {
  it('are followed on the same host, and carry the headers there', async () => {
    const { url, requests } = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else json(response, 1);
    });
    await client().http.get(`${url}/a`, jsonRequest({ 'x-api-key': 'secret' }));
    expect(requests.map(({ headers }) => headers['x-api-key'])).toEqual(['secret', 'secret']);
  });

  it('to another host by http, in circles and to files are refused', async () => {
    const other = await serve((_, response) => json(response, 1));
    const { url } = await serve((request, response) => {
      const to = { '/out': other.url, '/file': 'file:///etc/passwd', '/circle': '/circle' }[
        request.url ?? ''
      ];
      response.writeHead(301, { location: to ?? '' }).end();
    });
    for (const path of ['/out', '/file', '/circle']) {
      await expect(client().http.get(url + path, jsonRequest())).rejects.toMatchObject({
        code: 'FETCH_REDIRECT',
      });
    }
    expect(other.requests).toEqual([]);
  });

  it('never lead from https to http; a link to the next page never leads to another host', () => {
    const from = new URL('https://a.org/x');
    expect(() => followedUrl(from, 'http://a.org/y', false)).toThrow(/FETCH_REDIRECT|expected/);
    expect(followedUrl(from, 'https://b.org/y', false).host).toBe('b.org');
    expect(() => followedUrl(from, 'https://b.org/y', true)).toThrow(/same host/);
    expect(() => followedUrl(from, 'https://u:p@a.org/', true)).toThrow(/same host/);
  });
});

describe('the cache', () => {
  it('answers without network, and is asked about again by ETag', async () => {
    const { url, requests } = await serve((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else json(response, { version: 1 }, { etag: '"v1"' });
    });
    const { http } = client({ cacheFolder: folder });
    expect(await http.get(url, jsonRequest())).toEqual({ version: 1 });
    expect(await http.get(url, jsonRequest())).toEqual({ version: 1 });
    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"']);
    const offline = new HttpClient({ cacheFolder: folder });
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
    const { http } = client({ cacheFolder: folder });
    await http.get(url, jsonRequest());
    const body = (await readdir(folder)).find((name) => name.endsWith('.body'))!;
    await writeFile(join(folder, body), '"evil"');
    await expect(new HttpClient({ cacheFolder: folder }).get(url, jsonRequest())).rejects.toMatchObject({
      code: 'FETCH_OFFLINE',
    });
    expect(await http.get(url, jsonRequest())).toBe('good');
    expect(requests[1]?.headers['if-none-match']).toBeUndefined();
  });

  it('holds no secret: neither headers nor parameters', async () => {
    const { url } = await serve((_, response) => json(response, 1));
    const { http } = client({ cacheFolder: folder });
    await http.get(`${url}/?api_key=hush&x=1`, jsonRequest({ 'x-api-key': 'hush' }));
    for (const name of await readdir(folder)) {
      expect(name + (await readFile(join(folder, name), 'utf8'))).not.toContain('hush');
    }
  });
});

describe('manners', () => {
  it('keeps requests to one host apart and announces each host once', async () => {
    const { url, host } = await serve((_, response) => json(response, 1));
    const hosts: string[] = [];
    const { http, clock } = client({ intervalMs: 500, onHost: (name) => hosts.push(name) });
    for (let k = 0; k < 3; k++) await http.get(`${url}/${k}`, jsonRequest());
    expect(clock.waits).toEqual([500, 500]);
    expect(hosts).toEqual([host]);
  });

  it('stops when asked, also in the middle of an answer', async () => {
    const controller = new AbortController();
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{');
      setTimeout(() => controller.abort(), 30);
    });
    await expect(client({ signal: controller.signal }).http.get(url, jsonRequest())).rejects.toMatchObject({
      code: 'FETCH_ABORTED',
    });
  });
});

describe('back-off', () => {
  const parts = {
    baseMs: fc.integer({ min: 1, max: 5000 }),
    maxMs: fc.integer({ min: 5000, max: 100_000 }),
    seed: fc.nat(),
  };
  test.prop([fc.record(parts), fc.webUrl(), fc.nat(12)])(
    'lies between half and all of the doubled wait, and repeats',
    (backoff, url, attempt) => {
      const wait = backoffMs(backoff, url, attempt);
      const whole = Math.min(backoff.maxMs, backoff.baseMs * 2 ** attempt);
      expect(wait).toBeGreaterThanOrEqual(whole / 2);
      expect(wait).toBeLessThan(whole);
      expect(backoffMs(backoff, url, attempt)).toBe(wait);
    },
  );

  it('differs between seeds', () => {
    const wait = (seed: number) => backoffMs({ baseMs: 1000, maxMs: 60_000, seed }, 'https://a.org/', 0);
    expect(new Set([0, 1, 2, 3].map(wait)).size).toBe(4);
  });

  it.each([
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['3', 3000],
    ['Thu, 01 Jan 1970 00:00:10 GMT', 9000],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('reads Retry-After %j', (header, expected) => {
    expect(parseRetryAfter(header, 1000)).toBe(expected);
  });
});

describe('URLs', () => {
  it.each(['ftp://a.org', 'file:///etc/passwd', 'a.org', '', 'https://user:word@a.org/'])(
    'refuses %j',
    (text) => {
      expect(() => checkedUrl(text)).toThrow(expect.objectContaining({ code: 'FETCH_URL' }));
    },
  );

  it('keeps a key off plain http, but for this machine', () => {
    expect(() => secretUrl(new URL('http://a.org/'))).toThrow(/https expected/);
    expect(secretUrl(new URL('http://127.0.0.1:1/')).port).toBe('1');
  });

  it('are shown without secrets', () => {
    const shown = displayUrl('https://user:word@a.org/x?API_KEY=hush&token=hush&q=1#hush');
    expect(shown).toBe('https://a.org/x?API_KEY=***&token=***&q=1');
  });
});
