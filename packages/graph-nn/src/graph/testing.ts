import fc from 'fast-check';
import type { Crystal } from './crystal';
import type { NeighborList } from './neighbor-list';
import type { SiteOccupations } from './site-occupations';

/** One edge of the reference: target ← source + image. */
export interface ReferenceEdge {
  target: number;
  source: number;
  image: readonly [number, number, number];
  distance: number;
}

function vector(crystal: Crystal, u: number, v: number, w: number): [number, number, number] {
  const l = crystal.latticeAngstrom;
  return [
    u * l[0]! + v * l[3]! + w * l[6]!,
    u * l[1]! + v * l[4]! + w * l[7]!,
    u * l[2]! + v * l[5]! + w * l[8]!,
  ];
}

/** The rows of L⁻¹ are not needed, only its Frobenius norm: |f| ≤ |f · L| · ‖L⁻¹‖. */
function inverseNorm(lattice: ArrayLike<number>): number {
  const m = (i: number, j: number): number => lattice[3 * (i % 3) + (j % 3)]!;
  let [determinant, squares] = [0, 0];
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      const cofactor = m(i + 1, j + 1) * m(i + 2, j + 2) - m(i + 1, j + 2) * m(i + 2, j + 1);
      if (i === 0) determinant += m(0, j) * cofactor;
      squares += cofactor * cofactor;
    }
  }
  return Math.sqrt(squares) / Math.abs(determinant);
}

/** Every edge by trying every image that could matter, and more: slow, obvious, float64. */
export function bruteForceNeighbors(crystal: Crystal, cutoffAngstrom: number): ReferenceEdge[] {
  const n = crystal.atomicNumbers.length;
  const f = crystal.fracCoords;
  const coords = Array.from(f);
  const spread = Math.max(...coords) - Math.min(...coords);
  const m = Math.ceil(cutoffAngstrom * inverseNorm(crystal.latticeAngstrom) + spread) + 1;
  const edges: ReferenceEdge[] = [];
  for (let target = 0; target < n; target++) {
    for (let source = 0; source < n; source++) {
      for (let a = -m; a <= m; a++) {
        for (let b = -m; b <= m; b++) {
          for (let c = -m; c <= m; c++) {
            if (source === target && a === 0 && b === 0 && c === 0) continue;
            const distance = Math.hypot(
              ...vector(
                crystal,
                f[3 * source]! - f[3 * target]! + a,
                f[3 * source + 1]! - f[3 * target + 1]! + b,
                f[3 * source + 2]! - f[3 * target + 2]! + c,
              ),
            );
            if (distance <= cutoffAngstrom + 1e-8) edges.push({ target, source, image: [a, b, c], distance });
          }
        }
      }
    }
  }
  return edges;
}

/** `target<source:image` of every edge, sorted: two lists are equal exactly when these are. */
export function edgeKeys(list: NeighborList): string[] {
  return Array.from(
    list.source,
    (source, e) => `${list.target[e]}<${source}:${list.image.subarray(3 * e, 3 * e + 3).join(',')}`,
  ).sort();
}

/** The cell repeated na × nb × nc times; copies of site i follow each other. */
export function supercell(crystal: Crystal, na: number, nb: number, nc: number): Crystal {
  const l = crystal.latticeAngstrom;
  const fracCoords: number[] = [];
  const atomicNumbers: number[] = [];
  for (let i = 0; i < crystal.atomicNumbers.length; i++) {
    for (let a = 0; a < na; a++) {
      for (let b = 0; b < nb; b++) {
        for (let c = 0; c < nc; c++) {
          fracCoords.push(
            (crystal.fracCoords[3 * i]! + a) / na,
            (crystal.fracCoords[3 * i + 1]! + b) / nb,
            (crystal.fracCoords[3 * i + 2]! + c) / nc,
          );
          atomicNumbers.push(crystal.atomicNumbers[i]!);
        }
      }
    }
  }
  const repeat = [na, na, na, nb, nb, nb, nc, nc, nc];
  const { occupations } = crystal;
  return {
    latticeAngstrom: repeat.map((times, k) => times * l[k]!),
    fracCoords,
    atomicNumbers,
    ...(occupations
      ? { occupations: ofSpecies(speciesOf(occupations).flatMap((site) => Array(na * nb * nc).fill(site))) }
      : {}),
  };
}

/** Atomic number and occupancy of the species of a site. */
export type SpeciesList = readonly (readonly [z: number, occupancy: number])[];

/** The compressed rows of what stands on each site. */
export function ofSpecies(sites: readonly SpeciesList[]): SiteOccupations {
  const offsets = [0];
  for (const site of sites) offsets.push(offsets.at(-1)! + site.length);
  const flat = sites.flat();
  return {
    offsets,
    atomicNumbers: flat.map(([z]) => z),
    occupancies: flat.map(([, occupancy]) => occupancy),
  };
}

/** What stands on each site. */
export function speciesOf({ offsets, atomicNumbers, occupancies }: SiteOccupations): SpeciesList[] {
  return Array.from({ length: offsets.length - 1 }, (_, site) =>
    Array.from({ length: offsets[site + 1]! - offsets[site]! }, (_entry, k) => {
      const entry = offsets[site]! + k;
      return [atomicNumbers[entry]!, occupancies[entry]!] as const;
    }),
  );
}

const cubic = (a: number): number[] => [a, 0, 0, 0, a, 0, 0, 0, a];
const faceCentred = (a: number): number[] => [0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0];

/** Names of {@link prototypes}. */
export type PrototypeName = 'copper' | 'iron' | 'diamond' | 'rockSalt' | 'perovskite' | 'zinc';

/** Real structures with their experimental lattice constants, primitive cells where there is one. */
export const prototypes: Record<PrototypeName, Crystal> = {
  copper: { latticeAngstrom: faceCentred(3.615), fracCoords: [0, 0, 0], atomicNumbers: [29] },
  iron: { latticeAngstrom: cubic(2.866), fracCoords: [0, 0, 0, 0.5, 0.5, 0.5], atomicNumbers: [26, 26] },
  diamond: {
    latticeAngstrom: faceCentred(3.567),
    fracCoords: [0, 0, 0, 0.25, 0.25, 0.25],
    atomicNumbers: [6, 6],
  },
  rockSalt: {
    latticeAngstrom: faceCentred(5.64),
    fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
    atomicNumbers: [11, 17],
  },
  perovskite: {
    latticeAngstrom: cubic(3.905),
    fracCoords: [0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 0.5, 0, 0.5, 0, 0.5, 0.5],
    atomicNumbers: [38, 22, 8, 8, 8],
  },
  zinc: {
    latticeAngstrom: [2.665, 0, 0, -2.665 / 2, (2.665 * Math.sqrt(3)) / 2, 0, 0, 0, 4.947],
    fracCoords: [1 / 3, 2 / 3, 0.25, 2 / 3, 1 / 3, 0.75],
    atomicNumbers: [30, 30],
  },
};

const component = fc.integer({ min: -600, max: 600 }).map((x) => x / 100);
const coordinate = fc.integer({ min: -1500, max: 1500 }).map((x) => x / 1000);
const site = fc.record({
  frac: fc.tuple(coordinate, coordinate, coordinate),
  atomicNumber: fc.integer({ min: 1, max: 118 }),
});

/**
 * Cells of any skew with a volume of 6 Å³ or more, 1 to `maximumSites` sites anywhere in or out of the cell, at least
 * 0.3 Å apart. Coordinates are short decimals, so equal distances do occur.
 */
export function arbitraryCrystal(maximumSites: number): fc.Arbitrary<Crystal> {
  return fc
    .record({
      lattice: fc.array(component, { minLength: 9, maxLength: 9 }),
      sites: fc.array(site, { minLength: 1, maxLength: maximumSites }),
    })
    .filter(({ lattice }) => inverseNorm(lattice) < 2 && Math.abs(determinant(lattice)) > 6)
    .map(({ lattice, sites }) => ({
      latticeAngstrom: lattice,
      fracCoords: sites.flatMap((s) => s.frac),
      atomicNumbers: sites.map((s) => s.atomicNumber),
    }))
    .filter((crystal) => bruteForceNeighbors(crystal, 0.3).length === 0);
}

function determinant(m: readonly number[]): number {
  const [a, b, c, d, e, f, g, h, i] = m as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}

/** A crystal with one to three species on every site, of occupancies that are often simple fractions, vacancies included. */
export function arbitraryDisordered(maximumSites: number): fc.Arbitrary<Crystal> {
  const share = fc.constantFrom(0.1, 0.2, 0.25, 0.3, 1 / 3);
  const species = fc.tuple(fc.integer({ min: 1, max: 118 }), share);
  const siteSpecies = fc.array(species, { minLength: 1, maxLength: 3 });
  return arbitraryCrystal(maximumSites).chain((crystal) =>
    fc
      .array(siteSpecies, {
        minLength: crystal.atomicNumbers.length,
        maxLength: crystal.atomicNumbers.length,
      })
      .map((sites) => ({
        ...crystal,
        atomicNumbers: sites.map((each) => each[0]![0]),
        occupations: ofSpecies(sites),
      })),
  );
}
