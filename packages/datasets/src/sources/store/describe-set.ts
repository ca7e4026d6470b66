import type { SourceRecord } from '../source-record';

/** Range of numbers. */
export interface NumberRange {
  readonly count: number;
  readonly missing: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/** Counts, ranges and gaps of a set. */
export interface SetDescription {
  readonly records: number;
  readonly distinctIds: number;
  readonly structures: number;
  /** Structures with a shared or partly vacant site. */
  readonly disordered: number;
  /** Sites in a structure; absent where there is no structure. */
  readonly sites?: NumberRange;
  /** Distinct elements in all structures. */
  readonly elements: number;
  readonly scalars: Readonly<Record<string, NumberRange>>;
  readonly texts: Readonly<Record<string, { count: number; missing: number; longest: number }>>;
  readonly arrays: Readonly<Record<string, { count: number; missing: number; shapes: readonly string[] }>>;
}

/** Shapes of one array that are listed. */
const LISTED_SHAPES = 4;

/** Counts of a stream of records; memory grows with the ids only. */
export async function describeSet(records: AsyncIterable<SourceRecord>): Promise<SetDescription> {
  const ids = new Set<string>();
  const elements = new Set<number>();
  const sites = new Range();
  const scalars = new Map<string, Range>();
  const texts = new Map<string, { count: number; longest: number }>();
  const arrays = new Map<string, { count: number; shapes: Set<string> }>();
  let [total, disordered] = [0, 0];
  for await (const record of records) {
    total++;
    ids.add(record.id);
    if (record.structure !== undefined) {
      const { atomicNumbers, occupations } = record.structure;
      sites.add(atomicNumbers.length);
      if (occupations !== null) disordered++;
      for (const z of occupations?.atomicNumbers ?? atomicNumbers) elements.add(z);
    }
    for (const [name, value] of Object.entries(record.scalars)) {
      entry(scalars, name, () => new Range()).add(value);
    }
    for (const [name, text] of Object.entries(record.texts)) {
      const found = entry(texts, name, () => ({ count: 0, longest: 0 }));
      found.count++;
      found.longest = Math.max(found.longest, text.length);
    }
    for (const [name, { shape }] of Object.entries(record.arrays)) {
      const found = entry(arrays, name, () => ({ count: 0, shapes: new Set<string>() }));
      found.count++;
      if (found.shapes.size <= LISTED_SHAPES) found.shapes.add(`[${shape.join(', ')}]`);
    }
  }
  return {
    records: total,
    distinctIds: ids.size,
    structures: sites.count,
    disordered,
    ...(sites.count === 0 ? {} : { sites: sites.of(total) }),
    elements: elements.size,
    scalars: sortedEntries(scalars, (range) => range.of(total)),
    texts: sortedEntries(texts, ({ count, longest }) => ({ count, missing: total - count, longest })),
    arrays: sortedEntries(arrays, ({ count, shapes }) => ({
      count,
      missing: total - count,
      shapes: [...shapes].slice(0, LISTED_SHAPES).concat(shapes.size > LISTED_SHAPES ? ['…'] : []),
    })),
  };
}

class Range {
  count = 0;
  #sum = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    this.count++;
    this.#sum += value;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  of(total: number): NumberRange {
    const { count } = this;
    return { count, missing: total - count, min: this.#min, max: this.#max, mean: this.#sum / count };
  }
}

function entry<T>(map: Map<string, T>, name: string, create: () => T): T {
  const found = map.get(name) ?? create();
  map.set(name, found);
  return found;
}

function sortedEntries<T, U>(map: Map<string, T>, value: (item: T) => U): Readonly<Record<string, U>> {
  const names = [...map.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, value(map.get(name)!)]));
}
