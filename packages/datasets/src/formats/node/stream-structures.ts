import { streamExtxyz } from '../extxyz/stream-extxyz';
import type { StreamedStructure } from '../streamed-structure';
import { formatOfName } from '../structure-format';
import { openFile, readStructures } from './read-structures';
import { streamJsonLines } from './stream-json-lines';

/**
 * The structures of a file one by one, for files of any number of them: memory holds some frames of extended XYZ (`.xyz`, `.extxyz`)
 * or one line of JSON Lines (`.jsonl`), gzip or not; files of other formats are read whole, as {@link readStructures} does.
 *
 * @throws FormatError, DataError, StructureError where nothing more can be read
 * @example
 * ```ts no-run
 * for await (const item of streamStructures('relaxed.xyz')) {
 *   console.log(item.name, 'error' in item ? item.error.message : item.structure.atomicNumbers.length);
 * }
 * ```
 */
export async function* streamStructures(path: string): AsyncGenerator<StreamedStructure, void, undefined> {
  if (isJsonLines(path)) yield* streamJsonLines(path);
  else if (formatOfName(path) === 'extxyz') yield* streamExtxyz(openFile(path), { file: path });
  else {
    const { structures, notes } = await readStructures(path);
    for (const [k, each] of structures.entries()) {
      yield k === 0 ? { ...each, notes: [...notes, ...each.notes] } : each;
    }
  }
}

function isJsonLines(path: string): boolean {
  return /\.jsonl(\.gz)?$/i.test(path);
}
