import { planeSpacings } from '../structure/lattice';
import type { Triple as Vector } from './triple';

/** A function that says where a shift carries every site, or null where one of them finds no partner. */
export function siteMatcher(
  lattice: ArrayLike<number>,
  frac: ArrayLike<number>,
  kinds: ArrayLike<number>,
  tolerance: number,
): (shift: Vector) => Uint32Array | null {
  const n = kinds.length;
  const reach = planeSpacings(lattice).map((spacing) => tolerance / spacing) as Vector;
  const bins = reach.map((r) => Math.max(1, Math.min(Math.ceil(Math.cbrt(n)), Math.floor(1 / r)))) as Vector;
  const members = new Map<number, number[]>();
  const wrap = (value: number): number => value - Math.floor(value);
  const binAt = (value: number, k: number): number =>
    Math.min(bins[k]! - 1, Math.floor(wrap(value) * bins[k]!));
  for (let site = 0; site < n; site++) {
    const [a, b, c] = [0, 1, 2].map((k) => binAt(frac[3 * site + k]!, k)) as Vector;
    const key = (a * bins[1] + b) * bins[2] + c;
    const list = members.get(key);
    if (list === undefined) members.set(key, [site]);
    else list.push(site);
  }
  const axisBins = (value: number, k: number): number[] => [
    ...new Set([binAt(value, k), binAt(value - reach[k]!, k), binAt(value + reach[k]!, k)]),
  ];
  const partner = (kind: number, point: Vector): number => {
    const [as, bs, cs] = [axisBins(point[0], 0), axisBins(point[1], 1), axisBins(point[2], 2)];
    for (const a of as) {
      for (const b of bs) {
        for (const c of cs) {
          for (const site of members.get((a * bins[1] + b) * bins[2] + c) ?? []) {
            if (kinds[site] === kind && distance(lattice, frac, site, point) <= tolerance) return site;
          }
        }
      }
    }
    return -1;
  };
  return (shift) => {
    const targets = new Uint32Array(n);
    for (let site = 0; site < n; site++) {
      const point = [0, 1, 2].map((k) => frac[3 * site + k]! + shift[k]!) as Vector;
      const found = partner(kinds[site]!, point);
      if (found < 0) return null;
      targets[site] = found;
    }
    return targets;
  };
}

/** Distance to the image nearest in fractional coordinates: exact for distances far below the cell. */
function distance(lattice: ArrayLike<number>, frac: ArrayLike<number>, site: number, point: Vector): number {
  const d = point.map((value, k) => {
    const delta = value - frac[3 * site + k]!;
    return delta - Math.round(delta);
  }) as Vector;
  return Math.hypot(
    ...[0, 1, 2].map((k) => d[0] * lattice[k]! + d[1] * lattice[3 + k]! + d[2] * lattice[6 + k]!),
  );
}
