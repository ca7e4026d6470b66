import { latticeVolume } from '../structure/lattice';
import { reduceLattice } from '../structure/reduced-lattice';
import { siteMatcher } from './site-matcher';
import { cross, dot, latticeChange, timesMatrix, type Triple as Vector } from './triple';

/** A cell without translations inside, and which of its sites each site of the larger cell repeats. */
export interface TranslationCell {
  /** [3, 3] rows in Å. */
  readonly latticeAngstrom: Float64Array;
  /** Sites of the larger cell that stand for the small one. */
  readonly representatives: readonly number[];
  /** [n] place in `representatives` of the site that each one repeats. */
  readonly repeats: Uint32Array;
}

/** A translation of the crystal and the site that it carries each one to. */
interface Translation {
  readonly vector: Vector;
  readonly targets: Uint32Array | null;
}

/**
 * The cell spanned by all translations that carry every site to one of its kind within the tolerance, or null where there
 * is none but the lattice (or none that form a lattice).
 *
 * Candidates go from one site of the rarest kind to the others, shortest first; the first three independent ones that are
 * translations span the cell (successive minima of a lattice of three dimensions are a basis of it).
 */
export function translationCell(
  latticeAngstrom: ArrayLike<number>,
  fracCoords: ArrayLike<number>,
  kinds: ArrayLike<number>,
  toleranceAngstrom: number,
): TranslationCell | null {
  const { latticeAngstrom: lattice } = reduceLattice(latticeAngstrom);
  const match = siteMatcher(latticeAngstrom, fracCoords, kinds, toleranceAngstrom);
  const [origin, ...others] = rarestKind(kinds) as [number, ...number[]];
  const shifts = others.map(
    (site) => [0, 1, 2].map((k) => fracCoords[3 * site + k]! - fracCoords[3 * origin + k]!) as Vector,
  );
  const basis: Translation[] = [];
  const tested = new Map<number, Uint32Array | null>();
  for (const { vector, shift } of candidates(latticeAngstrom, lattice, shifts)) {
    if (isSpanned(basis, vector)) continue;
    if (shift >= 0 && !tested.has(shift)) tested.set(shift, match(shifts[shift]!));
    const targets = shift < 0 ? null : tested.get(shift)!;
    if (shift >= 0 && targets === null) continue;
    if (basis.push({ vector, targets }) === 3) break;
  }
  const cell = Float64Array.from(basis.flatMap(({ vector }) => vector));
  const repeats = Math.round(latticeVolume(latticeAngstrom) / latticeVolume(cell));
  return repeats > 1 ? cellOfOrbits(cell, basis, kinds.length, repeats) : null;
}

/** Sites joined by the translations of the basis; null unless each orbit has as many as there are small cells. */
function cellOfOrbits(
  latticeAngstrom: Float64Array,
  basis: readonly Translation[],
  n: number,
  cells: number,
): TranslationCell | null {
  const repeats = new Uint32Array(n).fill(n);
  const representatives: number[] = [];
  for (let site = 0; site < n; site++) {
    if (repeats[site] !== n) continue;
    const orbit = [site];
    repeats[site] = representatives.length;
    for (const member of orbit) {
      for (const { targets } of basis) {
        const next = targets?.[member] ?? member;
        if (repeats[next] !== n) continue;
        repeats[next] = representatives.length;
        orbit.push(next);
      }
    }
    if (orbit.length !== cells) return null;
    representatives.push(site);
  }
  return { latticeAngstrom, representatives, repeats };
}

/** Vectors of the lattice and images of the shifts, shortest first; `shift` is −1 for those of the lattice. */
function candidates(
  latticeAngstrom: ArrayLike<number>,
  reduced: ArrayLike<number>,
  shifts: readonly Vector[],
): { vector: Vector; shift: number }[] {
  const toReduced = latticeChange(latticeAngstrom, reduced);
  const found: { vector: Vector; shift: number; square: number }[] = [];
  for (let shift = -1; shift < shifts.length; shift++) {
    const f = shift < 0 ? [0, 0, 0] : timesMatrix(shifts[shift]!, toReduced).map((x) => x - Math.round(x));
    for (let image = 0; image < 27; image++) {
      if (shift < 0 && image === 13) continue;
      const vector = timesMatrix(
        [f[0]! + (image % 3) - 1, f[1]! + (Math.floor(image / 3) % 3) - 1, f[2]! + Math.floor(image / 9) - 1],
        reduced,
      );
      found.push({ vector, shift, square: dot(vector, vector) });
    }
  }
  return found.sort((p, q) => p.square - q.square);
}

/** Whether a vector lies in the line or plane of those before. */
function isSpanned(basis: readonly Translation[], vector: Vector): boolean {
  const [a, b] = basis;
  if (a === undefined) return false;
  const length = Math.hypot(...vector) * Math.hypot(...a.vector);
  if (b === undefined) return Math.hypot(...cross(a.vector, vector)) < INDEPENDENT * length;
  const normal = cross(a.vector, b.vector);
  return Math.abs(dot(normal, vector)) < INDEPENDENT * Math.hypot(...normal) * Math.hypot(...vector);
}

/** Sine of the angle below which a vector is not a new direction. */
const INDEPENDENT = 1e-3;

function rarestKind(kinds: ArrayLike<number>): number[] {
  const members = new Map<number, number[]>();
  for (let site = 0; site < kinds.length; site++) {
    const list = members.get(kinds[site]!);
    if (list === undefined) members.set(kinds[site]!, [site]);
    else list.push(site);
  }
  return [...members.values()].reduce((best, list) => (list.length < best.length ? list : best));
}
