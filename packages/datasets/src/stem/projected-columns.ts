import type { Structure } from '../structure/structure';
import { StemError } from './stem-error';

/** Atoms above one another along the beam. */
export interface Column {
  /** Å in the image plane, within the projected cell. */
  readonly x: number;
  readonly y: number;
  /** Atomic numbers of one repeat along the beam. */
  readonly atomicNumbers: readonly number[];
}

/** A crystal seen along a zone axis. */
export interface Projection {
  readonly columns: readonly Column[];
  /** Projected lattice, Å: the shortest translation, along x, and a second one. */
  readonly first: readonly [x: number, y: number];
  readonly second: readonly [x: number, y: number];
}

/** Lattice indices looked through for translations across the beam. */
const SEARCHED_INDEX = 4;
/** Atoms this close in projection share a column, Å. */
const SAME_COLUMN_ANGSTROM = 0.05;

type Triple = readonly [number, number, number];

/**
 * The columns of atoms that a beam along u a + v b + w c sees, in one projected cell.
 *
 * x runs along the shortest projected translation p, the beam along z; p, q and the zone axis are a basis of the lattice.
 *
 * @throws {StemError} `ZONE_AXIS` for 0 0 0, fractions, or an axis so skew that no short translations complete it
 */
export function projectColumns(structure: Structure, zoneAxis: Triple): Projection {
  const zone = primitiveAxis(zoneAxis);
  const beam = toCartesian(structure.latticeAngstrom, zone);
  const repeat = Math.hypot(...beam);
  const z = beam.map((component) => component / repeat) as unknown as Triple;
  const [p, q] = acrossBeam(structure.latticeAngstrom, zone, z);
  const length = Math.hypot(...p.across);
  const x = p.across.map((component) => component / length) as unknown as Triple;
  const y = cross(z, x);
  const second = [dot(q.across, x), dot(q.across, y)] as const;
  const columns: { x: number; y: number; atomicNumbers: number[] }[] = [];
  structure.atomicNumbers.forEach((atomicNumber, site) => {
    const at = toCartesian(
      structure.latticeAngstrom,
      structure.fracCoords.slice(3 * site, 3 * site + 3) as unknown as Triple,
    );
    const along = dot(at, y) / second[1];
    const remainder = (dot(at, x) - along * second[0]) / length;
    const [u, v] = [wrap(remainder), wrap(along)];
    const place = { x: u * length + v * second[0], y: v * second[1] };
    const shared = columns.find((column) => samePlace(column, place, [length, 0], second));
    if (shared) shared.atomicNumbers.push(atomicNumber);
    else columns.push({ ...place, atomicNumbers: [atomicNumber] });
  });
  return { columns, first: [length, 0], second };
}

function primitiveAxis(axis: Triple): Triple {
  const divisor = axis.every(Number.isSafeInteger) ? axis.reduce(greatestCommonDivisor, 0) : 0;
  if (divisor === 0) {
    throw new StemError(
      'ZONE_AXIS',
      `stem: a zone axis of three integers, not all 0, expected, got [${axis.join(', ')}]. Give lattice indices u, v, w.`,
    );
  }
  return axis.map((index) => index / divisor) as unknown as Triple;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : greatestCommonDivisor(b, a % b);
}

interface Translation {
  readonly indices: Triple;
  /** Its part across the beam, Å. */
  readonly across: Triple;
}

/** The two shortest projected translations that complete the zone axis to a basis of the lattice. */
function acrossBeam(lattice: ArrayLike<number>, zone: Triple, z: Triple): [Translation, Translation] {
  const range = Array.from({ length: 2 * SEARCHED_INDEX + 1 }, (_, i) => i - SEARCHED_INDEX);
  const translations = range
    .flatMap((u) => range.flatMap((v) => range.map((w): Triple => [u, v, w])))
    .map((indices) => {
      const vector = toCartesian(lattice, indices);
      const height = dot(vector, z);
      const across = vector.map((component, k) => component - height * z[k]!) as unknown as Triple;
      // Rounded, so that translations of equal length keep the order of their indices.
      return { indices, across, length: Math.round(1e6 * Math.hypot(...across)) };
    })
    .filter(({ length }) => length > 1e3)
    .sort((s, t) => s.length - t.length);
  for (const p of translations) {
    const normal = cross(p.indices, zone);
    const q = translations.find(({ indices }) => dot(normal, indices) === -1);
    if (q) return [p, q];
  }
  throw new StemError(
    'ZONE_AXIS',
    `stem: a zone axis that lattice translations of indices up to ${SEARCHED_INDEX} complete to a basis expected, got [${zone.join(', ')}]. Choose a lower-index axis.`,
  );
}

/** Whether two points of the projected cell coincide, over its edges too. */
function samePlace(
  a: { x: number; y: number },
  b: { x: number; y: number },
  first: readonly [number, number],
  second: readonly [number, number],
): boolean {
  for (let m = -1; m <= 1; m++) {
    for (let n = -1; n <= 1; n++) {
      const dx = a.x - b.x + m * first[0] + n * second[0];
      const dy = a.y - b.y + m * first[1] + n * second[1];
      if (Math.hypot(dx, dy) < SAME_COLUMN_ANGSTROM) return true;
    }
  }
  return false;
}

function toCartesian(l: ArrayLike<number>, [u, v, w]: Triple): Triple {
  return [
    u * l[0]! + v * l[3]! + w * l[6]!,
    u * l[1]! + v * l[4]! + w * l[7]!,
    u * l[2]! + v * l[5]! + w * l[8]!,
  ];
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Triple, b: Triple): Triple {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function wrap(fraction: number): number {
  const inside = fraction - Math.floor(fraction);
  return inside > 1 - 1e-9 ? 0 : inside;
}
