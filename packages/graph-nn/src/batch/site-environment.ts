import type { CrystalGraph } from './crystal-graph';

/** Relative radii at which neighbours are counted: within a split shell, past the second shell of bcc, past that of fcc. */
export const coordinationRadii: readonly number[] = [1.1, 1.25, 1.5];
/** Width of the step at a relative radius, so that a count is continuous in the distances. */
const coordinationWidth = 0.02;

/** Numbers of one site that depend on nothing but its edges; n values each. */
export interface SiteEnvironments {
  /** Å. */
  readonly nearestDistance: Float64Array;
  /** Mean length of the edges into the site, Å. */
  readonly meanDistance: Float64Array;
  /** Hoppe's effective coordination number. */
  readonly effectiveCoordination: Float64Array;
  /** Share of the effective coordination that goes to the site's own element; by chance where sites are shared. */
  readonly likeFraction: Float64Array;
  /** One array for each of {@link coordinationRadii}: Σ 1 / (1 + exp((d / d_nearest − radius) / 0.02)). */
  readonly coordination: readonly Float64Array[];
}

/** exp(1 − (d / d₀)⁶), Hoppe's weight of a bond. */
function hoppeWeight(distance: number, reference: number): number {
  return Math.exp(1 - (distance / reference) ** 6);
}

/**
 * Measures the surroundings of every site.
 *
 * Effective coordination after R. Hoppe, Z. Kristallogr. 150, 23 (1979): with d̄ the mean of d weighted by
 * exp(1 − (d / d_nearest)⁶), ECoN = Σ exp(1 − (d / d̄)⁶).
 */
export function siteEnvironments(graph: CrystalGraph): SiteEnvironments {
  const { atomicNumbers, edgeSource, edgeDistance, targetOffsets } = graph;
  const likeness = likenessOf(graph);
  const n = atomicNumbers.length;
  const result = {
    nearestDistance: new Float64Array(n),
    meanDistance: new Float64Array(n),
    effectiveCoordination: new Float64Array(n),
    likeFraction: new Float64Array(n),
    coordination: coordinationRadii.map(() => new Float64Array(n)),
  };
  for (let i = 0; i < n; i++) {
    const [start, end] = [targetOffsets[i]!, targetOffsets[i + 1]!];
    const distances = edgeDistance.subarray(start, end);
    const nearest = distances.reduce((least, d) => Math.min(least, d), Number.POSITIVE_INFINITY);
    let [sum, weighted, weights] = [0, 0, 0];
    for (const d of distances) {
      const weight = hoppeWeight(d, nearest);
      sum += d;
      weighted += weight * d;
      weights += weight;
    }
    let [total, like] = [0, 0];
    for (let e = start; e < end; e++) {
      const weight = hoppeWeight(edgeDistance[e]!, weighted / weights);
      total += weight;
      like += weight * likeness(i, edgeSource[e]!);
    }
    result.nearestDistance[i] = nearest;
    result.meanDistance[i] = sum / distances.length;
    result.effectiveCoordination[i] = total;
    result.likeFraction[i] = like / total;
    coordinationRadii.forEach((radius, r) => {
      result.coordination[r]![i] = distances.reduce(
        (count, d) => count + 1 / (1 + Math.exp((d / nearest - radius) / coordinationWidth)),
        0,
      );
    });
  }
  return result;
}

/**
 * Chance that an atom of site i and an atom of site j are of one element, Σ_Z p_i(Z) p_j(Z), p the occupancies by their sum;
 * 1 or 0 between ordered sites.
 */
function likenessOf({ atomicNumbers, occupations }: CrystalGraph): (i: number, j: number) => number {
  if (!occupations) return (i, j) => (atomicNumbers[i] === atomicNumbers[j] ? 1 : 0);
  const { offsets, atomicNumbers: species, occupancies } = occupations;
  const totals = occupanciesOf({ atomicNumbers, occupations });
  return (i, j) => {
    let sum = 0;
    for (let a = offsets[i]!; a < offsets[i + 1]!; a++) {
      for (let b = offsets[j]!; b < offsets[j + 1]!; b++) {
        if (species[a] === species[b]) sum += occupancies[a]! * occupancies[b]!;
      }
    }
    return sum / (totals[i]! * totals[j]!);
  };
}

/** Σ_s o_is: atoms on each site, 1 where none is missing. */
export function occupanciesOf({
  atomicNumbers,
  occupations,
}: Pick<CrystalGraph, 'atomicNumbers' | 'occupations'>): Float64Array {
  if (!occupations) return new Float64Array(atomicNumbers.length).fill(1);
  const { offsets, occupancies } = occupations;
  return Float64Array.from(atomicNumbers, (_, site) =>
    occupancies.subarray(offsets[site]!, offsets[site + 1]!).reduce((sum, share) => sum + share, 0),
  );
}
