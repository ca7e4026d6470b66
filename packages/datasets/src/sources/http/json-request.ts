import { FetchError } from './fetch-error';
import type { HttpRequest } from './http-client';

/**
 * Asks for JSON; text that does not parse counts as cut short and is asked for again.
 *
 * @param headers sent to the host of the URL alone, for example a key
 */
export function jsonRequest(headers: Readonly<Record<string, string>> = {}): HttpRequest<unknown> {
  return {
    accept: 'application/json',
    contentType: /^application\/([\w.-]+\+)?json\b/i,
    headers,
    decode: parseJson,
  };
}

function parseJson(bytes: Uint8Array, url: URL): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    const got = `${bytes.length} bytes that do not parse (${(cause as Error).message.slice(0, 100)})`;
    const mismatch = { expected: 'JSON expected', got, remedy: 'Try again later.' };
    throw new FetchError('FETCH_TRUNCATED', url, mismatch, { cause, retryable: true });
  }
}
