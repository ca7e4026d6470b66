import { fractionColumns } from '../model/prepare';

/** `[118]` crystals that hold each element, given the atomic numbers in each. */
export function elementCounts(crystals: Iterable<Iterable<number>>): Int32Array {
  const counts = new Int32Array(fractionColumns);
  for (const crystal of crystals) for (const number of new Set(crystal)) counts[number - 1]!++;
  return counts;
}
