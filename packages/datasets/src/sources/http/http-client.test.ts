import { describe, expect, it } from 'vitest';
import { client } from '../testing/http-client';
import { json, startServer } from '../testing/test-server';
import { testServers } from '../testing/test-servers';
import { followedUrl } from './checked-url';
import { jsonRequest } from './json-request';

const serve = testServers();

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
