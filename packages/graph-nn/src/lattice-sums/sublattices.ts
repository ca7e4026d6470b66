import type { CheckedCrystal } from '../graph/crystal';
import { GraphError } from '../graph/graph-error';

/**
 * How the sites of a crystal are put into sublattices: one for each element, one for each site, or by a label of each site.
 *
 * Labels may be any integers; sites that a lattice translation of the crystal maps onto each other must share one, so that
 * the sublattices, as sets of points in space, are the same whatever cell is chosen.
 */
export type Sublattices = 'elements' | 'sites' | ArrayLike<number>;

/** Sublattice numbers of the n sites, 0 … S − 1, ascending with element or label. */
export interface NumberedSublattices {
  readonly sublatticeCount: number;
  readonly sublatticeOf: Int32Array;
}

/** @throws {@link GraphError} LENGTH_MISMATCH, INVALID_OPTION */
export function numberSublattices(
  op: string,
  { atomicNumbers, siteCount }: CheckedCrystal,
  sublattices: Sublattices,
): NumberedSublattices {
  if (sublattices === 'sites') {
    return { sublatticeCount: siteCount, sublatticeOf: Int32Array.from({ length: siteCount }, (_, i) => i) };
  }
  const labels = sublattices === 'elements' ? atomicNumbers : sublattices;
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
  };
}
