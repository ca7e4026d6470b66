import type { Mismatch } from '../../formats/format-error';
import { displayUrl } from './safe-url';

/** What went wrong with a request; stable, safe to switch on. */
export type FetchErrorCode =
  | 'FETCH_OFFLINE'
  | 'FETCH_URL'
  | 'FETCH_STATUS'
  | 'FETCH_NETWORK'
  | 'FETCH_TRUNCATED'
  | 'FETCH_TOO_LARGE'
  | 'FETCH_TIMEOUT'
  | 'FETCH_CONTENT_TYPE'
  | 'FETCH_INVALID'
  | 'FETCH_REDIRECT'
  | 'FETCH_ABORTED';

/** How a failure may be met. */
export interface FetchErrorOptions extends ErrorOptions {
  /** Whether asking again may help; false by default. */
  readonly retryable?: boolean;
  /** How long the server asks to wait, ms. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * Thrown where a server cannot be asked or does not answer as its protocol says:
 * `<url> <what was expected>, got <what came>. <what to do>`. The URL is shown without user, password, keys and tokens.
 */
export class FetchError extends Error {
  override readonly name: string = 'FetchError';
  readonly code: FetchErrorCode;
  /** As shown: without secrets. */
  readonly url: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: FetchErrorCode,
    url: URL | string,
    { expected, got, remedy }: Mismatch,
    options?: FetchErrorOptions,
  ) {
    const shown = displayUrl(url);
    super(`${shown} ${expected}, got ${got}. ${remedy}`, options);
    this.code = code;
    this.url = shown;
    this.retryable = options?.retryable ?? false;
    this.retryAfterMs = options?.retryAfterMs;
  }
}
