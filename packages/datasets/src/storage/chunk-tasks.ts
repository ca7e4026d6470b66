import type { PlacedTask } from './encode-in-workers';
import type { RefusedRecord, StoredRecord } from './stored-record';

/** A record, or why there is none. */
export type StoredItem = { readonly record: StoredRecord } | { readonly refused: RefusedRecord };

/** What a data set is built from: records one by one, the same with refused ones between them, or paths of structure files below a folder. */
export type BuildSource =
  | { readonly records: Iterable<StoredRecord> | AsyncIterable<StoredRecord> }
  | { readonly items: AsyncIterable<StoredItem> }
  | { readonly files: Iterable<string> | AsyncIterable<string>; readonly root: string };

/** The work of each chunk: so many records, or files, in the order of the source. */
export async function* chunkTasks(
  source: BuildSource,
  size: number,
): AsyncGenerator<PlacedTask, void, undefined> {
  let place = 0;
  if ('records' in source) {
    for await (const records of chunksOf(source.records, size)) {
      yield { place: place++, task: { records, refused: [] } };
    }
    return;
  }
  if ('items' in source) {
    for await (const items of chunksOf(source.items, size)) {
      const records = items.flatMap((item) => ('record' in item ? [item.record] : []));
      const refused = items.flatMap((item) => ('refused' in item ? [item.refused] : []));
      yield { place: place++, task: { records, refused } };
    }
    return;
  }
  const { root } = source;
  for await (const files of chunksOf(source.files, size)) yield { place: place++, task: { files, root } };
}

async function* chunksOf<T>(
  items: Iterable<T> | AsyncIterable<T>,
  size: number,
): AsyncGenerator<T[], void, undefined> {
  let chunk: T[] = [];
  for await (const item of items) {
    if (chunk.push(item) < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
