import { elementOf } from '../../elements/element';
import { planeSpacings } from '../../structure/lattice';
import { siteSpecies } from '../../structure/occupations';
import type { Structure } from '../../structure/structure';

/** An atom near a site. */
export interface Neighbour {
  readonly site: number;
  /** Cell of the neighbour. */
  readonly image: readonly [number, number, number];
  readonly vectorAngstrom: readonly [number, number, number];
  readonly distanceAngstrom: number;
}

/** Distances up to this many times the shortest can be bonds: the weight of a longer one is below 1e-3. */
const FARTHEST = 1.5;
const FIRST_REACH_ANGSTROM = 3.2;
/** Partly vacant sites nearer than this share of the sum of covalent radii are places of one atom. */
const SPLIT_SITE = 0.7;
const WEIGHT_OF_A_BOND = 0.5;

/**
 * Bonded neighbours of every site: those of bond weight ½ or more seen from either end.
 *
 * The weight of a distance is Hoppe's, w = exp(1 − (d / d̄)⁶), with d̄ = Σ w d / Σ w found by iteration from the shortest distance (effective
 * coordination numbers: R. Hoppe, Z. Kristallogr. 150, 23 (1979)). It falls steeply, from 1 at d̄ to ½ at 1.09 d̄ and to 0.1 at 1.22 d̄, so that
 * it cuts at the gap behind the nearest neighbours: 8 in caesium chloride and body-centred metals, 12 in close packings.
 */
export function bondedNeighbours(structure: Structure): Neighbour[][] {
  const count = structure.atomicNumbers.length;
  const areAlternatives = alternatives(structure);
  const bonded: Map<string, Neighbour>[] = Array.from({ length: count }, () => new Map());
  for (let site = 0; site < count; site++) {
    const near = nearSites(structure, site, areAlternatives);
    const mean = weightedMean(near.map(({ distanceAngstrom }) => distanceAngstrom));
    for (const neighbour of near) {
      if (weight(neighbour.distanceAngstrom, mean) < WEIGHT_OF_A_BOND) continue;
      const {
        site: other,
        image: [a, b, c],
        vectorAngstrom: [x, y, z],
        distanceAngstrom,
      } = neighbour;
      bonded[site]!.set(`${other} ${a} ${b} ${c}`, neighbour);
      bonded[other]!.set(`${site} ${0 - a} ${0 - b} ${0 - c}`, {
        site,
        image: [0 - a, 0 - b, 0 - c],
        vectorAngstrom: [-x, -y, -z],
        distanceAngstrom,
      });
    }
  }
  return bonded.map((of) => [...of.values()].sort((p, q) => p.distanceAngstrom - q.distanceAngstrom));
}

function weight(distance: number, mean: number): number {
  return Math.exp(1 - (distance / mean) ** 6);
}

function weightedMean(distances: readonly number[]): number {
  let mean = Math.min(...distances);
  for (let round = 0; round < 50; round++) {
    const weights = distances.map((distance) => weight(distance, mean));
    const next =
      weights.reduce((sum, w, i) => sum + w * distances[i]!, 0) / weights.reduce((sum, w) => sum + w, 0);
    const settled = Math.abs(next - mean) < 1e-9 * mean;
    mean = next;
    if (settled) break;
  }
  return mean;
}

/** Whether two sites so far apart are places of one atom. */
function alternatives({ atomicNumbers, occupations }: Structure) {
  const share = Array.from(atomicNumbers, (_, site) =>
    siteSpecies({ atomicNumbers, occupations }, site).reduce((sum, { occupancy }) => sum + occupancy, 0),
  );
  const radius = Array.from(atomicNumbers, (z) => elementOf(z)!.covalentRadiusAngstrom);
  return (i: number, j: number, distance: number): boolean =>
    share[i]! + share[j]! < 1 + 1e-6 && distance < SPLIT_SITE * (radius[i]! + radius[j]!);
}

/** Atoms up to {@link FARTHEST} times as far as the nearest one. */
function nearSites(
  structure: Structure,
  site: number,
  areAlternatives: (i: number, j: number, distance: number) => boolean,
): Neighbour[] {
  for (let reach = FIRST_REACH_ANGSTROM; ; ) {
    const found = sitesWithin(structure, site, reach).filter(
      ({ site: other, distanceAngstrom }) => !areAlternatives(site, other, distanceAngstrom),
    );
    const nearest = Math.min(...found.map(({ distanceAngstrom }) => distanceAngstrom));
    if (FARTHEST * nearest <= reach) {
      return found.filter(({ distanceAngstrom }) => distanceAngstrom <= FARTHEST * nearest);
    }
    reach = Number.isFinite(nearest) ? FARTHEST * nearest * (1 + 1e-9) : 1.5 * reach;
  }
}

/** As an image beyond reach / spacing cells of a lattice plane cannot be near, those within are all looked at. */
function sitesWithin(structure: Structure, source: number, reach: number): Neighbour[] {
  const { latticeAngstrom: lattice, fracCoords: frac, atomicNumbers } = structure;
  const bounds = planeSpacings(lattice).map((spacing) => reach / spacing);
  const found: Neighbour[] = [];
  for (let site = 0; site < atomicNumbers.length; site++) {
    const delta = [0, 1, 2].map((k) => frac[3 * site + k]! - frac[3 * source + k]!);
    const [low, high] = [-1, 1].map((sign) =>
      delta.map((d, k) => (sign < 0 ? Math.ceil(-bounds[k]! - d) : Math.floor(bounds[k]! - d))),
    ) as [number[], number[]];
    for (let a = low[0]!; a <= high[0]!; a++) {
      for (let b = low[1]!; b <= high[1]!; b++) {
        for (let c = low[2]!; c <= high[2]!; c++) {
          if (site === source && a === 0 && b === 0 && c === 0) continue;
          const [u, v, w] = [delta[0]! + a, delta[1]! + b, delta[2]! + c];
          const x = u * lattice[0]! + v * lattice[3]! + w * lattice[6]!;
          const y = u * lattice[1]! + v * lattice[4]! + w * lattice[7]!;
          const z = u * lattice[2]! + v * lattice[5]! + w * lattice[8]!;
          const distanceAngstrom = Math.hypot(x, y, z);
          if (distanceAngstrom > reach) continue;
          found.push({ site, image: [a, b, c], vectorAngstrom: [x, y, z], distanceAngstrom });
        }
      }
    }
  }
  return found;
}
