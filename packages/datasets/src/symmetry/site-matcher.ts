import { planeSpacings } from '../structure/lattice';
import type { Triple as Vector } from './triple';

/** Places without a partner that are remembered: the first rules out nearly every shift, the others where it lies on a site. */
const MOST_HOLES = 8;

/**
 * A function that says where a shift carries every site, or null where one of them finds no partner.
 *
 * A place where one shift found no partner is tried first by the next ones: in a supercell with a vacancy every shift fails at one
 * site only, another for each shift, and the search for it would take as many steps as there are sites.
 */
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
  const holes: { readonly kind: number; readonly point: Vector }[] = [];
  const carried = (site: number, shift: Vector): Vector =>
    [0, 1, 2].map((k) => frac[3 * site + k]! + shift[k]!) as Vector;
  const failsAtHole = (shift: Vector): boolean =>
    holes.some(({ kind, point }) => {
      const site = partner(kind, point.map((value, k) => value - shift[k]!) as Vector);
      return site >= 0 && partner(kind, carried(site, shift)) < 0;
    });
  return (shift) => {
    if (failsAtHole(shift)) return null;
    const targets = new Uint32Array(n);
    for (let site = 0; site < n; site++) {
      const point = carried(site, shift);
      const found = partner(kinds[site]!, point);
      if (found < 0) {
        if (holes.length < MOST_HOLES) holes.push({ kind: kinds[site]!, point });
        return null;
      }
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
