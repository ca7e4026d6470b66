import { basename, resolve } from 'node:path';
import { DataError } from '../../data-error';
import type { SourceItem } from '../source-record';
import type { RecordStore } from '../store/record-store';
import type { SetManifest } from '../store/set-manifest';
import { writeSet } from '../store/write-set';
import type { ImportKind } from './import-kind';

/** How a set made of files is named and described. */
export interface ImportOptions {
  /** Name of the folder by default. */
  readonly name?: string;
  readonly title?: string;
  readonly licence?: string;
  readonly citation?: string;
  /** Day on which the files were downloaded, YYYY-MM-DD. */
  readonly date?: string;
  /** At most so many records, refused ones counted. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly store?: RecordStore;
}

/**
 * Makes a set of files that lie on disk; the network is not touched. Records that cannot be are left out and listed in the card.
 *
 * @throws DataError, `DATA_INVALID` where there is not one record; FormatError
 * @example
 * ```ts no-run
 * await importSet('data/cod', IMPORT_KINDS.cif!, ['downloads/cod'], { licence: 'cc0-1.0' });
 * ```
 */
export async function importSet(
  folder: string,
  kind: ImportKind,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<SetManifest> {
  const { licence, citation, title, date, limit, signal, store } = options;
  const origin = {
    name: options.name ?? basename(resolve(folder)),
    title: title ?? kind.title,
    source: paths.map((path) => basename(path)).join(', '),
    licence: licence ?? kind.licence,
    citations: citation === undefined ? kind.citations : [citation, ...kind.citations],
    query: {},
    notes: [],
    ...(date === undefined ? {} : { date }),
  };
  return writeSet(folder, origin, checkedItems(kind, paths, limit, signal), store);
}

async function* checkedItems(
  kind: ImportKind,
  paths: readonly string[],
  limit: number = Number.POSITIVE_INFINITY,
  signal?: AbortSignal,
): AsyncGenerator<SourceItem, void, undefined> {
  const ids = new Set<string>();
  let given = 0;
  for (const path of paths) {
    for await (const item of kind.read(path)) {
      signal?.throwIfAborted();
      if (given++ >= limit) return;
      if ('refused' in item) yield item;
      else if (ids.has(item.record.id)) {
        const { id } = item.record;
        const message = `${path} an id that has not come before expected, got ${id} twice. The first one is kept.`;
        yield { refused: { id, code: 'DATA_INVALID', message } };
      } else {
        ids.add(item.record.id);
        yield item;
      }
    }
  }
  if (ids.size === 0) {
    const got = given === 0 ? 'none' : `${given} that cannot be read`;
    throw new DataError(
      'DATA_INVALID',
      paths.join(', '),
      `records expected, got ${got}. Check the kind of the files and their names.`,
    );
  }
}
