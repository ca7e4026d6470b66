import { composition } from '../structure/composition';
import { cutParts, fillParts } from './fill-parts';
import { hashedOrder } from './hashed-order';
import { prototypeOf } from './prototype';
import { SplitError } from './split-error';
import {
  heldOutElements,
  heldOutPrototypes,
  type PartShares,
  partShares,
  type SplitOptions,
} from './split-options';
import { formulaOf, type SplitRecord } from './split-record';
import { type DataSplit, splitValue } from './split-value';

/** What {@link createSplit} needs to know beyond the records themselves. */
export interface SplitSources<R> {
  /** For `time`: a number (year, days), or a text that sorts by time (`2018-06-01`). */
  readonly dateOf?: (record: R) => number | string | undefined;
  /** For `prototype`: where it is known already; by default found from the symmetry of the structure ({@link prototypeOf}). */
  readonly prototypeOf?: (record: R) => string | Promise<string>;
}

/**
 * Splits records into parts; the same records and seed give the same split in whatever order the records come.
 *
 * `random`: record by record. `formula`: no reduced formula in two parts. `element`: records with a held-out element are `test`, the
 * others `train` and `val` by formula. `prototype`: no prototype (anonymous formula, space group, occupied places) in two parts; where
 * some are named, these are `test`. `time`:
 * the oldest are `train`, the newest `test`; records of one date stay together. `folds`: k parts of equal size.
 *
 * @throws SplitError `SPLIT_OPTIONS`, `SPLIT_RECORDS`; SymmetryError of {@link prototypeOf}
 * @example
 * ```ts
 * const split = await createSplit(records, { kind: 'formula', seed: 1, fractions: { train: 0.7, val: 0.1, test: 0.2 } });
 * split.parts.test; // ids
 * ```
 */
export async function createSplit<R extends SplitRecord>(
  records: readonly R[],
  options: SplitOptions,
  sources: SplitSources<R> = {},
): Promise<DataSplit> {
  const shares = partShares(options);
  requireUniqueIds(records);
  return splitValue(options, await partsOf(records, options, shares, sources));
}

async function partsOf<R extends SplitRecord>(
  records: readonly R[],
  options: SplitOptions,
  shares: PartShares,
  { dateOf, prototypeOf: knownPrototype = ofStructure }: SplitSources<R>,
): Promise<Map<string, string[]>> {
  const { seed = 0 } = options;
  const byGroup = (of: readonly R[], groups: readonly string[], wanted = shares): Map<string, string[]> =>
    fillParts(groupsInOrder(of, groups, hashedOrder(groups, seed)), wanted);
  const idsOf = (of: readonly R[]): string[] => of.map(({ id }) => id);
  const heldOut = (
    rows: readonly { readonly record: R; readonly group: string; readonly held: boolean }[],
  ): Map<string, string[]> => {
    const rest = rows.filter(({ held }) => !held);
    const [records, groups] = [rest.map(({ record }) => record), rest.map(({ group }) => group)];
    const { train = 0, val = 0 } = Object.fromEntries(shares);
    const wanted = new Map([
      ['train', train + val > 0 ? train / (train + val) : 1],
      ['val', train + val > 0 ? val / (train + val) : 0],
    ]);
    const test = rows.flatMap(({ record, held }) => (held ? [record] : []));
    return byGroup(records, groups, wanted).set('test', idsOf(test));
  };
  switch (options.kind) {
    case 'random':
      return byGroup(records, idsOf(records));
    case 'formula':
      return byGroup(records, records.map(formulaOf));
    case 'folds':
      return byGroup(records, options.groupBy === 'formula' ? records.map(formulaOf) : idsOf(records));
    case 'prototype': {
      const prototypes: string[] = [];
      for (const record of records) prototypes.push(await knownPrototype(record));
      if (options.prototypes === undefined) return byGroup(records, prototypes);
      const held = heldOutPrototypes(options.prototypes, prototypes);
      return heldOut(
        records.map((record, row) => ({ record, group: prototypes[row]!, held: held.has(prototypes[row]!) })),
      );
    }
    case 'element': {
      const held = heldOutElements(options.elements);
      return heldOut(
        records.map((record) => ({ record, group: formulaOf(record), held: holds(record, held) })),
      );
    }
    case 'time':
      return byTime(records, shares, dateOf);
  }
}

/** Ids of each group, in the given order of groups; sorted inside. */
function groupsInOrder(
  records: readonly SplitRecord[],
  groups: readonly string[],
  order: readonly string[],
): string[][] {
  const members = new Map(order.map((group) => [group, [] as string[]]));
  records.forEach(({ id }, row) => {
    members.get(groups[row]!)!.push(id);
  });
  return [...members.values()].map((ids) => ids.sort());
}

function byTime<R extends SplitRecord>(
  records: readonly R[],
  shares: PartShares,
  dateOf: ((record: R) => number | string | undefined) | undefined,
): Map<string, string[]> {
  const dated = records.map((record) => ({ id: record.id, date: dateOf?.(record) }));
  const [first] = dated;
  const odd = dated.find(({ date }) => typeof date !== typeof first!.date || !isDate(date));
  if (odd !== undefined) {
    throw new SplitError(
      'SPLIT_RECORDS',
      `createSplit: a date of each record, all numbers or all texts, expected, got ${JSON.stringify(odd.date) ?? 'none'} for ${odd.id}. Give dateOf, or leave such records out.`,
    );
  }
  const dates = dated as { id: string; date: number | string }[];
  dates.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.id < b.id ? -1 : 1));
  const parts = cutParts(
    dates.map(({ id }) => id),
    shares,
  );
  return keepDatesTogether(dates, parts);
}

/** A date that a cut runs through goes to the earlier part, so that nothing in a part is older than what the part before it holds. */
function keepDatesTogether(
  dates: readonly { id: string; date: number | string }[],
  parts: ReadonlyMap<string, readonly string[]>,
): Map<string, string[]> {
  const partOfId = new Map([...parts].flatMap(([name, ids]) => ids.map((id) => [id, name] as const)));
  const kept = new Map([...parts.keys()].map((name) => [name, [] as string[]]));
  let [date, part]: [number | string | undefined, string] = [undefined, ''];
  for (const entry of dates) {
    if (entry.date !== date) [date, part] = [entry.date, partOfId.get(entry.id)!];
    kept.get(part)!.push(entry.id);
  }
  return kept;
}

function isDate(date: unknown): boolean {
  return typeof date === 'string' ? date !== '' : Number.isFinite(date);
}

function holds(record: SplitRecord, symbols: ReadonlySet<string>): boolean {
  const present =
    record.structure === undefined
      ? (record.formula.match(/[A-Z][a-z]?/g) ?? [])
      : composition(record.structure).keys();
  return [...present].some((symbol) => symbols.has(symbol));
}

async function ofStructure({ id, structure }: SplitRecord): Promise<string> {
  if (structure !== undefined) return prototypeOf(structure);
  throw new SplitError(
    'SPLIT_RECORDS',
    `createSplit: a structure of each record expected, got none for ${id}. Give prototypeOf, or leave such records out.`,
  );
}

function requireUniqueIds(records: readonly SplitRecord[]): void {
  if (records.length === 0)
    throw new SplitError('SPLIT_RECORDS', 'createSplit: records expected, got none. Check what was read.');
  const seen = new Set<string>();
  for (const { id } of records) {
    if (seen.has(id)) {
      throw new SplitError(
        'SPLIT_RECORDS',
        `createSplit: each id once expected, got ${id} twice. Leave one of the two records out.`,
      );
    }
    seen.add(id);
  }
}
