import { elementOf } from '../elements/element';
import { type AtomPair, atomPairs } from '../lattice-dynamics/atom-pairs';
import type { Structure } from '../structure/structure';

/** A pair of atoms that exchange electrons, with the share of its coupling that the cutoff leaves. */
export interface Bond extends AtomPair {
  /** 1 in the shell of nearest neighbours, falling to 0 beyond it. */
  readonly weight: number;
}

/** Couplings are whole up to here, in units of the nearest distance: the second neighbours of bcc (1.155) are in. */
const WHOLE = 1.16;
/** … and gone from here on: the second neighbours of fcc (1.414) hardly count, those of diamond (1.633) do not. */
const GONE = 1.45;
/** Reduced distances looked through; crystals have their nearest neighbours below 1.4. */
const SEARCHED = 2.1;

/**
 * Every directed pair within the shell of nearest neighbours of one of its atoms.
 *
 * Distances are reduced by the sum of covalent radii, x = d / (R_i + R_j). The nearest neighbour of an atom has x_i; the pair's
 * coupling is weighted with w(x / max(x_i, x_j)), w = 1 below 1.16, a half cosine down to 0 at 1.45.
 */
export function bondShell(structure: Structure): Bond[] {
  const radii = Array.from(structure.atomicNumbers, (z) => elementOf(z)!.covalentRadiusAngstrom);
  const pairs = atomPairs(structure, (i, j) => SEARCHED * (radii[i]! + radii[j]!));
  const reduced = pairs.map(
    ({ source, target, distanceAngstrom }) => distanceAngstrom / (radii[source]! + radii[target]!),
  );
  const nearest = new Float64Array(radii.length).fill(Number.POSITIVE_INFINITY);
  pairs.forEach(({ source }, p) => {
    nearest[source] = Math.min(nearest[source]!, reduced[p]!);
  });
  return pairs
    .map((pair, p) => ({
      ...pair,
      weight: shellWeight(reduced[p]! / Math.max(nearest[pair.source]!, nearest[pair.target]!)),
    }))
    .filter(({ weight }) => weight > 0);
}

function shellWeight(x: number): number {
  if (x <= WHOLE) return 1;
  return x >= GONE ? 0 : (1 + Math.cos((Math.PI * (x - WHOLE)) / (GONE - WHOLE))) / 2;
}
