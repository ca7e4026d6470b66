import { expect, it } from 'vitest';
import { checkNodeVersion, compareVersions } from './node-version.mjs';

it.each([
  ['20.19', '20.19.0', 0],
  ['20.20.2', '20.19', 1],
  ['20.9', '20.19', -1],
  ['22', '20.19', 1],
  ['18.20.8', '20.19', -1],
])('compares %s with %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
  expect(Math.sign(compareVersions(b, a))).toBe(-sign || 0);
});

it('names the version needed, the version found and where to get one', () => {
  expect(() => checkNodeVersion('>=20.19', 'v20.20.2')).not.toThrow();
  expect(() => checkNodeVersion('>=20.19', 'v20.18.1')).toThrow(/20\.19 or newer.*v20\.18\.1.*nodejs\.org/);
});
