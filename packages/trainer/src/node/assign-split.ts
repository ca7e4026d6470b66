import { DataError, type MaterialRecord, type Split } from '@bravais/datasets';
import { applySplit, type DataSplit } from '@bravais/datasets/splits';

const FOLD = /^fold-(\d+)$/;

/**
 * The records with the parts of a split in place of the splits of their source.
 *
 * Of folds, `fold` is the test split and the next one the validation split; the others train.
 *
 * @param where names the split in errors
 * @throws {DataError} where its parts are no splits
 * @throws {SplitError} where it was made of other records
 */
export async function assignSplit(
  records: readonly MaterialRecord[],
  split: DataSplit,
  fold: number | undefined,
  where: string,
): Promise<MaterialRecord[]> {
  const { parts } = await applySplit(records, split);
  const assigned = new Map<string, Split>();
  for (const [part, of] of parts) {
    const name = splitOfPart(part, parts.size, fold, where);
    for (const { id } of of) assigned.set(id, name);
  }
  return records.map((record) => withSplit(record, assigned.get(record.id)!));
}

function splitOfPart(part: string, count: number, fold: number | undefined, where: string): Split {
  if (part === 'train' || part === 'val' || part === 'test') return part;
  const [, digits] = FOLD.exec(part) ?? [];
  if (digits === undefined || fold === undefined || fold >= count) {
    const came = digits === undefined ? `"${part}"` : `${count} folds and data.fold ${fold ?? 'left out'}`;
    throw new DataError(
      'DATA_INVALID',
      where,
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
