import type { StreamedStructure, Structure } from '@bravais/datasets';
import { readStructureFile } from '../inspect/read-structure-file';
import { setKind, structuresOfSet } from '../inspect/set-folder';
import { type FailedRow, failedRow, type RowId } from './embedding-row';
import { SeenNames } from './seen-names';

/** Notes of one input that are told; more of them would say little. */
const MAX_NOTES = 100;

/** A structure that was read. */
export interface ReadStructure {
  readonly id: RowId;
  readonly structure: Structure;
}

/** How {@link readInput} reads. */
export interface ReadInputOptions {
  /** The formula of a structure, where rows are to carry it. */
  readonly formulaOf?: (structure: Structure) => string;
  /** Told what was assumed or left out on reading. */
  readonly note: (text: string) => void;
}

/** What the rows of an input, a path, are called; `<stdin>` for `-`. */
export function idOfInput(path: string): string {
  return path === '-' ? '<stdin>' : path;
}

/**
 * The structures of a file, of a data set's folder, or of the standard input, one by one and at least one; what is wrong with the input
 * or with one of its structures becomes a row.
 */
export async function* readInput(
  path: string,
  { note, formulaOf }: ReadInputOptions,
): AsyncGenerator<FailedRow | ReadStructure, void, undefined> {
  const id = idOfInput(path);
  const said = new Set<string>();
  const names = new SeenNames();
  const row = (item: StreamedStructure, k: number, several: boolean): FailedRow | ReadStructure => {
    const which: RowId = several ? { id, name: names.distinct(item.name, k) } : { id };
    if ('error' in item) return failedRow(which, item.error);
    for (const text of item.notes) {
      if (said.has(text) || said.size === MAX_NOTES) continue;
      said.add(text);
      note(`${id}: ${text}`);
    }
    const { structure } = item;
    return { id: formulaOf ? { ...which, formula: formulaOf(structure) } : which, structure };
  };
  let several = isNamed(path);
  // The first waits until it is known whether it is the only one.
  let first: StreamedStructure | undefined;
  let k = 0;
  try {
    for await (const item of itemsOf(path, note)) {
      if (k++ === 0 && !several) {
        first = item;
        continue;
      }
      several = true;
      if (first) yield row(first, 0, true);
      first = undefined;
      yield row(item, k - 1, true);
    }
    if (first) yield row(first, 0, false);
  } catch (error) {
    if (first) yield row(first, 0, true);
    yield failedRow({ id }, error);
  }
}

/** Whether the structures of an input have names of their own, however many they are. */
function isNamed(path: string): boolean {
  return /\.jsonl(\.gz)?$/i.test(path) || setKind(path) !== undefined;
}

async function* itemsOf(
  path: string,
  note: (text: string) => void,
): AsyncGenerator<StreamedStructure, void, undefined> {
  if (path === '-') {
    const { structures, notes } = await readStructureFile(path);
    for (const text of notes) note(`<stdin>: ${text}`);
    yield* structures;
  } else if (setKind(path) !== undefined) yield* structuresOfSet(path, note);
  else {
    const { streamStructures } = await import('@bravais/datasets/node');
    yield* streamStructures(path);
  }
}
