import { type Backoff, backoffMs } from './backoff';
import { boundedBody } from './bounded-body';
import { checkedUrl, followedUrl } from './checked-url';
import { type Clock, systemClock } from './clock';
import { FetchError } from './fetch-error';
import { aborted, badStatus, isNetworkFailure, refusalText, timedOut, unreachable } from './http-failures';
import { RateLimit } from './rate-limit';
import { type CachedResponse, ResponseCache } from './response-cache';

/** How requests are made; only `online: true` touches the network. */
export interface HttpClientOptions {
  /** False by default: answers come from the cache, else `FETCH_OFFLINE`. */
  readonly online?: boolean;
  /** Folder of the cache; none: nothing is kept. */
  readonly cacheFolder?: string;
  /** Least time between two requests to one host, ms; 250 by default. */
  readonly intervalMs?: number;
  /** Attempts for one request; 6 by default. */
  readonly attempts?: number;
  /** Of the jitter; 0 by default. */
  readonly seed?: number;
  /** First wait after a failure, ms; 1,000 by default, doubled each time up to a minute. */
  readonly backoffMs?: number;
  /** Longest wait that a server may ask for, ms; 10 minutes by default. */
  readonly maxRetryAfterMs?: number;
  /** Time for one attempt, body included, ms; 120,000 by default. */
  readonly timeoutMs?: number;
  /** Bytes of one answer after unpacking; 256 MiB by default. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
  /** Called before the first request to each host. */
  readonly onHost?: (host: string) => void;
  /** Called before each wait after a failure. */
  readonly onRetry?: (error: FetchError, waitMs: number) => void;
  readonly clock?: Clock;
}

/** One request and how its answer is read. */
export interface HttpRequest<T> {
  /** Sent as Accept. */
  readonly accept: string;
  /** Media types that may come. */
  readonly contentType: RegExp;
  /** Sent to the host of the URL alone, never stored. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Reads the body; a retryable {@link FetchError} makes it be asked for again. */
  readonly decode: (bytes: Uint8Array, url: URL) => T;
}

const MAX_REDIRECTS = 5;
const DEFAULT_MAX_BYTES = 256 * 2 ** 20;

/**
 * Asks servers politely: requests to one host apart by an interval, failures that pass (429, 5xx, connections that break, bodies cut
 * short) tried again with exponential back-off, bodies bounded in bytes and time, answers cached by URL and revalidated.
 *
 * Redirects lead only to https or stay on the same host; headers of the request go to the first host alone.
 *
 * @example
 * ```ts no-run
 * const client = new HttpClient({ online: true, onHost: (host) => console.error(`asking ${host}`) });
 * const page = await client.get('https://optimade.materialsproject.org/v1/structures?page_limit=2', jsonRequest());
 * ```
 */
export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #clock: Clock;
  readonly #limit: RateLimit;
  readonly #cache: ResponseCache | undefined;
  readonly #hosts = new Set<string>();
  readonly #signal: AbortSignal;
  readonly #backoff: Backoff;

  constructor(options: HttpClientOptions = {}) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#limit = new RateLimit(options.intervalMs ?? 250, this.#clock);
    this.#cache = options.cacheFolder === undefined ? undefined : new ResponseCache(options.cacheFolder);
    this.#signal = options.signal ?? new AbortController().signal;
    this.#backoff = { baseMs: options.backoffMs ?? 1000, maxMs: 60_000, seed: options.seed ?? 0 };
  }

  /**
   * The decoded answer of a GET.
   *
   * @throws FetchError; what `decode` throws
   */
  async get<T>(address: string, request: HttpRequest<T>): Promise<T> {
    const url = checkedUrl(address);
    const cached = await this.#cache?.read(url);
    if (this.#options.online !== true) {
      if (cached !== undefined) return request.decode(cached.bytes, url);
      throw new FetchError('FETCH_OFFLINE', url, {
        expected: 'an answer in the cache expected, because the network is off',
        got: 'none',
        remedy: 'Fetch it once with the network on.',
      });
    }
    const attempts = this.#options.attempts ?? 6;
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt(url, request, cached);
      } catch (error) {
        const wait = this.#waitAfter(error, url, attempt, attempts);
        await this.#clock.sleep(wait, this.#signal).catch((cause: unknown) => {
          throw aborted(url, cause);
        });
      }
    }
  }

  /** How long to wait before the next attempt; throws where there is none. */
  #waitAfter(error: unknown, url: URL, attempt: number, attempts: number): number {
    if (this.#signal.aborted) throw aborted(url, error);
    if (!(error instanceof FetchError) || !error.retryable || attempt + 1 >= attempts) throw error;
    const asked = error.retryAfterMs ?? 0;
    if (asked > (this.#options.maxRetryAfterMs ?? 600_000)) throw error;
    const wait = Math.max(asked, backoffMs(this.#backoff, url.href, attempt));
    this.#options.onRetry?.(error, wait);
    return wait;
  }

  async #attempt<T>(url: URL, request: HttpRequest<T>, cached: CachedResponse | undefined): Promise<T> {
    const timeout = new AbortController();
    const timer = setTimeout(() => timeout.abort(), this.#options.timeoutMs ?? 120_000);
    try {
      const signal = AbortSignal.any([timeout.signal, this.#signal]);
      const answer = await this.#exchange(url, request, cached, signal);
      const value = request.decode(answer.bytes, url);
      if (answer !== cached) await this.#cache?.write(url, answer);
      return value;
    } catch (error) {
      if (error instanceof FetchError || this.#signal.aborted) throw error;
      if (timeout.signal.aborted) throw timedOut(url, error);
      throw isNetworkFailure(error) ? unreachable(url, error) : error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #exchange<T>(
    url: URL,
    request: HttpRequest<T>,
    cached: CachedResponse | undefined,
    signal: AbortSignal,
  ): Promise<CachedResponse> {
    const { response, at } = await this.#follow(url, request, cached, signal);
    if (response.status === 304 && cached !== undefined) return cached;
    if (response.status !== 200) {
      const said = await refusalText(response);
      throw badStatus(at, response, said, this.#clock.nowMs());
    }
    const contentType = response.headers.get('content-type') ?? '';
    if (!request.contentType.test(contentType)) {
      await response.body?.cancel();
      throw new FetchError('FETCH_CONTENT_TYPE', at, {
        expected: `${request.accept} expected`,
        got: contentType === '' ? 'no content type' : JSON.stringify(contentType.slice(0, 80)),
        remedy: 'Check the address: this may be a page for people.',
      });
    }
    const bytes = await boundedBody(response, at, this.#options.maxBytes ?? DEFAULT_MAX_BYTES);
    const { headers } = response;
    const [etag, lastModified] = [headers.get('etag'), headers.get('last-modified')];
    return { bytes, contentType, etag, lastModified };
  }

  async #follow<T>(
    url: URL,
    request: HttpRequest<T>,
    cached: CachedResponse | undefined,
    signal: AbortSignal,
  ): Promise<{ response: Response; at: URL }> {
    let at = url;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      if (!this.#hosts.has(at.host)) {
        this.#hosts.add(at.host);
        this.#options.onHost?.(at.host);
      }
      await this.#limit.turn(at.host, signal);
      const own = at.origin === url.origin ? { ...request.headers, ...validators(cached) } : {};
      const headers = { 'user-agent': 'bravais', accept: request.accept, ...own };
      const response = await fetch(at, { headers, redirect: 'manual', signal });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || response.status === 304 || location === null) {
        return { response, at };
      }
      await response.body?.cancel();
      at = followedUrl(at, location, false);
    }
    throw new FetchError('FETCH_REDIRECT', url, {
      expected: `at most ${MAX_REDIRECTS} redirects expected`,
      got: 'more',
      remedy: 'Check the address of the service.',
    });
  }
}

function validators(cached: CachedResponse | undefined): Record<string, string> {
  if (cached?.etag) return { 'if-none-match': cached.etag };
  return cached?.lastModified ? { 'if-modified-since': cached.lastModified } : {};
}
