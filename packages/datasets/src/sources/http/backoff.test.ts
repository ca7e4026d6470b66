import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { backoffMs, parseRetryAfter } from './backoff';

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
