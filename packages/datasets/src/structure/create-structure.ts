import { elementBySymbol, elementOf } from '../elements/element';
import { checkLattice } from './lattice';
import { findOverlap } from './overlapping-sites';
import type { Structure } from './structure';
import { StructureError } from './structure-error';

/** Two atoms closer than this are one site written twice: the shortest bond in nature (H–H) is 0.74 Å. */
const MIN_DISTANCE_ANGSTROM = 0.3;
/** Files are untrusted: a crystal with more atoms than this in one cell is refused. */
const MAX_ATOMS = 100_000;

/** What {@link createStructure} takes; arrays are copied. */
export interface StructureInput {
  /** [3, 3] row vectors a, b, c in Å. */
  readonly latticeAngstrom: ArrayLike<number>;
  /** [n, 3] fractional coordinates, any cell: they are wrapped to [0, 1). */
  readonly fracCoords: ArrayLike<number>;
  /** [n] atomic numbers or element symbols. */
  readonly atomicNumbers: ArrayLike<number> | readonly string[];
}

/**
 * A checked {@link Structure}: coordinates wrapped to [0, 1), every site a known element, no two sites on top of
 * each other under periodic boundaries.
 *
 * @param where `file:line` put in front of error messages
 * @throws StructureError `NO_ATOMS`, `TOO_MANY_ATOMS`, `SHAPE_MISMATCH`, `NON_FINITE`, `SINGULAR_LATTICE`,
 * `UNKNOWN_ELEMENT`, `OVERLAPPING_SITES` (closer than 0.3 Å, images included)
 * @example
 * ```ts
 * const cesiumChloride = createStructure({
 *   latticeAngstrom: [4.123, 0, 0, 0, 4.123, 0, 0, 0, 4.123],
 *   fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
 *   atomicNumbers: ['Cs', 'Cl'],
 * });
 * ```
 */
export function createStructure(input: StructureInput, where?: string): Structure {
  const n = input.atomicNumbers.length;
  if (n === 0)
    throw new StructureError(
      'NO_ATOMS',
      'structure: at least one atom expected, got none. Check that the sites were read.',
      where,
    );
  if (n > MAX_ATOMS)
    throw new StructureError(
      'TOO_MANY_ATOMS',
      `structure: at most ${MAX_ATOMS} atoms expected, got ${n}. Use a smaller cell.`,
      where,
    );
  if (input.fracCoords.length !== 3 * n) {
    throw new StructureError(
      'SHAPE_MISMATCH',
      `structure: 3 fractional coordinates for each of ${n} atoms (${3 * n} numbers) expected, got ${input.fracCoords.length}. Check that sites and species belong together.`,
      where,
    );
  }
  const spacings = checkLattice(input.latticeAngstrom, where);
  const atomicNumbers = Uint8Array.from({ length: n }, (_, i) =>
    atomicNumberOf(input.atomicNumbers[i]!, i, where),
  );
  const fracCoords = Float64Array.from({ length: 3 * n }, (_, k) => wrap(input.fracCoords[k]!, k, where));
  const latticeAngstrom = Float64Array.from(input.latticeAngstrom);
  const overlap = findOverlap(latticeAngstrom, fracCoords, spacings, MIN_DISTANCE_ANGSTROM);
  if (overlap !== null) {
    const { i, j, distanceAngstrom } = overlap;
    throw new StructureError(
      'OVERLAPPING_SITES',
      `structure: sites at least ${MIN_DISTANCE_ANGSTROM} Å apart expected, got ${distanceAngstrom.toFixed(3)} Å between site ${i} and ${i === j ? 'its own image' : `site ${j}`}. Remove the duplicate or check the lattice.`,
      where,
    );
  }
  return { latticeAngstrom, fracCoords, atomicNumbers };
}

function atomicNumberOf(species: number | string, site: number, where: string | undefined): number {
  const element = typeof species === 'string' ? elementBySymbol(species) : elementOf(species);
  if (element !== undefined) return element.atomicNumber;
  throw new StructureError(
    'UNKNOWN_ELEMENT',
    `structure: an element symbol or atomic number 1..118 expected at site ${site}, got ${JSON.stringify(species)}. Check spelling and case.`,
    where,
  );
}

/** x mod 1 in [0, 1); −1e-17 mod 1 rounds to 1, which is 0. */
function wrap(x: number, index: number, where: string | undefined): number {
  if (!Number.isFinite(x)) {
    throw new StructureError(
      'NON_FINITE',
      `structure: finite fractional coordinates expected, got ${x} at site ${Math.floor(index / 3)}. Check the file for NaN or missing values.`,
      where,
    );
  }
  const wrapped = x - Math.floor(x);
  return wrapped < 1 ? wrapped : 0;
}
