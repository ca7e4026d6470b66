import { FetchError } from './fetch-error';
import { isPrivate, parsedUrl } from './safe-url';

/**
 * A URL that may be asked: http or https, no user and password in it.
 *
 * @throws FetchError `FETCH_URL`
 */
export function checkedUrl(text: string): URL {
  const url = parsedUrl(text);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const got = url === undefined ? 'text that is none' : `${url.protocol}//`;
    const remedy = 'Write it whole, for example https://example.org/optimade.';
    throw new FetchError('FETCH_URL', text, { expected: 'an http or https URL expected', got, remedy });
  }
  if (url.username !== '' || url.password !== '') {
    const remedy = 'Give keys by the environment, never in a URL.';
    const got = 'one with a user or password in it';
    throw new FetchError('FETCH_URL', url, { expected: 'a URL without credentials expected', got, remedy });
  }
  url.hash = '';
  return url;
}

/**
 * Where a redirect or a link to the next page leads: to https, or to the same host by the same protocol.
 *
 * @param from the URL that was asked
 * @param location what the server says, absolute or relative
 * @throws FetchError `FETCH_REDIRECT`
 */
export function followedUrl(from: URL, location: string, sameHost: boolean): URL {
  const to = parsedUrl(location, from);
  const home = to?.host === from.host;
  const allowed =
    to !== undefined &&
    to.username === '' &&
    to.password === '' &&
    (to.protocol === 'https:' ? home || !sameHost : home && to.protocol === from.protocol);
  if (allowed) return to;
  throw new FetchError('FETCH_REDIRECT', from, {
    expected: `a link to ${sameHost ? 'the same host' : 'https or to the same host'} expected`,
    got: to === undefined ? 'text that is no URL' : `${to.protocol}//${to.host}`,
    remedy: 'Check the address of the service; ask its keepers where it moved.',
  });
}

/**
 * The URL, where a secret may be sent to it.
 *
 * @throws FetchError `FETCH_URL`
 */
export function secretUrl(url: URL): URL {
  if (isPrivate(url)) return url;
  throw new FetchError('FETCH_URL', url, {
    expected: 'https expected, because a key goes with the request',
    got: url.protocol,
    remedy: 'Write the address with https.',
  });
}
