import type { MaterialRecord } from '@bravais/datasets';
import { elementsOf } from './elements-of';

/**
 * What materials are grouped by. `element`: each element that a material holds. `system`: its crystal system. `size`: sites in the cell that the
 * source gives. `novelty`: whether the model flags it as unlike its training crystals.
 */
export type Grouping = 'element' | 'system' | 'size' | 'novelty';

/** What is known of materials beyond their records. */
export interface GroupSources {
  readonly crystalSystemOf: (record: MaterialRecord) => Promise<string>;
  /** By row, whether a material is flagged as novel; `null` where nothing is said of it. Left out: nothing is said of any. */
  readonly flagged?: readonly (boolean | null)[];
}

/** Largest numbers of sites of the bins. */
const BIN_ENDS = [2, 4, 8, 16, 32, 64];

/** Groups of each material in the order of rows, none where it has no structure. */
export async function materialGroups(
  by: Grouping,
  records: readonly MaterialRecord[],
  { crystalSystemOf, flagged = [] }: GroupSources,
): Promise<string[][]> {
  const groups: string[][] = [];
  for (const [row, record] of records.entries()) {
    if (!record.structure) groups.push([]);
    else if (by === 'element') groups.push(elementsOf(record));
    else if (by === 'size') groups.push([sizeBin(record.structure.atomicNumbers.length)]);
    else if (by === 'novelty') groups.push(noveltyGroup(flagged[row] ?? null));
    else groups.push([await crystalSystemOf(record)]);
  }
  return groups;
}

function noveltyGroup(flagged: boolean | null): string[] {
  if (flagged === null) return [];
  return [flagged ? 'flagged as novel' : 'not flagged'];
}

/** `3–4 sites`, `more than 64 sites`. */
export function sizeBin(sites: number): string {
  const place = BIN_ENDS.findIndex((end) => sites <= end);
  if (place < 0) return `more than ${BIN_ENDS.at(-1)} sites`;
  return `${place === 0 ? 1 : BIN_ENDS[place - 1]! + 1}–${BIN_ENDS[place]} sites`;
}
