import type { CheckedCrystal } from '../graph/crystal';
import { GraphError } from '../graph/graph-error';
import type { CheckedOccupations } from '../graph/site-occupations';

/** Shares this close to each other, and sums this close to 1, are the same but for rounding. */
const ROUND_OFF = 1e-8;

/**
 * How the sites of a crystal are put into sublattices: one for each element, one for each site, or by a label of each site. A site that
 * several elements share belongs to the most abundant of them, the lightest of equally abundant ones.
 *
 * Labels may be any integers; sites that a lattice translation of the crystal maps onto each other must share one, so that
 * the sublattices, as sets of points in space, are the same whatever cell is chosen.
 */
export type Sublattices = 'elements' | 'sites' | ArrayLike<number>;

/** Sublattice numbers of the n sites, 0 … S − 1, ascending with element or label. */
export interface NumberedSublattices {
  readonly sublatticeCount: number;
  readonly sublatticeOf: Int32Array;
  /** n; how much of each site is filled, 1 where nothing is vacant. */
  readonly filling: Float64Array;
}

/** @throws {@link GraphError} LENGTH_MISMATCH, INVALID_OPTION */
export function numberSublattices(
  op: string,
  { atomicNumbers, occupations, siteCount }: CheckedCrystal,
  sublattices: Sublattices,
): NumberedSublattices {
  const filling = fillingOf(siteCount, occupations);
  if (sublattices === 'sites') {
    const sublatticeOf = Int32Array.from({ length: siteCount }, (_, i) => i);
    return { sublatticeCount: siteCount, sublatticeOf, filling };
  }
  const elements = occupations ? mostAbundant(occupations) : atomicNumbers;
  const labels = sublattices === 'elements' ? elements : sublattices;
  if (labels.length !== siteCount) {
    throw new GraphError(
      'LENGTH_MISMATCH',
      `${op}: sublattices must hold a label for each of ${siteCount} sites, got ${labels.length}. Give one integer a site.`,
    );
  }
  const given = Array.from(labels);
  const wrong = given.findIndex((label) => !Number.isSafeInteger(label));
  if (wrong >= 0) {
    throw new GraphError(
      'INVALID_OPTION',
      `${op}: sublattices[${wrong}] must be an integer, got ${given[wrong]}. Give one integer a site, or 'elements' or 'sites'.`,
    );
  }
  const distinct = [...new Set(given)].sort((a, b) => a - b);
  const numberOf = new Map(distinct.map((label, number) => [label, number]));
  return {
    sublatticeCount: distinct.length,
    sublatticeOf: Int32Array.from(given, (label) => numberOf.get(label)!),
    filling,
  };
}

function fillingOf(siteCount: number, occupations: CheckedOccupations | null): Float64Array {
  const filling = new Float64Array(siteCount).fill(1);
  if (!occupations) return filling;
  const { offsets, occupancies } = occupations;
  return filling.map((_, site) => {
    const total = occupancies
      .subarray(offsets[site]!, offsets[site + 1]!)
      .reduce((sum, share) => sum + share, 0);
    return Math.abs(total - 1) < ROUND_OFF ? 1 : total;
  });
}

function mostAbundant({ offsets, atomicNumbers, occupancies }: CheckedOccupations): Uint8Array {
  return Uint8Array.from({ length: offsets.length - 1 }, (_, site) => {
    let most = offsets[site]!;
    for (let k = most + 1; k < offsets[site + 1]!; k++) {
      if (occupancies[k]! > occupancies[most]! + ROUND_OFF) most = k;
    }
    return atomicNumbers[most]!;
  });
}
