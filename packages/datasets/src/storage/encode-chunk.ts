import { relative, sep } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { DataError } from '../data-error';
import { readStructures } from '../formats/node/read-structures';
import { reducedFormula } from '../structure/composition';
import { encodeArrays, type ViewColumn } from './array-shard';
import type { RecordTransform } from './derive-steps';
import type { RefusedRecord, StoredRecord } from './stored-record';
import { type TableChunk, tableOf } from './table-columns';
import { formOfView, sameForm, type ViewForm } from './view-form';

/** Work of one chunk: records, beside those refused before, or structure files of which each structure becomes a record. */
export type ChunkTask =
  | { readonly records: readonly StoredRecord[]; readonly refused: readonly RefusedRecord[] }
  | { readonly files: readonly string[]; readonly root: string };

/** What a chunk becomes, ready to be written. */
export interface EncodedChunk {
  /** {@link TableChunk}, serialized. */
  readonly table: Uint8Array;
  readonly arrays: Uint8Array | null;
  readonly ids: readonly string[];
  readonly splits: readonly string[];
  readonly structures: number;
  readonly disordered: number;
  readonly views: Readonly<Record<string, { readonly form: ViewForm; readonly count: number }>>;
  readonly refused: readonly RefusedRecord[];
}

/** Bytes of one file of arrays; larger ones could not be read in one piece. */
const MAX_ARRAY_BYTES = 2 ** 30;
const MAX_WORD = 200;

/**
 * Reads, transforms and encodes the records of a chunk. A record with a typed error of its own is refused, others are thrown.
 *
 * @throws DataError `DATA_INVALID` where views of two records differ in form, `DATA_TOO_LARGE`
 */
export async function encodeChunk(
  task: ChunkTask,
  transforms: readonly RecordTransform[],
): Promise<EncodedChunk> {
  const refused: RefusedRecord[] = 'refused' in task ? [...task.refused] : [];
  const given = 'records' in task ? task.records : await recordsOfFiles(task, refused);
  const records: StoredRecord[] = [];
  for (const record of given) {
    const kept = await orRefused(record.id, refused, async () => {
      let current = record;
      for (const transform of transforms) current = await transform(current);
      return checkedRecord(current);
    });
    if (kept !== undefined) records.push(kept);
  }
  const columns = viewColumns(records);
  const texts = records.map((): Record<string, string> => ({}));
  for (const [name, { form, rows, values }] of columns) {
    if (form.kind !== 'text') continue;
    rows.forEach((row, k) => {
      texts[row]![name] = values[k] as string;
    });
  }
  const arrays = encodeArrays(columns);
  if (arrays !== null && arrays.length > MAX_ARRAY_BYTES) {
    throw new DataError(
      'DATA_TOO_LARGE',
      `records from ${records[0]?.id} on`,
      `arrays of at most ${MAX_ARRAY_BYTES} bytes a chunk expected, got ${arrays.length}. Lower rowsPerChunk.`,
    );
  }
  return {
    table: serialize(tableOf(records, texts)),
    arrays,
    ids: records.map(({ id }) => id),
    splits: records.map(({ split }) => split),
    structures: records.filter(({ structure }) => structure !== undefined).length,
    disordered: records.filter(({ structure }) => structure !== undefined && structure.occupations !== null)
      .length,
    views: Object.fromEntries(
      [...columns].map(([name, { form, rows }]) => [name, { form, count: rows.length }]),
    ),
    refused,
  };
}

/** The table of an encoded chunk. */
export function tableOfBytes(bytes: Uint8Array): TableChunk {
  return deserialize(bytes) as TableChunk;
}

function viewColumns(records: readonly StoredRecord[]): Map<string, ViewColumn> {
  const columns = new Map<string, ViewColumn>();
  records.forEach(({ id, views }, row) => {
    for (const [name, value] of Object.entries(views)) {
      if (value === undefined) continue;
      const where = `record ${id}, view ${name}`;
      const known = columns.get(name);
      const form = sameForm(known?.form, formOfView(name, value, where), where);
      if (known === undefined) columns.set(name, { form, rows: [row], values: [value] });
      else {
        known.rows.push(row);
        known.values.push(value);
      }
    }
  });
  return new Map([...columns].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @throws DataError `DATA_INVALID` */
function checkedRecord(record: StoredRecord): StoredRecord {
  const { id, scalars, labels = {} } = record;
  const invalid = (expected: string, got: unknown): DataError =>
    new DataError(
      'DATA_INVALID',
      `record ${String(id).slice(0, MAX_WORD)}`,
      `${expected} expected, got ${(JSON.stringify(got) ?? 'nothing').slice(0, 60)}. Correct or leave out the record.`,
    );
  if (typeof id !== 'string' || id === '') throw invalid('an id', id);
  for (const [name, value] of Object.entries(scalars)) {
    if (name === '' || name.length > MAX_WORD) throw invalid('names of scalars', name);
    if (typeof value !== 'number') throw invalid(`a number in scalar ${name}`, value);
  }
  for (const [name, value] of Object.entries(labels)) {
    if (name === '' || name.length > MAX_WORD) throw invalid('names of labels', name);
    if (typeof value !== 'string') throw invalid(`a word in label ${name}`, value);
  }
  for (const [view, value] of Object.entries(record.views)) checkFinite(value, `record ${id}, view ${view}`);
  return record;
}

/** Numbers that are none would turn every weight of a model into one. @throws DataError `DATA_INVALID` */
function checkFinite(value: unknown, where: string): void {
  const parts: unknown[] =
    value instanceof Float32Array ? [value] : typeof value === 'object' ? Object.values(value ?? {}) : [];
  for (const part of parts) {
    if (!(part instanceof Float32Array)) continue;
    const at = part.findIndex((number) => !Number.isFinite(number));
    if (at === -1) continue;
    throw new DataError(
      'DATA_INVALID',
      where,
      `finite numbers expected, got ${part[at]} at ${at}. Repair the view, or leave it out.`,
    );
  }
}

/** Each structure of the files; ids are paths below the root, with `#2` … where a file holds several. Split: `train`. */
async function recordsOfFiles(
  { files, root }: { readonly files: readonly string[]; readonly root: string },
  refused: RefusedRecord[],
): Promise<StoredRecord[]> {
  const found: StoredRecord[] = [];
  for (const file of files) {
    const name = relative(root, file).split(sep).join('/');
    const read = await orRefused(name, refused, () => readStructures(file));
    read?.structures.forEach(({ structure }, place) => {
      found.push({
        id: place === 0 ? name : `${name}#${place + 1}`,
        formula: reducedFormula(structure),
        structure,
        split: 'train',
        views: {},
        scalars: {},
      });
    });
  }
  return found;
}

/** What `work` gives; a typed error about the record alone is kept, any other is thrown on. */
async function orRefused<T>(
  id: string,
  refused: RefusedRecord[],
  work: () => Promise<T> | T,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const typed =
      error instanceof Error && 'code' in error && /^(Data|Format|Structure|Symmetry)Error$/.test(error.name);
    if (!typed) throw error;
    refused.push({ id, code: String(error.code), message: error.message });
    return undefined;
  }
}
