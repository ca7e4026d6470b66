import { latticeVolume, planeSpacings } from '../structure/lattice';
import { reduceLattice } from '../structure/reduced-lattice';
import { siteKinds } from '../structure/site-kinds';
import type { Structure } from '../structure/structure';
import { latticeChange, timesMatrix, triple } from '../symmetry/triple';

/**
 * Mean distances to the nearest neighbours, by what stands on the sites: the same for every cell, supercell, origin, orientation and order
 * of sites of one crystal, and continuous in its coordinates.
 */
export interface NeighborFingerprint {
  /** [K] what stands on the sites, sorted: the atomic number, `11`, or several with occupancies, `29:0.750 79:0.250`. */
  readonly kinds: readonly string[];
  /** [K, K, 24] in Å: at (a, b, j) the mean over sites a of the distance to the (j + 1)-th nearest site b. */
  readonly meanDistancesAngstrom: Float64Array;
}

/** Enough to tell fcc from hcp, which differ from the 19th neighbour on. */
const NEIGHBORS = 24;

/** Two images nearer than this (Å) are one site. */
const SAME_SITE_ANGSTROM = 1e-4;

/**
 * Average minimum distances (Widdowson, Mosca, Pulido, Cooper, Kurlin, MATCH Commun. Math. Comput. Chem. 87, 529 (2022)), taken for each
 * pair of kinds of sites apart.
 *
 * Time grows with the square of the number of sites.
 */
export function neighborFingerprint(structure: Structure): NeighborFingerprint {
  const { labels, sites } = labelledSites(structure);
  const cell = reducedCell(structure);
  const count = labels.length;
  const meanDistancesAngstrom = new Float64Array(count * count * NEIGHBORS);
  for (let b = 0; b < count; b++) {
    let radius = expectedRadius(cell.volume / sites[b]!.length);
    for (let a = 0; a < count; a++) {
      const row = meanDistancesAngstrom.subarray(
        (a * count + b) * NEIGHBORS,
        (a * count + b + 1) * NEIGHBORS,
      );
      for (const site of sites[a]!) {
        let distances = distancesWithin(cell, site, sites[b]!, radius);
        while (distances.length < NEIGHBORS) {
          radius *= 1.25;
          distances = distancesWithin(cell, site, sites[b]!, radius);
        }
        distances.sort();
        for (let j = 0; j < NEIGHBORS; j++) row[j]! += distances[j]! / sites[a]!.length;
      }
    }
  }
  return { kinds: labels, meanDistancesAngstrom };
}

/** Largest relative difference of two mean distances, |d − d′| / ((d + d′) / 2); infinite where the sites hold different things. */
export function fingerprintDifference(one: NeighborFingerprint, other: NeighborFingerprint): number {
  if (one.kinds.join() !== other.kinds.join()) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let k = 0; k < one.meanDistancesAngstrom.length; k++) {
    const [d, e] = [one.meanDistancesAngstrom[k]!, other.meanDistancesAngstrom[k]!];
    largest = Math.max(largest, (2 * Math.abs(d - e)) / (d + e));
  }
  return largest;
}

interface Cell {
  readonly latticeAngstrom: Float64Array;
  readonly spacings: readonly number[];
  readonly volume: number;
  /** [n, 3] fractions of the reduced lattice. */
  readonly frac: Float64Array;
}

/** Short vectors need few images. */
function reducedCell({ latticeAngstrom, fracCoords }: Structure): Cell {
  const reduced = reduceLattice(latticeAngstrom).latticeAngstrom;
  const change = latticeChange(latticeAngstrom, reduced);
  const frac = new Float64Array(fracCoords.length);
  for (let site = 0; site < fracCoords.length / 3; site++) {
    frac.set(timesMatrix(triple(fracCoords, site), change), 3 * site);
  }
  return {
    latticeAngstrom: reduced,
    spacings: planeSpacings(reduced),
    volume: latticeVolume(reduced),
    frac,
  };
}

/** Sites of each kind; kinds sorted by what they hold. */
function labelledSites(structure: Structure): { labels: string[]; sites: number[][] } {
  const { kinds, contents } = siteKinds(structure);
  const names = contents.map((of) =>
    of
      .map(({ element, occupancy = 1 }) =>
        occupancy === 1 ? `${element}` : `${element}:${occupancy.toFixed(3)}`,
      )
      .sort()
      .join(' '),
  );
  const labels = [...new Set(names)].sort();
  const sites = labels.map((): number[] => []);
  kinds.forEach((kind, site) => {
    sites[labels.indexOf(names[kind - 1]!)]!.push(site);
  });
  return { labels, sites };
}

/** Radius of a sphere with half as many sites more than are needed, at this volume for each. */
function expectedRadius(volumePerSite: number): number {
  return Math.cbrt((3 * 1.5 * (NEIGHBORS + 1) * volumePerSite) / (4 * Math.PI));
}

/** Distances (Å) from a site to all images of others up to the radius, itself left out. */
function distancesWithin(
  { latticeAngstrom: m, spacings, frac }: Cell,
  from: number,
  to: readonly number[],
  radius: number,
): Float64Array {
  const found: number[] = [];
  const [ra, rb, rc] = spacings.map((spacing) => radius / spacing) as [number, number, number];
  for (const site of to) {
    const [fa, fb, fc] = [0, 1, 2].map((k) => frac[3 * site + k]! - frac[3 * from + k]!) as [
      number,
      number,
      number,
    ];
    for (let a = Math.ceil(-ra - fa); a <= ra - fa; a++) {
      for (let b = Math.ceil(-rb - fb); b <= rb - fb; b++) {
        for (let c = Math.ceil(-rc - fc); c <= rc - fc; c++) {
          const [u, v, w] = [fa + a, fb + b, fc + c];
          const x = u * m[0]! + v * m[3]! + w * m[6]!;
          const y = u * m[1]! + v * m[4]! + w * m[7]!;
          const z = u * m[2]! + v * m[5]! + w * m[8]!;
          const distance = Math.sqrt(x * x + y * y + z * z);
          if (distance <= radius && distance > SAME_SITE_ANGSTROM) found.push(distance);
        }
      }
    }
  }
  return Float64Array.from(found);
}
