import { type LeakageOptions, type LeakageReport, leakageReport } from './leakage-report';
import { SplitError } from './split-error';
import type { SplitRecord } from './split-record';
import { type DataSplit, idsDigest } from './split-value';

/** Records in their parts, and what leaks between these. */
export interface AppliedSplit<R> {
  /** In the order of the records; every part of the split is there. */
  readonly parts: ReadonlyMap<string, readonly R[]>;
  readonly leakage: LeakageReport;
}

/**
 * The records of each part of a split, never without the leakage report.
 *
 * @throws SplitError `SPLIT_MISMATCH` where the split was made of other records
 * @example
 * ```ts
 * const { parts, leakage } = await applySplit(records, split);
 * console.log(leakageText(leakage));
 * const train = parts.get('train')!;
 * ```
 */
export async function applySplit<R extends SplitRecord>(
  records: readonly R[],
  split: DataSplit,
  options: LeakageOptions = {},
): Promise<AppliedSplit<R>> {
  const found = await idsDigest(records.map(({ id }) => id));
  if (found !== split.idsSha256) {
    throw new SplitError(
      'SPLIT_MISMATCH',
      `split: ${split.count} records whose ids have SHA-256 ${split.idsSha256.slice(0, 12)}… expected, got ${records.length} with ${found.slice(0, 12)}…. Use the data that the split was made of, or make a new one.`,
    );
  }
  const partOf = new Map(
    Object.entries(split.parts).flatMap(([part, ids]) => ids.map((id) => [id, part] as const)),
  );
  const parts = new Map(Object.keys(split.parts).map((part) => [part, [] as R[]]));
  for (const record of records) parts.get(partOf.get(record.id)!)!.push(record);
  return { parts, leakage: leakageReport(parts, options) };
}
