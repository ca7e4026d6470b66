import { planeSpacings } from './lattice';
import { reduceLattice } from './reduced-lattice';

/** Two sites (and the lattice translation between them) that lie closer than allowed. */
export interface Overlap {
  readonly i: number;
  readonly j: number;
  readonly distanceAngstrom: number;
}

/** Bins along one axis; more would not separate sites better. */
const MAX_BINS = 65_536;
/** Up to so many sites all pairs are looked at. */
const FEW_SITES = 48;
/** So many partly occupied sites within one bin are no crystal: their pairs would be counted without end. */
const MAX_IN_BIN = 256;

/**
 * The first pair of sites closer than `minDistanceAngstrom` over all periodic images, self-images included, or null.
 *
 * `excludes(i, j)` says which pairs cannot share a place; others (split positions that are filled in turn) may. It is asked once for
 * every pair that is looked at.
 * Sites are put into bins as wide as the distance in a reduced cell, so the cost is linear in sites. A pair within
 * distance d has |Δ_k + m_k| ≤ d / h_k along every axis k (h_k plane spacing), which bounds the images to look at.
 *
 * @param latticeAngstrom [3, 3] rows
 * @param fracCoords [n, 3]
 */
export function findOverlap(
  latticeAngstrom: ArrayLike<number>,
  fracCoords: ArrayLike<number>,
  minDistanceAngstrom: number,
  excludes: (i: number, j: number) => boolean,
): Overlap | null {
  const n = fracCoords.length / 3;
  const { latticeAngstrom: lattice, transform } = reduceLattice(latticeAngstrom);
  const selfDistance = Math.hypot(lattice[0]!, lattice[1]!, lattice[2]!);
  if (selfDistance < minDistanceAngstrom) return { i: 0, j: 0, distanceAngstrom: selfDistance };
  const frac = inReducedCell(fracCoords, transform);
  const spacings = planeSpacings(lattice);
  const reach = spacings.map((spacing) => minDistanceAngstrom / spacing) as [number, number, number];
  const overlaps = (i: number, j: number): Overlap | null => {
    if (!excludes(i, j) || isFar(frac, i, j, reach)) return null;
    const distanceAngstrom = closestImage(lattice, frac, i, j, reach);
    return distanceAngstrom < minDistanceAngstrom ? { i: j, j: i, distanceAngstrom } : null;
  };
  if (n > FEW_SITES) return overlapInBins(frac, spacings, minDistanceAngstrom, overlaps);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const overlap = overlaps(i, j);
      if (overlap !== null) return overlap;
    }
  }
  return null;
}

function overlapInBins(
  frac: Float64Array,
  spacings: readonly number[],
  minDistanceAngstrom: number,
  overlaps: (i: number, j: number) => Overlap | null,
): Overlap | null {
  const bins = spacings.map((spacing) =>
    Math.min(MAX_BINS, Math.max(1, Math.floor(spacing / minDistanceAngstrom))),
  ) as [number, number, number];
  const members = new Map<number, number[]>();
  const around = (site: number, k: 0 | 1 | 2): number[] => {
    const own = Math.min(bins[k] - 1, Math.floor(frac[3 * site + k]! * bins[k]));
    if (bins[k] < 3) return bins[k] === 1 ? [0] : [own, 1 - own];
    return [own, (own + 1) % bins[k], (own + bins[k] - 1) % bins[k]];
  };
  for (let i = 0; i < frac.length / 3; i++) {
    const [as, bs, cs] = [around(i, 0), around(i, 1), around(i, 2)];
    for (const a of as) {
      for (const b of bs) {
        for (const c of cs) {
          const list = members.get((a * bins[1] + b) * bins[2] + c);
          if (list === undefined) continue;
          for (const j of list) {
            const overlap = overlaps(i, j);
            if (overlap !== null) return overlap;
          }
        }
      }
    }
    const own = (as[0]! * bins[1] + bs[0]!) * bins[2] + cs[0]!;
    const list = members.get(own);
    if (list === undefined) members.set(own, [i]);
    else if (list.push(i) > MAX_IN_BIN) return { i: list[0]!, j: i, distanceAngstrom: 0 };
  }
  return null;
}

/** Whether no image can be within reach, for reaches below half a cell. */
function isFar(frac: Float64Array, i: number, j: number, reach: readonly [number, number, number]): boolean {
  for (let k = 0; k < 3; k++) {
    const delta = frac[3 * j + k]! - frac[3 * i + k]!;
    if (reach[k]! < 0.5 && Math.abs(delta - Math.round(delta)) > reach[k]!) return true;
  }
  return false;
}

/** f' = f · P⁻¹ in [0, 1), for r = f · L = f' · (P L). */
function inReducedCell(fracCoords: ArrayLike<number>, p: ArrayLike<number>): Float64Array {
  const inverse = inverseUnimodular(p);
  const wrapped = new Float64Array(fracCoords.length);
  for (let k = 0; k < wrapped.length; k++) {
    const axis = k % 3;
    const site = k - axis;
    const value =
      fracCoords[site]! * inverse[axis]! +
      fracCoords[site + 1]! * inverse[3 + axis]! +
      fracCoords[site + 2]! * inverse[6 + axis]!;
    const inside = value - Math.floor(value);
    wrapped[k] = inside < 1 ? inside : 0;
  }
  return wrapped;
}

function inverseUnimodular(m: ArrayLike<number>): number[] {
  const minor = (r: number, c: number): number => {
    const at = (i: number, j: number): number => m[3 * ((r + i) % 3) + ((c + j) % 3)]!;
    return at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1);
  };
  const determinant = m[0]! * minor(0, 0) + m[1]! * minor(0, 1) + m[2]! * minor(0, 2);
  return Array.from({ length: 9 }, (_, k) => minor(k % 3, Math.floor(k / 3)) / determinant);
}

function closestImage(
  lattice: ArrayLike<number>,
  frac: ArrayLike<number>,
  i: number,
  j: number,
  reach: readonly [number, number, number],
): number {
  const range = (k: 0 | 1 | 2): number[] => {
    const delta = frac[3 * j + k]! - frac[3 * i + k]!;
    const shifts: number[] = [];
    for (let m = Math.ceil(-reach[k] - delta); m <= reach[k] - delta; m++) shifts.push(delta + m);
    return shifts;
  };
  const [us, vs, ws] = [range(0), range(1), range(2)];
  let closest = Number.POSITIVE_INFINITY;
  for (const u of us) {
    for (const v of vs) {
      for (const w of ws) {
        const x = u * lattice[0]! + v * lattice[3]! + w * lattice[6]!;
        const y = u * lattice[1]! + v * lattice[4]! + w * lattice[7]!;
        const z = u * lattice[2]! + v * lattice[5]! + w * lattice[8]!;
        closest = Math.min(closest, Math.hypot(x, y, z));
      }
    }
  }
  return closest;
}
