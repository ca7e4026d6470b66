import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../data-error';
import type { RefusedRecord } from '../source-record';
import { diskError } from './disk-error';

/** Where a set comes from and under which terms. */
export interface SetOrigin {
  /** Short name, for example `oqmd`. */
  readonly name: string;
  /** For people: `Open Quantum Materials Database`. */
  readonly title: string;
  /** Address or path as given, without secrets. */
  readonly source: string;
  /** SPDX or Hugging Face identifier where there is one, else `other` or `unknown`. */
  readonly licence: string;
  /** Works to cite, one each. */
  readonly citations: readonly string[];
  /** What was asked for: the filter, the properties, the files. */
  readonly query: Readonly<Record<string, string>>;
  /** Day of retrieval, YYYY-MM-DD, as the caller says; the machine's clock is never written. */
  readonly date?: string;
  /** What a user of the set should know, one sentence each. */
  readonly notes: readonly string[];
}

/** `set.json`: what a folder holds. */
export interface SetManifest extends SetOrigin {
  readonly schema: 1;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly records: number;
  readonly structures: number;
  readonly scalars: readonly string[];
  readonly texts: readonly string[];
  readonly arrays: readonly string[];
  readonly refused: { readonly count: number; readonly first: readonly RefusedRecord[] };
}

/** Name of the manifest in the folder of a set. */
export const MANIFEST_FILE = 'set.json';
const MAX_MANIFEST_BYTES = 16 * 2 ** 20;

/**
 * The manifest of a set.
 *
 * @throws DataError
 */
export async function readManifest(folder: string): Promise<SetManifest> {
  const path = join(folder, MANIFEST_FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw diskError(error, path);
  });
  const invalid = (what: string, cause?: unknown): DataError =>
    new DataError('DATA_INVALID', path, `a manifest of a set expected, got ${what}. Write the set again.`, {
      cause,
    });
  if (text.length > MAX_MANIFEST_BYTES) throw invalid(`${text.length} characters`);
  let value: Partial<SetManifest> | null;
  try {
    value = JSON.parse(text) as Partial<SetManifest> | null;
  } catch (cause) {
    throw invalid('text that does not parse', cause);
  }
  const words = [value?.name, value?.title, value?.source, value?.licence, value?.file, value?.sha256];
  const lists = [value?.citations, value?.scalars, value?.texts, value?.arrays, value?.notes];
  if (value?.schema !== 1) throw invalid(`schema ${JSON.stringify(value?.schema)}`);
  if (!words.every((word) => typeof word === 'string'))
    throw invalid('one without name, title, source or file');
  const counts = [value.records, value.structures, value.bytes, value.refused?.count];
  if (!lists.every(Array.isArray) || !counts.every(Number.isSafeInteger)) throw invalid('one without counts');
  if (value.file !== value.file?.replace(/[/\\]|^\.+/g, ''))
    throw invalid(`the file name ${JSON.stringify(value.file)}`);
  return value as SetManifest;
}
