import { planeSpacings } from '../structure/lattice';
import type { Structure } from '../structure/structure';

/** A directed pair of atoms, `target` in the cell `image`. */
export interface AtomPair {
  readonly source: number;
  readonly target: number;
  readonly vectorAngstrom: readonly [number, number, number];
  readonly image: readonly [number, number, number];
  readonly distanceAngstrom: number;
}

/**
 * Every directed pair (self-images included) closer than `reachAngstrom(source, target)`, in a fixed order.
 *
 * An image further than r in lattice plane k has |Δ_k + m_k| > r / h_k (h_k plane spacing), which bounds the search.
 */
export function atomPairs(
  structure: Structure,
  reachAngstrom: (source: number, target: number) => number,
): AtomPair[] {
  const { latticeAngstrom: lattice, fracCoords: frac, atomicNumbers } = structure;
  const spacings = planeSpacings(lattice);
  const pairs: AtomPair[] = [];
  for (let source = 0; source < atomicNumbers.length; source++) {
    for (let target = 0; target < atomicNumbers.length; target++) {
      const reach = reachAngstrom(source, target);
      const delta = [0, 1, 2].map((k) => frac[3 * target + k]! - frac[3 * source + k]!) as [
        number,
        number,
        number,
      ];
      const low = delta.map((d, k) => Math.ceil(-reach / spacings[k]! - d)) as [number, number, number];
      const high = delta.map((d, k) => Math.floor(reach / spacings[k]! - d)) as [number, number, number];
      for (let a = low[0]; a <= high[0]; a++) {
        for (let b = low[1]; b <= high[1]; b++) {
          for (let c = low[2]; c <= high[2]; c++) {
            if (source === target && a === 0 && b === 0 && c === 0) continue;
            const [u, v, w] = [delta[0] + a, delta[1] + b, delta[2] + c];
            const x = u * lattice[0]! + v * lattice[3]! + w * lattice[6]!;
            const y = u * lattice[1]! + v * lattice[4]! + w * lattice[7]!;
            const z = u * lattice[2]! + v * lattice[5]! + w * lattice[8]!;
            const distanceAngstrom = Math.hypot(x, y, z);
            if (distanceAngstrom < reach) {
              pairs.push({ source, target, vectorAngstrom: [x, y, z], image: [a, b, c], distanceAngstrom });
            }
          }
        }
      }
    }
  }
  return pairs;
}
