import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DataError, type MaterialRecord } from '@bravais/datasets';
import { splitOfJson } from '@bravais/datasets/splits';
import { assignSplit } from './assign-split';

/** A list of ids for every atom of a large set is far smaller. */
const MOST_BYTES = 2 ** 28;

/**
 * The records with the splits of a file that `bravais data split` wrote, in place of those of their source.
 *
 * @param file relative to the working folder
 * @param fold as `assignSplit` takes it
 * @throws {DataError} where the file cannot be read, or its parts are no splits
 * @throws {SplitError} where it is damaged, or was made of other records
 */
export async function applySplitFile(
  records: readonly MaterialRecord[],
  file: string,
  fold: number | undefined,
): Promise<MaterialRecord[]> {
  return assignSplit(records, await splitOfJson(await readText(resolve(file)), file), fold, file);
}

async function readText(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= MOST_BYTES) return await readFile(file, 'utf8');
    throw new DataError(
      'DATA_TOO_LARGE',
      file,
      `a split of at most ${MOST_BYTES} bytes expected, got ${size}. Check the path.`,
    );
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new DataError(
      code === 'ENOENT' ? 'DATA_NOT_FOUND' : 'DATA_UNREADABLE',
      file,
      `a split file expected, got ${code}. Make one with bravais data split, or correct data.split.`,
      { cause },
    );
  }
}
