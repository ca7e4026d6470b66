import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatRank, formatValue } from './format-number';

describe('formatDuration', () => {
  it.each([
    [0, '0:00'],
    [59.4, '0:59'],
    [59.6, '1:00'],
    [750, '12:30'],
    [3723, '1:02:03'],
    [Number.NaN, '-:--'],
    [Number.POSITIVE_INFINITY, '-:--'],
  ])('%d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [134_217_728, '128 MiB'],
    [2 ** 53, '8192 TiB'],
  ])('%d is %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});

describe('formatValue and formatRank', () => {
  it.each([
    [2.31415, '2.314'],
    [0.0004, '0.0004'],
    [1.23456e-7, '1.235e-7'],
    [Number.NaN, 'NaN'],
  ])('%d is %s', (value, text) => expect(formatValue(value)).toBe(text));

  it('keeps half ranks', () => expect([4, 4.5].map(formatRank)).toEqual(['4', '4.5']));
});
