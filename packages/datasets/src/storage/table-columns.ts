import { DataError } from '../data-error';
import type { Split } from '../material-record';
import { createStructure } from '../structure/create-structure';
import type { Structure } from '../structure/structure';
import type { StoredRecord } from './stored-record';

/** Kinds of columns: text, double, lists of doubles, of 32-bit floats and of 32-bit integers. */
export type ColumnKind = 'text' | 'double' | 'doubles' | 'floats' | 'integers';

/** One value of a column. */
export type Cell = string | number | readonly number[] | null;

/** Columns of some rows by name; a column that is not there is null in every row. */
export interface TableChunk {
  readonly rows: number;
  readonly columns: Readonly<Record<string, readonly Cell[]>>;
}

/** Columns that every table has, in their order. */
export const FIXED_COLUMNS: ReadonlyMap<string, ColumnKind> = new Map([
  ['id', 'text'],
  ['formula', 'text'],
  ['split', 'text'],
  ['lattice', 'doubles'],
  ['atomic_numbers', 'integers'],
  ['frac_coords', 'doubles'],
  ['species_offsets', 'integers'],
  ['species', 'integers'],
  ['occupancies', 'doubles'],
]);

/** Prefixes of the other columns. */
export const PREFIXES: Readonly<Record<'scalars' | 'labels' | 'texts', string>> = {
  scalars: 'scalar_',
  labels: 'label_',
  texts: 'text_',
};

const SPLITS: ReadonlySet<unknown> = new Set<Split>(['train', 'val', 'test']);

/** Kind of a column by its name. */
export function columnKind(name: string): ColumnKind {
  return FIXED_COLUMNS.get(name) ?? (name.startsWith(PREFIXES.scalars) ? 'double' : 'text');
}

/** Rows of a table; `texts` are the views that are words. */
export function tableOf(
  records: readonly StoredRecord[],
  texts: readonly Readonly<Record<string, string>>[],
): TableChunk {
  const columns: Record<string, Cell[]> = {};
  const put = (name: string, row: number, cell: Cell): void => {
    columns[name] ??= new Array<Cell>(records.length).fill(null);
    columns[name][row] = cell;
  };
  records.forEach(({ id, formula, split, structure, scalars, labels = {} }, row) => {
    put('id', row, id);
    put('formula', row, formula);
    put('split', row, split);
    if (structure !== undefined) {
      put('lattice', row, [...structure.latticeAngstrom]);
      put('atomic_numbers', row, [...structure.atomicNumbers]);
      put('frac_coords', row, [...structure.fracCoords]);
      if (structure.occupations !== null) {
        put('species_offsets', row, [...structure.occupations.offsets]);
        put('species', row, [...structure.occupations.atomicNumbers]);
        put('occupancies', row, [...structure.occupations.occupancies]);
      }
    }
    for (const [name, value] of Object.entries(scalars)) put(PREFIXES.scalars + name, row, value);
    for (const [name, value] of Object.entries(labels)) put(PREFIXES.labels + name, row, value);
    for (const [name, value] of Object.entries(texts[row]!)) put(PREFIXES.texts + name, row, value);
  });
  return { rows: records.length, columns };
}

/** A row of a table as a record without its views, checked; `where` names file and row. */
export function recordOfRow(row: Readonly<Record<string, unknown>>, where: string): StoredRecord {
  const { id, formula, split } = row;
  if (typeof id !== 'string' || typeof formula !== 'string' || !SPLITS.has(split)) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `id, formula and a split (train, val, test) expected, got ${JSON.stringify([id, formula, split])?.slice(0, 80)}. Build the data set again.`,
    );
  }
  const structure = structureOfRow(row, where);
  const labels = withPrefix<string>(row, PREFIXES.labels);
  return {
    id,
    formula,
    split: split as Split,
    ...(structure === undefined ? {} : { structure }),
    views: withPrefix<string>(row, PREFIXES.texts),
    scalars: withPrefix<number>(row, PREFIXES.scalars),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
  };
}

function structureOfRow(row: Readonly<Record<string, unknown>>, where: string): Structure | undefined {
  const { lattice, atomic_numbers: atomicNumbers, frac_coords: fracCoords } = row;
  if (isNull(lattice)) return undefined;
  const sites = { latticeAngstrom: lattice as number[], fracCoords: (fracCoords ?? []) as number[] };
  if (isNull(row.species)) {
    return createStructure({ ...sites, atomicNumbers: (atomicNumbers ?? []) as number[] }, where);
  }
  const species = row.species as number[];
  const occupancies = (row.occupancies ?? []) as number[];
  const offsets = (row.species_offsets ?? []) as number[];
  const bounds = offsets.slice(0, -1).map((begin, site) => [begin, offsets[site + 1]!] as const);
  return createStructure(
    {
      ...sites,
      species: bounds.map(([begin, end]) =>
        species
          .slice(begin, end)
          .map((element, k) => ({ element, occupancy: occupancies[begin + k] ?? Number.NaN })),
      ),
    },
    where,
  );
}

/** Cells of the columns with this prefix that are not null, by the rest of their names. */
function withPrefix<T>(row: Readonly<Record<string, unknown>>, prefix: string): Record<string, T> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name, cell]) => name.startsWith(prefix) && !isNull(cell))
      .map(([name, cell]) => [name.slice(prefix.length), cell as T]),
  );
}

/** Readers of Parquet give null or undefined. */
function isNull(cell: unknown): boolean {
  return cell === null || cell === undefined;
}
