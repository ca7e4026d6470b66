import { type NearDuplicate, nearDuplicatesOf } from './near-duplicates';
import { formulaOf, type SplitRecord } from './split-record';

/** Options of {@link leakageReport}. */
export interface LeakageOptions {
  /** Structures whose mean neighbour distances all agree within this share are near-duplicates; 0.03 by default. */
  readonly tolerance?: number;
  /** Structures with more sites are not compared; 1,000 by default. */
  readonly maxSites?: number;
}

/** Reduced formulas that two parts share. */
export interface SharedFormulas {
  readonly parts: readonly [string, string];
  readonly formulas: number;
  /** Records of these formulas in the one part and in the other. */
  readonly records: readonly [number, number];
  /** The first few in alphabetic order. */
  readonly examples: readonly string[];
}

/** An id that stands more than once. */
export interface RepeatedId {
  readonly id: string;
  /** Part of each record of this id. */
  readonly parts: readonly string[];
}

/** What two or more parts of a data set have in common. */
export interface LeakageReport {
  /** Records in each part. */
  readonly counts: Readonly<Record<string, number>>;
  readonly repeatedIds: readonly RepeatedId[];
  readonly sharedFormulas: readonly SharedFormulas[];
  /** Pairs from different parts, nearest first. */
  readonly nearDuplicates: readonly NearDuplicate[];
  readonly tolerance: number;
  /** Pairs of structures of one reduced formula in different parts that were compared. */
  readonly comparedPairs: number;
  /** Records of a shared formula that were not compared: without a structure, or with too many sites. */
  readonly notCompared: number;
}

const EXAMPLES = 5;

/**
 * What leaks from one part of a data set into another: the same ids, the same reduced formulas, nearly the same structures.
 *
 * Structures are compared inside one reduced formula by {@link neighborFingerprint}, which does not depend on the cell, a supercell or the
 * setting. A pair counts where every mean distance agrees within the tolerance; mirror images count, and stackings that first differ
 * past the 24th neighbour do, too.
 *
 * @param parts records of each part by its name
 * @example
 * ```ts
 * const report = leakageReport(partsOf(records));
 * console.log(leakageText(report));
 * ```
 */
export function leakageReport(
  parts: ReadonlyMap<string, readonly SplitRecord[]>,
  { tolerance = 0.03, maxSites = 1000 }: LeakageOptions = {},
): LeakageReport {
  const names = [...parts.keys()];
  const byFormula = new Map<string, Map<string, SplitRecord[]>>();
  for (const [part, records] of parts) {
    for (const record of records) {
      const formula = formulaOf(record);
      if (formula === '') continue;
      const holders = byFormula.get(formula) ?? new Map<string, SplitRecord[]>();
      const held = holders.get(part);
      if (held === undefined) byFormula.set(formula, holders.set(part, [record]));
      else held.push(record);
    }
  }
  const shared = [...byFormula]
    .filter(([, holders]) => holders.size > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const pairs = names.flatMap((one, k) => names.slice(k + 1).map((other) => [one, other] as const));
  const compared = shared.map(([formula, holders]) =>
    nearDuplicatesOf(formula, holders, { tolerance, maxSites }),
  );
  return {
    counts: Object.fromEntries([...parts].map(([name, { length }]) => [name, length])),
    repeatedIds: repeatedIds(parts),
    sharedFormulas: pairs.map((pair) => sharedFormulas(pair, shared)).filter(({ formulas }) => formulas > 0),
    nearDuplicates: compared
      .flatMap(({ found }) => found)
      .sort((a, b) => a.difference - b.difference || (a.ids.join() < b.ids.join() ? -1 : 1)),
    tolerance,
    comparedPairs: compared.reduce((sum, { pairs: count }) => sum + count, 0),
    notCompared: compared.reduce((sum, { left }) => sum + left, 0),
  };
}

/** Records by their own split. */
export function partsOf<R extends SplitRecord & { readonly split: string }>(
  records: Iterable<R>,
): Map<string, R[]> {
  const parts = new Map<string, R[]>();
  for (const record of records) {
    const part = parts.get(record.split);
    if (part === undefined) parts.set(record.split, [record]);
    else part.push(record);
  }
  return parts;
}

function sharedFormulas(
  parts: readonly [string, string],
  shared: readonly (readonly [string, ReadonlyMap<string, readonly SplitRecord[]>])[],
): SharedFormulas {
  const both = shared.filter(([, holders]) => parts.every((part) => holders.has(part)));
  const recordsIn = (part: string): number =>
    both.reduce((sum, [, holders]) => sum + holders.get(part)!.length, 0);
  return {
    parts,
    formulas: both.length,
    records: [recordsIn(parts[0]), recordsIn(parts[1])],
    examples: both.slice(0, EXAMPLES).map(([formula]) => formula),
  };
}

function repeatedIds(parts: ReadonlyMap<string, readonly SplitRecord[]>): RepeatedId[] {
  const holders = new Map<string, string[]>();
  for (const [part, records] of parts) {
    for (const { id } of records) {
      const found = holders.get(id);
      if (found === undefined) holders.set(id, [part]);
      else found.push(part);
    }
  }
  return [...holders].filter(([, found]) => found.length > 1).map(([id, found]) => ({ id, parts: found }));
}
