import { checkLattice } from './lattice';
import { findOverlap } from './overlapping-sites';
import { atomicNumberOf, OCCUPANCY_TOLERANCE, type SpeciesInput, siteOccupations } from './site-occupations';
import type { Structure } from './structure';
import { StructureError } from './structure-error';

/** Two atoms closer than this are one site written twice: the shortest bond in nature (H–H) is 0.74 Å. */
export const MIN_DISTANCE_ANGSTROM: number = 0.3;
/** Files are untrusted: a crystal with more sites than this in one cell is refused. */
export const MAX_SITES: number = 100_000;
/** Fractional coordinates beyond this have lost the digits that matter. */
const MAX_FRAC_COORD = 1e7;

interface SitesInput {
  /** [3, 3] row vectors a, b, c in Å. */
  readonly latticeAngstrom: ArrayLike<number>;
  /** [n, 3] fractional coordinates, any cell: they are wrapped to [0, 1). */
  readonly fracCoords: ArrayLike<number>;
}

/** An ordered crystal, as {@link createStructure} takes it; arrays are copied. */
export interface OrderedStructureInput extends SitesInput {
  /** [n] atomic numbers or element symbols. */
  readonly atomicNumbers: ArrayLike<number> | readonly string[];
  readonly species?: never;
}

/** A crystal whose sites may be shared or partly vacant, as {@link createStructure} takes it. */
export interface DisorderedStructureInput extends SitesInput {
  /** [n] what stands on each site; the same element twice is added up. */
  readonly species: readonly (readonly SpeciesInput[])[];
  readonly atomicNumbers?: never;
}

/** What {@link createStructure} takes. */
export type StructureInput = OrderedStructureInput | DisorderedStructureInput;

/**
 * A checked {@link Structure}: coordinates wrapped to [0, 1), every site of known elements, occupancies of a site at most 1
 * (up to 1.001 is scaled to 1), no two sites on top of each other under periodic boundaries unless their occupancies leave
 * room for both (split positions).
 *
 * @param where `file:line` put in front of error messages
 * @throws StructureError `NO_ATOMS`, `TOO_MANY_ATOMS`, `SHAPE_MISMATCH`, `NON_FINITE`, `OUT_OF_RANGE`, `SINGULAR_LATTICE`,
 * `UNKNOWN_ELEMENT`, `INVALID_OCCUPANCY`, `OVERLAPPING_SITES` (closer than 0.3 Å, images included)
 * @example
 * ```ts
 * const cesiumChloride = createStructure({
 *   latticeAngstrom: [4.123, 0, 0, 0, 4.123, 0, 0, 0, 4.123],
 *   fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
 *   atomicNumbers: ['Cs', 'Cl'],
 * });
 * const alloy = createStructure({
 *   latticeAngstrom: [3.6, 0, 0, 0, 3.6, 0, 0, 0, 3.6],
 *   fracCoords: [0, 0, 0],
 *   species: [[{ element: 'Cu', occupancy: 0.75 }, { element: 'Au', occupancy: 0.25 }]],
 * });
 * ```
 */
export function createStructure(input: StructureInput, where?: string): Structure {
  const n = (input.species ?? input.atomicNumbers).length;
  checkCounts(n, input.fracCoords.length, where);
  checkLattice(input.latticeAngstrom, where);
  const sites =
    input.species === undefined
      ? {
          atomicNumbers: Uint8Array.from({ length: n }, (_, i) =>
            atomicNumberOf(input.atomicNumbers[i]!, i, where),
          ),
          occupations: null,
        }
      : siteOccupations(input.species, where);
  const structure: Structure = {
    latticeAngstrom: Float64Array.from(input.latticeAngstrom),
    fracCoords: Float64Array.from({ length: 3 * n }, (_, k) => wrap(input.fracCoords[k]!, k, where)),
    ...sites,
  };
  refuseOverlap(structure, where);
  return structure;
}

function checkCounts(n: number, coordinates: number, where: string | undefined): void {
  if (n === 0)
    throw new StructureError(
      'NO_ATOMS',
      'structure: at least one atom expected, got none. Check that the sites were read.',
      where,
    );
  if (n > MAX_SITES)
    throw new StructureError(
      'TOO_MANY_ATOMS',
      `structure: at most ${MAX_SITES} atoms expected, got ${n}. Use a smaller cell.`,
      where,
    );
  if (coordinates !== 3 * n) {
    throw new StructureError(
      'SHAPE_MISMATCH',
      `structure: 3 fractional coordinates for each of ${n} atoms (${3 * n} numbers) expected, got ${coordinates}. Check that sites and species belong together.`,
      where,
    );
  }
}

function refuseOverlap(
  { latticeAngstrom, fracCoords, occupations }: Structure,
  where: string | undefined,
): void {
  const totals =
    occupations === null
      ? null
      : Float64Array.from({ length: fracCoords.length / 3 }, (_, i) =>
          occupations.occupancies
            .subarray(occupations.offsets[i]!, occupations.offsets[i + 1]!)
            .reduce((sum, occupancy) => sum + occupancy, 0),
        );
  const overlap = findOverlap(
    latticeAngstrom,
    fracCoords,
    MIN_DISTANCE_ANGSTROM,
    (i, j) => totals === null || totals[i]! + totals[j]! > 1 + OCCUPANCY_TOLERANCE,
  );
  if (overlap === null) return;
  const { i, j, distanceAngstrom } = overlap;
  throw new StructureError(
    'OVERLAPPING_SITES',
    `structure: sites at least ${MIN_DISTANCE_ANGSTROM} Å apart expected, got ${distanceAngstrom.toFixed(3)} Å between site ${i} and ${i === j ? 'its own image' : `site ${j}`}. Remove the duplicate or check the lattice.`,
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
  if (Math.abs(x) > MAX_FRAC_COORD) {
    throw new StructureError(
      'OUT_OF_RANGE',
      `structure: fractional coordinates within ±${MAX_FRAC_COORD} expected, got ${x} at site ${Math.floor(index / 3)}. Check the file for a wrong number.`,
      where,
    );
  }
  const wrapped = x - Math.floor(x);
  return wrapped < 1 ? wrapped : 0;
}
