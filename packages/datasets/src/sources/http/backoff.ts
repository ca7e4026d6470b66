import { createHash } from 'node:crypto';

/** How long to wait between attempts. */
export interface Backoff {
  /** Before the second attempt, ms. */
  readonly baseMs: number;
  /** At most, ms. */
  readonly maxMs: number;
  /** Of the jitter. */
  readonly seed: number;
}

/**
 * min(max, base · 2^attempt) · (½ + ½u) ms before attempt + 1, with u in [0, 1) from seed, URL and attempt: the same run waits the
 * same times, and clients with other seeds do not come all at once.
 */
export function backoffMs({ baseMs, maxMs, seed }: Backoff, url: string, attempt: number): number {
  const digest = createHash('sha256').update(`${seed}\n${attempt}\n${url}`).digest();
  const u = digest.readUInt32BE(0) / 2 ** 32;
  return Math.min(maxMs, baseMs * 2 ** attempt) * (0.5 + 0.5 * u);
}

/** What a Retry-After header asks for in ms: seconds, or a date; `undefined` where it says neither. */
export function parseRetryAfter(header: string | null, nowEpochMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(date) ? Math.max(0, date - nowEpochMs) : undefined;
}
