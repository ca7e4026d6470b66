import { parseRetryAfter } from './backoff';
import { FetchError } from './fetch-error';

/** Bytes of a refusal that are read for its message. */
const MAX_REFUSAL_BYTES = 2000;

/** The beginning of what a server says with a refusal, on one line. */
export async function refusalText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < MAX_REFUSAL_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text.slice(0, MAX_REFUSAL_BYTES).replace(/\s+/g, ' ').trim();
}

/** The error for an answer that is neither 200 nor 304; 408, 429 and 5xx may pass. */
export function badStatus(url: URL, response: Response, said: string, nowMs: number): FetchError {
  const { status } = response;
  const retryable = status === 408 || status === 429 || status >= 500;
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), nowMs);
  const words = said === '' ? '' : `: ${JSON.stringify(said.slice(0, 160))}`;
  return new FetchError(
    'FETCH_STATUS',
    url,
    {
      expected: 'status 200 expected',
      got: `${status}${words}`,
      remedy: remedyOf(status, retryAfterMs),
    },
    { retryable, retryAfterMs },
  );
}

function remedyOf(status: number, retryAfterMs: number | undefined): string {
  if (status === 401 || status === 403) return 'Check the key of the service, and whether it may be used so.';
  if (status === 404) return 'Check the address.';
  if (status === 429 || status === 503) {
    return retryAfterMs === undefined
      ? 'Try again later.'
      : `Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
  }
  return status >= 500 ? 'Try again later.' : 'Check the filter and the address.';
}

/** The error for an attempt that took too long: also a body that never ends but trickles. */
export function timedOut(url: URL, cause: unknown): FetchError {
  return new FetchError(
    'FETCH_TIMEOUT',
    url,
    {
      expected: 'a complete answer in time expected',
      got: 'none',
      remedy: 'Try again later, or ask for less.',
    },
    { cause, retryable: true },
  );
}

/** The error for a server that cannot be reached, or breaks off. */
export function unreachable(url: URL, cause: unknown): FetchError {
  const broken = cause instanceof TypeError && cause.message === 'terminated';
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : 'a failure';
  return new FetchError(
    broken ? 'FETCH_TRUNCATED' : 'FETCH_NETWORK',
    url,
    broken
      ? {
          expected: 'a complete answer expected',
          got: `one that breaks off (${code})`,
          remedy: 'Try again later.',
        }
      : {
          expected: 'a server that answers expected',
          got: code,
          remedy: 'Check the network and the address.',
        },
    { cause, retryable: true },
  );
}

/** The error after Ctrl-C. */
export function aborted(url: URL, cause: unknown): FetchError {
  return new FetchError(
    'FETCH_ABORTED',
    url,
    {
      expected: 'time to finish expected',
      got: 'a request to stop',
      remedy: 'Run the same command to go on.',
    },
    { cause },
  );
}

/** Whether `fetch` threw because of the connection; it says so with a TypeError. */
export function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message);
}
