import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DataError, type MaterialRecord, type Split } from '@bravais/datasets';
import { applySplit, splitOfJson } from '@bravais/datasets/splits';

/** A list of ids for every atom of a large set is far smaller. */
const MOST_BYTES = 2 ** 28;
const FOLD = /^fold-(\d+)$/;

/**
 * The records with the splits of a file that `bravais data split` wrote, in place of those of their source.
 *
 * Of folds, `fold` is the test split and the next one the validation split; the others train.
 *
 * @param file relative to the working folder
 * @throws {DataError} where the file cannot be read, or its parts are no splits
 * @throws {SplitError} where it is damaged, or was made of other records
 */
export async function applySplitFile(
  records: readonly MaterialRecord[],
  file: string,
  fold: number | undefined,
): Promise<MaterialRecord[]> {
  const split = await splitOfJson(await readText(resolve(file)), file);
  const { parts } = await applySplit(records, split);
  const assigned = new Map<string, Split>();
  for (const [part, of] of parts) {
    const name = splitOfPart(part, parts.size, fold, file);
    for (const { id } of of) assigned.set(id, name);
  }
  return records.map((record) => withSplit(record, assigned.get(record.id)!));
}

function splitOfPart(part: string, count: number, fold: number | undefined, file: string): Split {
  if (part === 'train' || part === 'val' || part === 'test') return part;
  const [, digits] = FOLD.exec(part) ?? [];
  if (digits === undefined || fold === undefined || fold >= count) {
    const came = digits === undefined ? `"${part}"` : `${count} folds and data.fold ${fold ?? 'left out'}`;
    throw new DataError(
      'DATA_INVALID',
      file,
      `parts train, val and test expected, or folds of which data.fold names one, got ${came}. Make a split with these parts, or set data.fold.`,
    );
  }
  const behind = (Number(digits) - fold + count) % count;
  if (behind === 0) return 'test';
  return behind === 1 && count > 2 ? 'val' : 'train';
}

/** Another split; views stay what they are, computed when they are read. */
function withSplit(record: MaterialRecord, split: Split): MaterialRecord {
  return Object.defineProperties({} as MaterialRecord, {
    ...Object.getOwnPropertyDescriptors(record),
    split: { value: split, enumerable: true },
  });
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
