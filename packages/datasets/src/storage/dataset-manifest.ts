import { DataError } from '../data-error';
import type { RefusedRecord } from './stored-record';
import type { ViewForm } from './view-form';

/** Where the records of a data set come from. */
export interface DatasetSource {
  readonly name: string;
  /** Address or path, without secrets. */
  readonly address?: string;
  /** SPDX identifier where there is one. */
  readonly licence?: string;
  /** Works to cite, one each. */
  readonly citations?: readonly string[];
}

/** What the maker of a data set says about it. */
export interface DatasetOrigin {
  /** Short name, for example `oqmd-phonons`. */
  readonly name: string;
  /** One sentence for people. */
  readonly description?: string;
  readonly sources?: readonly DatasetSource[];
  /** How each view was made: grids, cutoffs, seeds; plain JSON by the name of the view. */
  readonly viewOptions?: Readonly<Record<string, unknown>>;
}

/** Size and digest of a file. */
export interface DatasetFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Rows of the table that were written together, and the file with their arrays. */
export interface DatasetChunk {
  readonly rows: number;
  /** Absent where no row has a view of numbers. */
  readonly arrays?: DatasetFile;
}

/** `dataset.json`: what the folder holds. */
export interface DatasetManifest extends DatasetOrigin {
  readonly schema: 1;
  readonly counts: {
    readonly records: number;
    readonly structures: number;
    /** Structures with a shared or partly vacant site. */
    readonly disordered: number;
    readonly splits: Readonly<Record<string, number>>;
    /** Records that have the view. */
    readonly views: Readonly<Record<string, number>>;
  };
  readonly views: Readonly<Record<string, ViewForm>>;
  /** Names of all scalars and labels, sorted. */
  readonly scalars: readonly string[];
  readonly labels: readonly string[];
  readonly table: DatasetFile;
  readonly chunks: readonly DatasetChunk[];
  readonly refused: { readonly count: number; readonly first: readonly RefusedRecord[] };
}

/** Names of the files that every data set has. */
export const MANIFEST_FILE = 'dataset.json';
export const TABLE_FILE = 'records.parquet';
export const CARD_FILE = 'README.md';

/** Name of the arrays of a chunk. */
export function arraysFile(chunk: number): string {
  return `arrays-${String(chunk).padStart(5, '0')}.safetensors`;
}

/**
 * The manifest in the text of `dataset.json`, checked.
 *
 * @throws DataError `DATA_INVALID`, `DATA_UNSUPPORTED` (a later schema)
 */
export function parseManifest(text: string, where: string): DatasetManifest {
  const invalid = (expected: string, value: unknown, cause?: unknown): DataError =>
    new DataError(
      'DATA_INVALID',
      where,
      `${expected} expected, got ${excerpt(value)}. Build the data set again, or copy it again.`,
      { cause },
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid('the manifest of a data set in JSON', text, cause);
  }
  if (!isObject(value)) throw invalid('the manifest of a data set', value);
  if (value.schema !== 1) {
    throw new DataError(
      'DATA_UNSUPPORTED',
      where,
      `schema 1 expected, got ${excerpt(value.schema)}. Use the version that wrote the data set.`,
    );
  }
  const { name, counts, views, scalars, labels, table, chunks, refused } = value;
  if (typeof name !== 'string') throw invalid('a name', name);
  if (!isObject(counts) || !isCount(counts.records)) throw invalid('counts.records', counts);
  if (!isObject(views)) throw invalid('views', views);
  for (const [view, form] of Object.entries(views))
    if (!isForm(form)) throw invalid(`a form of view ${view}`, form);
  if (!isWords(scalars)) throw invalid('names of scalars', scalars);
  if (!isWords(labels)) throw invalid('names of labels', labels);
  if (!isFile(table, TABLE_FILE)) throw invalid(`size and digest of ${TABLE_FILE}`, table);
  if (!Array.isArray(chunks)) throw invalid('a list of chunks', chunks);
  chunks.forEach((chunk: unknown, place) => {
    const sound =
      isObject(chunk) &&
      isCount(chunk.rows) &&
      (chunk.arrays === undefined || isFile(chunk.arrays, arraysFile(place)));
    if (!sound) throw invalid(`rows, and arrays in ${arraysFile(place)}, of chunk ${place}`, chunk);
  });
  const rows = (chunks as DatasetChunk[]).reduce((sum, chunk) => sum + chunk.rows, 0);
  if (rows !== counts.records) throw invalid(`chunks of ${counts.records} rows in all`, rows);
  if (!isObject(refused) || !isCount(refused.count)) throw invalid('refused records', refused);
  return value as unknown as DatasetManifest;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}

/** Names are fixed, so none leads out of the folder. */
function isFile(value: unknown, name: string): value is DatasetFile {
  return (
    isObject(value) &&
    value.name === name &&
    isCount(value.bytes) &&
    typeof value.sha256 === 'string' &&
    /^[0-9a-f]{64}$/.test(value.sha256)
  );
}

function isForm(value: unknown): value is ViewForm {
  if (!isObject(value)) return false;
  if (value.kind === 'text') return true;
  if (value.kind === 'array') return isCount(value.length);
  return (
    value.kind === 'parts' &&
    isObject(value.parts) &&
    Object.values(value.parts).every((part) => part === 'integer' || isCount(part))
  );
}

function excerpt(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
