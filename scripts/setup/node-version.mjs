import { SetUpError } from './workspace.mjs';

/**
 * @param {string} range `>=20.19`, the `engines.node` of package.json
 * @param {string} version `v20.20.2`
 * @throws {SetUpError} where this Node is older
 */
export function checkNodeVersion(range, version) {
  const least = range.replace('>=', '');
  if (compareVersions(version.replace('v', ''), least) >= 0) return;
  throw new SetUpError(
    `Node ${least} or newer is needed, this is ${version}. Install it from https://nodejs.org or with nvm: nvm install`,
  );
}

/**
 * Compares dotted numbers field by field; a missing field counts as 0.
 *
 * @param {string} a
 * @param {string} b
 * @returns {number} negative where `a` is older, positive where it is newer, 0 where both are equal
 */
export function compareVersions(a, b) {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let field = 0; field < Math.max(left.length, right.length); field++) {
    const difference = (left[field] ?? 0) - (right[field] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
