import { DataError } from '../data-error';
import type { DatasetChunk, DatasetFile, DatasetManifest, DatasetOrigin } from './dataset-manifest';
import { type EncodedChunk, tableOfBytes } from './encode-chunk';
import type { RefusedRecord } from './stored-record';
import { PREFIXES } from './table-columns';
import { sameForm, type ViewForm } from './view-form';

/** Refusals that the manifest spells out. */
const LISTED_REFUSALS = 100;

interface ChunkFacts extends DatasetChunk {
  readonly refusedCount: number;
  readonly refused: readonly RefusedRecord[];
}

/** Counts and names of the chunks of a data set, which may come in any order. Memory grows with the ids and the chunks. */
export class DatasetTally {
  readonly #chunks = new Map<number, ChunkFacts>();
  readonly #ids = new Set<string>();
  readonly #forms = new Map<string, ViewForm>();
  readonly #viewCounts = new Map<string, number>();
  readonly #splits = new Map<string, number>([
    ['train', 0],
    ['val', 0],
    ['test', 0],
  ]);
  readonly #columns = new Set<string>();
  #structures = 0;
  #disordered = 0;

  /** @throws DataError `DATA_INVALID` for an id that is there already, or a view of another form */
  add(place: number, chunk: EncodedChunk, arrays: DatasetFile | undefined): void {
    for (const id of chunk.ids) {
      if (this.#ids.has(id)) {
        throw new DataError(
          'DATA_INVALID',
          `record ${id}`,
          'each id once expected, got this one twice. Leave one of the two records out.',
        );
      }
      this.#ids.add(id);
    }
    for (const [name, { form, count }] of Object.entries(chunk.views)) {
      const where = `records from ${chunk.ids[0]} on, view ${name}`;
      this.#forms.set(name, sameForm(this.#forms.get(name), form, where));
      this.#viewCounts.set(name, (this.#viewCounts.get(name) ?? 0) + count);
    }
    for (const split of chunk.splits) this.#splits.set(split, (this.#splits.get(split) ?? 0) + 1);
    for (const name of Object.keys(tableOfBytes(chunk.table).columns)) this.#columns.add(name);
    this.#structures += chunk.structures;
    this.#disordered += chunk.disordered;
    this.#chunks.set(place, {
      rows: chunk.ids.length,
      ...(arrays === undefined ? {} : { arrays }),
      refusedCount: chunk.refused.length,
      refused: chunk.refused.slice(0, LISTED_REFUSALS),
    });
  }

  /** Places of the chunks in their order. */
  places(): number[] {
    return [...this.#chunks.keys()].sort((a, b) => a - b);
  }

  /** Sorted names of scalars, labels and views that are words. */
  names(): Readonly<Record<keyof typeof PREFIXES, readonly string[]>> {
    const after = (prefix: string): string[] =>
      [...this.#columns]
        .filter((column) => column.startsWith(prefix))
        .map((column) => column.slice(prefix.length))
        .sort();
    return {
      scalars: after(PREFIXES.scalars),
      labels: after(PREFIXES.labels),
      texts: after(PREFIXES.texts),
    };
  }

  manifest(origin: DatasetOrigin, table: DatasetFile): DatasetManifest {
    const chunks = this.places().map((place) => this.#chunks.get(place)!);
    const views = [...this.#forms].sort(([a], [b]) => (a < b ? -1 : 1));
    const { scalars, labels } = this.names();
    return {
      schema: 1,
      ...origin,
      counts: {
        records: this.#ids.size,
        structures: this.#structures,
        disordered: this.#disordered,
        splits: Object.fromEntries(this.#splits),
        views: Object.fromEntries(views.map(([name]) => [name, this.#viewCounts.get(name) ?? 0])),
      },
      views: Object.fromEntries(views),
      scalars,
      labels,
      table,
      chunks: chunks.map(({ rows, arrays }) => ({ rows, ...(arrays === undefined ? {} : { arrays }) })),
      refused: {
        count: chunks.reduce((sum, { refusedCount }) => sum + refusedCount, 0),
        first: chunks.flatMap(({ refused }) => refused).slice(0, LISTED_REFUSALS),
      },
    };
  }
}
