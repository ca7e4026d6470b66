import type { PreparedStructure, StructureEncoder } from '@bravais/trainer';
import { InterruptedError } from '../errors/cli-error';
import { describeFailure } from '../errors/describe-failure';
import { readStructureFile } from '../inspect/read-structure-file';
import { embedSeparately } from './embed-separately';
import { distinctNames, type EmbeddingRow, embeddedRow, type RowId } from './embedding-row';

/** Structures that go to the device at once, and edges beyond which fewer do. */
const MAX_STRUCTURES = 64;
const MAX_EDGES = 200_000;

interface Waiting {
  readonly id: RowId;
  readonly prepared: PreparedStructure;
}

/** What {@link embedFiles} needs beside the files. */
export interface EmbedFilesOptions {
  readonly encoder: StructureEncoder;
  readonly signal: AbortSignal;
  /** Told what was assumed or left out on reading. */
  readonly note: (text: string) => void;
}

/**
 * A row for every structure of every file, in the order given; what is wrong with a file or a structure becomes its row. Files are
 * read as they are needed: a batch of structures is in memory, never all of them.
 *
 * @throws {InterruptedError} once the signal came; DeviceError where the device is lost
 */
export async function* embedFiles(
  files: readonly string[],
  { encoder, signal, note }: EmbedFilesOptions,
): AsyncGenerator<EmbeddingRow, void, undefined> {
  let queue: (EmbeddingRow | Waiting)[] = [];
  let [waiting, edges] = [0, 0];
  for (const [index, file] of files.entries()) {
    for await (const next of preparedStructures(file, encoder, note)) {
      if (signal.aborted)
        throw new InterruptedError(`embed: stopped after ${index} of ${files.length} files`);
      queue.push(next);
      if (isWaiting(next)) {
        waiting++;
        edges += next.prepared.graph.edgeSource.length;
      }
      if (waiting >= MAX_STRUCTURES || edges >= MAX_EDGES) {
        yield* embedded(queue, encoder);
        queue = [];
        [waiting, edges] = [0, 0];
      }
    }
  }
  yield* embedded(queue, encoder);
}

async function* preparedStructures(
  path: string,
  encoder: StructureEncoder,
  note: (text: string) => void,
): AsyncGenerator<EmbeddingRow | Waiting, void, undefined> {
  const file = path === '-' ? '<stdin>' : path;
  const read = await readStructureFile(path).catch((error: unknown) => failedRow({ id: file }, error));
  if ('error' in read) {
    yield read;
    return;
  }
  const { structures } = read;
  const notes = new Set([...read.notes, ...structures.flatMap((item) => item.notes)]);
  for (const text of notes) note(`note: ${file}: ${text}`);
  const names = distinctNames(structures.map(({ name }) => name));
  for (const [k, { structure }] of structures.entries()) {
    const id = { id: file, ...(structures.length > 1 ? { name: names[k]! } : {}) };
    try {
      yield { id, prepared: encoder.prepare(structure) };
    } catch (error) {
      yield failedRow(id, error);
    }
  }
}

async function* embedded(
  queue: readonly (EmbeddingRow | Waiting)[],
  encoder: StructureEncoder,
): AsyncGenerator<EmbeddingRow, void, undefined> {
  const waiting = queue.filter(isWaiting);
  const found = await embedSeparately(
    encoder,
    waiting.map(({ prepared }) => prepared),
  );
  let next = 0;
  for (const item of queue) {
    if (!isWaiting(item)) yield item;
    else {
      const result = found[next++]!;
      yield result instanceof Float32Array ? embeddedRow(item.id, result) : { ...item.id, ...result };
    }
  }
}

function failedRow(id: RowId, error: unknown): EmbeddingRow & { error: object } {
  const { code, message } = describeFailure(error);
  return { ...id, error: { code, message } };
}

function isWaiting(item: EmbeddingRow | Waiting): item is Waiting {
  return 'prepared' in item;
}
