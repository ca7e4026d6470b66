import type { MaterialRecord } from '@bravais/datasets';
import { elementsOf } from './elements-of';

/**
 * What materials are grouped by. `element`: each element that a material holds. `system`: its crystal system. `size`: sites in the cell that the
 * source gives.
 */
export type Grouping = 'element' | 'system' | 'size';

/** Largest numbers of sites of the bins. */
const BIN_ENDS = [2, 4, 8, 16, 32, 64];

/** Groups of each material, none where it has no structure. */
export async function materialGroups(
  by: Grouping,
  records: readonly MaterialRecord[],
  crystalSystemOf: (record: MaterialRecord) => Promise<string>,
): Promise<string[][]> {
  const groups: string[][] = [];
  for (const record of records) {
    if (!record.structure) groups.push([]);
    else if (by === 'element') groups.push(elementsOf(record));
    else if (by === 'size') groups.push([sizeBin(record.structure.atomicNumbers.length)]);
    else groups.push([await crystalSystemOf(record)]);
  }
  return groups;
}

/** `3–4 sites`, `more than 64 sites`. */
export function sizeBin(sites: number): string {
  const place = BIN_ENDS.findIndex((end) => sites <= end);
  if (place < 0) return `more than ${BIN_ENDS.at(-1)} sites`;
  return `${place === 0 ? 1 : BIN_ENDS[place - 1]! + 1}–${BIN_ENDS[place]} sites`;
}
