import type { Crystal } from '../graph';
import { bruteForceNeighbors, type SpeciesList, speciesOf } from '../graph/testing';
import { besselFunction } from '../ops/bessel-expansion/reference';

/**
 * Σ_jk o_j w_n(d_ij) o_k w_n(d_ik) P_l(cos γ_jk) over pairs of neighbours in float64, by site, n and l; w_n the Bessel functions of the
 * default exponent.
 */
export function pairSums(
  crystal: Crystal,
  { channels, cutoffAngstrom: c }: { readonly channels: number; readonly cutoffAngstrom: number },
): number[][][] {
  const { atomicNumbers, fracCoords: f, latticeAngstrom: lattice, occupations } = crystal;
  const total = (site: SpeciesList): number => site.reduce((sum, [, share]) => sum + share, 0);
  const shares = occupations ? speciesOf(occupations).map(total) : Array.from(atomicNumbers, () => 1);
  const neighbors = bruteForceNeighbors(crystal, c).map(({ target, source, image, distance }) => {
    const frac = image.map((n, axis) => n + f[3 * source + axis]! - f[3 * target + axis]!);
    const unit = [0, 1, 2].map(
      (x) => frac.reduce((sum, u, axis) => sum + u * lattice[3 * axis + x]!, 0) / distance,
    );
    return { target, unit, weight: (n: number) => shares[source]! * besselFunction(n, distance / c, 1, 6) };
  });
  return Array.from(atomicNumbers, (_, site) => {
    const mine = neighbors.filter(({ target }) => target === site);
    return Array.from({ length: channels }, (_channel, index) => {
      const sums = [0, 0, 0];
      for (const j of mine) {
        for (const k of mine) {
          const weight = j.weight(index + 1) * k.weight(index + 1);
          const cosine = j.unit.reduce((sum, x, axis) => sum + x * k.unit[axis]!, 0);
          sums[0]! += weight;
          sums[1]! += weight * cosine;
          sums[2]! += (weight * (3 * cosine * cosine - 1)) / 2;
        }
      }
      return sums;
    });
  });
}
