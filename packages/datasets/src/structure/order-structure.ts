import { createStructure } from './create-structure';
import { type SiteKinds, siteKinds } from './site-kinds';
import { spreadApart } from './spread-apart';
import type { Structure } from './structure';
import { StructureError } from './structure-error';
import { supercell } from './supercell';

/** Options of {@link orderStructure}. */
export interface OrderOptions {
  /** Sites of the supercell at most, 200 by default. */
  readonly maxSites?: number;
  /** Share of the sites of a kind by which the atoms of a species may differ from its occupancy, 0.01 by default. */
  readonly tolerance?: number;
}

/**
 * An ordered cell with the composition of a disordered one: the smallest supercell in which every occupancy is a whole number of
 * atoms, equal species (and vacancies) of a kind of site spread apart, vacancies left out.
 *
 * One representative, not an ensemble, and the same one every time. An ordered structure comes back as it is.
 *
 * @throws StructureError `NOT_ORDERED` where no supercell of that size has whole numbers; `OVERLAPPING_SITES` where split
 * positions end up next to each other
 * @example
 * ```ts
 * const ordered = orderStructure(alloy); // Cu0.75Au0.25 on one site -> Cu3Au in a cell of 4
 * ```
 */
export function orderStructure(structure: Structure, options: OrderOptions = {}): Structure {
  const { maxSites = 200, tolerance = 0.01 } = options;
  if (structure.occupations === null) return structure;
  const base = siteKinds(structure);
  const sizes = Array.from({ length: Math.floor(maxSites / base.kinds.length) }, (_, k) => k + 1);
  const cells = sizes.find((size) => isWhole(base, size, tolerance));
  if (cells === undefined) {
    throw new StructureError(
      'NOT_ORDERED',
      `order: occupancies that are whole numbers of atoms in a supercell of at most ${maxSites} sites expected, got none within ${tolerance}. Raise maxSites or tolerance.`,
    );
  }
  const large = supercell(structure, roundestRepeats(structure, cells));
  const sites = siteKinds(large);
  const repel = repulsions(large);
  const species: (number | null)[] = new Array(sites.kinds.length).fill(null);
  sites.contents.forEach((contents, index) => {
    const members = [...sites.kinds.keys()].filter((site) => sites.kinds[site] === index + 1);
    const atoms = contents.flatMap(({ element, occupancy }) =>
      new Array<number | null>(Math.round(occupancy * members.length)).fill(Number(element)),
    );
    while (atoms.length < members.length) atoms.push(null);
    const dealt = spreadApart(atoms, (i, j) => repel(members[i]!, members[j]!));
    members.forEach((site, k) => {
      species[site] = dealt[k]!;
    });
  });
  const kept = [...species.keys()].filter((site) => species[site] !== null);
  return createStructure({
    latticeAngstrom: large.latticeAngstrom,
    fracCoords: kept.flatMap((site) => [...large.fracCoords.subarray(3 * site, 3 * site + 3)]),
    atomicNumbers: kept.map((site) => species[site]!),
  });
}

function isWhole({ kinds, contents }: SiteKinds, cells: number, tolerance: number): boolean {
  return contents.every((species, index) => {
    const members = cells * kinds.filter((kind) => kind === index + 1).length;
    const counts = species.map(({ occupancy }) => members * occupancy);
    return (
      counts.every((count) => Math.abs(count - Math.round(count)) <= tolerance * members) &&
      counts.reduce((sum, count) => sum + Math.round(count), 0) <= members
    );
  });
}

/** Three repeats with this product whose cell has edges as equal as possible. */
function roundestRepeats({ latticeAngstrom: l }: Structure, cells: number): number[] {
  const edges = [0, 1, 2].map((i) => Math.hypot(l[3 * i]!, l[3 * i + 1]!, l[3 * i + 2]!));
  let best = [1, 1, cells];
  let smallest = Number.POSITIVE_INFINITY;
  for (let a = 1; a <= cells; a++) {
    for (let b = 1; a * b <= cells; b++) {
      const c = cells / (a * b);
      const longest = Math.max(a * edges[0]!, b * edges[1]!, c * edges[2]!);
      if (Number.isInteger(c) && longest < smallest - 1e-9) [best, smallest] = [[a, b, c], longest];
    }
  }
  return best;
}

/** Σ 1 / d⁶ (Å⁻⁶) of a site and the images of another in the 27 cells around. */
function repulsions({ latticeAngstrom: l, fracCoords: f }: Structure): (i: number, j: number) => number {
  const images = Array.from({ length: 27 }, (_, k) => [k % 3, Math.floor(k / 3) % 3, Math.floor(k / 9)]);
  return (i, j) => {
    const d = [0, 1, 2].map((k) => f[3 * j + k]! - f[3 * i + k]! - 1);
    return images.reduce((sum, image) => {
      const [u, v, w] = d.map((value, k) => value + image[k]!) as [number, number, number];
      return sum + Math.hypot(...[0, 1, 2].map((k) => u * l[k]! + v * l[3 + k]! + w * l[6 + k]!)) ** -6;
    }, 0);
  };
}
