import { GraphError } from './graph-error';
import { cellVolume, type Matrix3, rowDot } from './lattice';
import { type CheckedOccupations, checkOccupations, type SiteOccupations } from './site-occupations';

/**
 * A periodic structure: the position of site i is rᵢ = fᵢ · L, repeated at every rᵢ + n · L with n ∈ ℤ³.
 *
 * Plain arrays, so that any reader can hand one over. Fractional coordinates need not lie in [0, 1).
 */
export interface Crystal {
  /** 9 numbers, row vectors a, b, c in Å. */
  readonly latticeAngstrom: ArrayLike<number>;
  /** 3n numbers, site after site. */
  readonly fracCoords: ArrayLike<number>;
  /** n atomic numbers, 1 to 118; of one of the species where a site holds several. */
  readonly atomicNumbers: ArrayLike<number>;
  /** Which species share each site, or leave it partly vacant; none where every site holds one species at occupancy 1. */
  readonly occupations?: SiteOccupations | null;
}

/** A checked copy of a {@link Crystal}. */
export interface CheckedCrystal {
  readonly siteCount: number;
  readonly lattice: Matrix3;
  readonly fracCoords: Float64Array;
  readonly atomicNumbers: Uint8Array;
  /** `null` where every site holds its atomic number at occupancy 1. */
  readonly occupations: CheckedOccupations | null;
}

/** Heaviest element with a name (oganesson). */
export const maximumAtomicNumber = 118;
/** More sites than this are refused: the edges would not fit a GPU buffer. */
const maximumSites = 1_000_000;
/** |f| beyond this has lost the digits that matter; a real file stays near [0, 1). */
const maximumFracCoord = 1e6;
/** V / (|a| |b| |c|) below this is a plane, not a cell: a parallelepiped whose height is 1/100,000 of its edges. */
const minimumRelativeVolume = 1e-5;

function checkFinite(op: string, field: string, values: ArrayLike<number>, bound: number): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      throw new GraphError(
        'NOT_FINITE',
        `${op}: ${field}[${i}] must be a finite number, got ${value}. Check the structure file.`,
      );
    }
    if (Math.abs(value) > bound) {
      throw new GraphError(
        'OUT_OF_RANGE',
        `${op}: ${field}[${i}] must lie within ±${bound}, got ${value}. Check its unit.`,
      );
    }
  }
}

function checkLength(op: string, field: string, values: ArrayLike<number>, expected: number): void {
  if (values.length === expected) return;
  throw new GraphError(
    'LENGTH_MISMATCH',
    `${op}: ${field} must hold ${expected} numbers, got ${values.length}. Give 3 fractional coordinates for each atomic number and 9 lattice numbers.`,
  );
}

/** Copies the atomic numbers after checking that each is an element. */
export function checkAtomicNumbers(op: string, atomicNumbers: ArrayLike<number>): Uint8Array {
  if (atomicNumbers.length === 0) {
    throw new GraphError(
      'NO_ATOMS',
      `${op}: a crystal must have at least one atom, got none. Leave this structure out.`,
    );
  }
  for (let i = 0; i < atomicNumbers.length; i++) {
    const z = atomicNumbers[i]!;
    if (!Number.isInteger(z) || z < 1 || z > maximumAtomicNumber) {
      throw new GraphError(
        'UNKNOWN_ELEMENT',
        `${op}: atomicNumbers[${i}] must be an integer from 1 to ${maximumAtomicNumber}, got ${z}. Replace dummy sites by a real element or remove them.`,
      );
    }
  }
  return Uint8Array.from(atomicNumbers);
}

/**
 * Copies a crystal into float64 after checking it: atoms present, lengths agree, all finite, elements known, occupancies possible,
 * lattice not singular.
 *
 * @throws {@link GraphError} NO_ATOMS, LENGTH_MISMATCH, NOT_FINITE, OUT_OF_RANGE, UNKNOWN_ELEMENT, SINGULAR_LATTICE.
 */
export function checkCrystal(op: string, crystal: Crystal): CheckedCrystal {
  const siteCount = crystal.atomicNumbers.length;
  if (siteCount > maximumSites) {
    throw new GraphError(
      'OUT_OF_RANGE',
      `${op}: a crystal may have ${maximumSites} sites, got ${siteCount}. Use a smaller cell.`,
    );
  }
  const atomicNumbers = checkAtomicNumbers(op, crystal.atomicNumbers);
  checkLength(op, 'latticeAngstrom', crystal.latticeAngstrom, 9);
  checkLength(op, 'fracCoords', crystal.fracCoords, 3 * siteCount);
  checkFinite(op, 'latticeAngstrom', crystal.latticeAngstrom, 1e9);
  checkFinite(op, 'fracCoords', crystal.fracCoords, maximumFracCoord);
  const lattice = Float64Array.from(crystal.latticeAngstrom);
  const box = Math.sqrt(rowDot(lattice, 0, 0) * rowDot(lattice, 1, 1) * rowDot(lattice, 2, 2));
  const volume = cellVolume(lattice);
  if (!(volume > minimumRelativeVolume * box)) {
    throw new GraphError(
      'SINGULAR_LATTICE',
      `${op}: the lattice vectors must span a volume, got ${volume} Å³ for vectors ${Array.from(lattice).join(', ')}. Check latticeAngstrom (row vectors).`,
    );
  }
  return {
    siteCount,
    lattice,
    fracCoords: Float64Array.from(crystal.fracCoords),
    atomicNumbers,
    occupations: checkOccupations(op, atomicNumbers, crystal.occupations),
  };
}
