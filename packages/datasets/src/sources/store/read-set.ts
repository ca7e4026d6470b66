import { join } from 'node:path';
import { DataError } from '../../data-error';
import type { SourceRecord } from '../source-record';
import { jsonLinesStore, type RecordStore } from './record-store';
import { readManifest } from './set-manifest';
import { fileSha256 } from './write-set';

/**
 * The records of a set one by one, after a look at its checksum.
 *
 * @param folder that `bravais data fetch` or `import` wrote
 * @throws DataError, `DATA_CORRUPT` where the file is not the one that was written; StructureError
 * @example
 * ```ts no-run
 * for await (const { id, structure } of readSet('data/oqmd')) console.log(id, structure?.atomicNumbers.length);
 * ```
 */
export async function* readSet(
  folder: string,
  store: RecordStore = jsonLinesStore,
): AsyncGenerator<SourceRecord, void, undefined> {
  const { file, sha256 } = await readManifest(folder);
  const path = join(folder, file);
  // A missing file is reported by the reader, which knows how.
  const found = await fileSha256(path).catch(() => sha256);
  if (found !== sha256) {
    throw new DataError(
      'DATA_CORRUPT',
      path,
      `a file with SHA-256 ${sha256} expected, got ${found}. Fetch or import the set again.`,
    );
  }
  yield* store.read(path);
}
