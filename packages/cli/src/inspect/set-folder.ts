import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MaterialRecord, StreamedStructure } from '@bravais/datasets';

/** Whether a folder holds a data set: `built` by `bravais data build`, or `fetched` by `fetch` or `import`. */
export function setKind(folder: string): 'built' | 'fetched' | undefined {
  if (existsSync(join(folder, 'dataset.json'))) return 'built';
  return existsSync(join(folder, 'set.json')) ? 'fetched' : undefined;
}

/**
 * The structures of a data set, each under the id of its record; memory holds one chunk. Records without a structure are counted in a note.
 *
 * @throws {DataError} where the set is damaged, or has no structure at all
 */
export async function* structuresOfSet(
  folder: string,
  note: (text: string) => void,
): AsyncGenerator<StreamedStructure, void, undefined> {
  let [given, left] = [0, 0];
  for await (const { id, structure } of recordsOf(folder)) {
    if (structure === undefined) {
      left++;
      continue;
    }
    given++;
    yield { name: id, structure, notes: [] };
  }
  if (given === 0) {
    const { DataError } = await import('@bravais/datasets');
    throw new DataError(
      'DATA_INVALID',
      folder,
      `a set with structures expected, got ${left} records without one. Choose another set.`,
    );
  }
  if (left > 0) note(`${folder}: ${left} records without a structure were passed over`);
}

async function* recordsOf(
  folder: string,
): AsyncGenerator<Pick<MaterialRecord, 'id' | 'structure'>, void, undefined> {
  if (setKind(folder) === 'built') {
    const { openDataset } = await import('@bravais/datasets/storage');
    yield* (await openDataset(folder)).records();
  } else {
    const { readSet } = await import('@bravais/datasets/node');
    yield* readSet(folder);
  }
}
