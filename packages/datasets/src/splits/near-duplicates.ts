import { fingerprintDifference, type NeighborFingerprint, neighborFingerprint } from './neighbor-fingerprint';
import type { SplitRecord } from './split-record';

/** Two structures in different parts that are nearly the same. */
export interface NearDuplicate {
  readonly formula: string;
  readonly ids: readonly [string, string];
  readonly parts: readonly [string, string];
  /** Largest relative difference of a mean neighbour distance. */
  readonly difference: number;
}

interface Candidate {
  readonly id: string;
  readonly part: string;
  readonly fingerprint: NeighborFingerprint;
}

/** Near-duplicates among the records of one formula, pairs that were compared, and records that could not be. */
export function nearDuplicatesOf(
  formula: string,
  holders: ReadonlyMap<string, readonly SplitRecord[]>,
  { tolerance, maxSites }: { readonly tolerance: number; readonly maxSites: number },
): { found: NearDuplicate[]; pairs: number; left: number } {
  const candidates: Candidate[] = [];
  let left = 0;
  for (const [part, records] of holders) {
    for (const { id, structure } of records) {
      if (structure === undefined || structure.atomicNumbers.length > maxSites) left++;
      else candidates.push({ id, part, fingerprint: neighborFingerprint(structure) });
    }
  }
  const found: NearDuplicate[] = [];
  let pairs = 0;
  for (const [place, one] of candidates.entries()) {
    for (const other of candidates.slice(place + 1)) {
      if (one.part === other.part) continue;
      pairs++;
      const difference = fingerprintDifference(one.fingerprint, other.fingerprint);
      if (difference <= tolerance) {
        found.push({ formula, ids: [one.id, other.id], parts: [one.part, other.part], difference });
      }
    }
  }
  return { found, pairs, left };
}
