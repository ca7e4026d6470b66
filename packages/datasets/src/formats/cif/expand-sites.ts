import { MIN_DISTANCE_ANGSTROM } from '../../structure/create-structure';
import { OCCUPANCY_TOLERANCE, type SpeciesInput } from '../../structure/site-occupations';
import { applyTo, type SymmetryOperation } from '../../symmetry/group/symmetry-operation';
import { FormatError } from '../format-error';
import type { CifSite } from './cif-sites';
import { FractionGrid } from './fraction-grid';

/** Two places are one where each fractional coordinate agrees to this: pymatgen's `site_tolerance`. */
const SITE_TOLERANCE = 1e-4;
/**
 * Images of a full atom this close (Å) to each other are one atom on a special position whose coordinates are rounded (0.333);
 * further apart, they are an error of the file.
 */
const SPECIAL_POSITION_ANGSTROM = 0.15;
/** Images computed for one file. */
const MAX_IMAGES = 20_000_000;

/** All sites of a cell. */
export interface ExpandedSites {
  readonly fracCoords: number[];
  readonly species: (readonly SpeciesInput[])[];
  readonly notes: readonly string[];
}

interface AsymmetricSite {
  readonly label: string;
  readonly frac: readonly [number, number, number];
  readonly species: SpeciesInput[];
}

/**
 * Every image of every site under the operations, each place once: rows at the same place (under symmetry) are one site that
 * their species share, images that coincide are one (special positions). The first image of a place gives its coordinates.
 *
 * @throws FormatError `DATA_TOO_LARGE` beyond `maxSites`
 */
export function expandSites(
  sites: readonly CifSite[],
  operations: readonly SymmetryOperation[],
  lattice: ArrayLike<number>,
  maxSites: number,
  file: string,
): ExpandedSites {
  if (sites.length * operations.length > MAX_IMAGES) throw tooLarge(maxSites, file);
  const fracCoords: number[] = [];
  const species: (readonly SpeciesInput[])[] = [];
  const moved: string[] = [];
  for (const site of sharedSites(sites, operations)) {
    let orbit = orbitOf(site.frac, operations);
    const special = isFull(site) ? specialPosition(site.frac, operations, lattice) : undefined;
    if (special !== undefined && special.multiplicity !== orbit.length / 3) {
      moved.push(site.label);
      orbit = orbitOf(special.frac, operations);
    }
    if (species.length + orbit.length / 3 > maxSites) throw tooLarge(maxSites, file);
    for (const value of orbit) fracCoords.push(value);
    for (let image = 0; image < orbit.length / 3; image++) species.push(site.species);
  }
  const notes =
    moved.length === 0
      ? []
      : [
          `sites that lie within ${SPECIAL_POSITION_ANGSTROM} Å of a special position were put on it (${moved.slice(0, 5).join(', ')})`,
        ];
  return { fracCoords, species, notes };
}

/** Rows at the same place joined into one site. */
function sharedSites(sites: readonly CifSite[], operations: readonly SymmetryOperation[]): AsymmetricSite[] {
  const grid = new FractionGrid(SITE_TOLERANCE);
  const found: AsymmetricSite[] = [];
  for (const { label, frac, species } of sites) {
    const place = operations.reduce((known, operation) => {
      if (known >= 0 || found.length === 0) return known;
      const [x, y, z] = applyTo(operation, frac) as [number, number, number];
      return grid.find(x, y, z);
    }, -1);
    if (place >= 0) {
      found[place]!.species.push(species);
    } else {
      grid.add(...frac);
      found.push({ label, frac, species: [species] });
    }
  }
  return found;
}

/** Distinct images, wrapped to [0, 1), flat. */
function orbitOf(frac: readonly number[], operations: readonly SymmetryOperation[]): number[] {
  const grid = new FractionGrid(SITE_TOLERANCE);
  const orbit: number[] = [];
  for (const operation of operations) {
    const [x, y, z] = applyTo(operation, frac).map((value) => value - Math.floor(value)) as [
      number,
      number,
      number,
    ];
    if (grid.find(x, y, z) >= 0) continue;
    grid.add(x, y, z);
    orbit.push(x, y, z);
  }
  return orbit;
}

/** Whether two images of the site cannot be there at once. */
function isFull({ species }: AsymmetricSite): boolean {
  const total = species.reduce((sum, { occupancy }) => sum + occupancy, 0);
  return 2 * total > 1 + OCCUPANCY_TOLERANCE;
}

/**
 * The middle of a place and its images next to it, which is the special position that they stand for, and how many images that
 * has in a cell; none where an image is too far to be the same atom and too near to be another.
 */
function specialPosition(
  frac: readonly number[],
  operations: readonly SymmetryOperation[],
  lattice: ArrayLike<number>,
): { frac: number[]; multiplicity: number } | undefined {
  const sum = [0, 0, 0];
  let count = 0;
  for (const operation of operations) {
    const d = applyTo(operation, frac).map((value, k) => value - frac[k]! - Math.round(value - frac[k]!));
    const distance = Math.hypot(
      ...[0, 1, 2].map((k) => d[0]! * lattice[k]! + d[1]! * lattice[3 + k]! + d[2]! * lattice[6 + k]!),
    );
    if (distance >= MIN_DISTANCE_ANGSTROM) continue;
    if (distance > SPECIAL_POSITION_ANGSTROM) return undefined;
    count++;
    for (let k = 0; k < 3; k++) sum[k]! += d[k]!;
  }
  return { frac: frac.map((value, k) => value + sum[k]! / count), multiplicity: operations.length / count };
}

function tooLarge(maxSites: number, file: string): FormatError {
  return new FormatError(
    'DATA_TOO_LARGE',
    { file },
    {
      expected: `at most ${maxSites} sites in the cell expected`,
      got: 'more',
      remedy: 'Use a smaller cell, or raise maxSites if the file is trusted.',
    },
  );
}
