import type { Structure } from '@bravais/datasets';
import type { GraphError } from '@bravais/graph-nn';
import type { PreparedStructure, StructureEncoder } from '@bravais/trainer';
import { InterruptedError } from '../errors/cli-error';
import { describeFailure } from '../errors/describe-failure';
import { readStructureFile } from '../inspect/read-structure-file';
import { embedSeparately } from './embed-separately';
import { distinctNames, type EmbeddingRow, embeddedRow, type RowId } from './embedding-row';

/** Sites, and rows, whose structures are read before their graphs are made: a few seconds of work, to be shared by threads. */
const MAX_SITES = 131_072;
const MAX_ROWS = 16_384;
/** Structures that go to the device at once, and edges beyond which fewer do. */
const MAX_STRUCTURES = 64;
const MAX_EDGES = 200_000;

interface Read {
  readonly id: RowId;
  readonly structure: Structure;
}

interface Waiting {
  readonly id: RowId;
  readonly prepared: PreparedStructure;
}

/** What {@link embedFiles} needs beside the files. */
export interface EmbedFilesOptions {
  readonly encoder: StructureEncoder;
  /** Makes structures ready for the encoder; rejects with the signal's reason. */
  readonly prepare: (structures: readonly Structure[]) => Promise<(PreparedStructure | GraphError)[]>;
  readonly signal: AbortSignal;
  /** The formula of a structure, where rows are to carry it. */
  readonly formulaOf?: (structure: Structure) => string;
  /** Told what was assumed or left out on reading. */
  readonly note: (text: string) => void;
}

/**
 * A row for every structure of every file, in the order given; what is wrong with a file or a structure becomes its row. Files are
 * read as they are needed: some hundred thousand sites are in memory, never all.
 *
 * @throws {InterruptedError} once the signal came; DeviceError where the device is lost
 */
export async function* embedFiles(
  files: readonly string[],
  options: EmbedFilesOptions,
): AsyncGenerator<EmbeddingRow, void, undefined> {
  const { signal, note, formulaOf } = options;
  let rows: (EmbeddingRow | Read)[] = [];
  let [sites, embedded] = [0, 0];
  try {
    for (const [index, file] of files.entries()) {
      for await (const next of structuresOf(file, note, formulaOf)) {
        signal.throwIfAborted();
        rows.push(next);
        if ('structure' in next) sites += next.structure.atomicNumbers.length;
        if (sites < MAX_SITES && rows.length < MAX_ROWS) continue;
        yield* embeddedRows(rows, options);
        rows = [];
        [sites, embedded] = [0, index];
      }
    }
    yield* embeddedRows(rows, options);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    throw new InterruptedError(`embed: stopped after ${embedded} of ${files.length} files`);
  }
}

async function* structuresOf(
  path: string,
  note: (text: string) => void,
  formulaOf: EmbedFilesOptions['formulaOf'],
): AsyncGenerator<EmbeddingRow | Read, void, undefined> {
  const file = path === '-' ? '<stdin>' : path;
  const read = await readStructureFile(path).catch((error: unknown) => failedRow({ id: file }, error));
  if ('error' in read) {
    yield read;
    return;
  }
  const { structures } = read;
  const notes = new Set([...read.notes, ...structures.flatMap((item) => item.notes)]);
  for (const text of notes) note(`${file}: ${text}`);
  const names = distinctNames(structures.map(({ name }) => name));
  for (const [k, { structure }] of structures.entries()) {
    const id = {
      id: file,
      ...(structures.length > 1 ? { name: names[k]! } : {}),
      ...(formulaOf ? { formula: formulaOf(structure) } : {}),
    };
    yield { id, structure };
  }
}

async function* embeddedRows(
  rows: readonly (EmbeddingRow | Read)[],
  { encoder, prepare, signal }: EmbedFilesOptions,
): AsyncGenerator<EmbeddingRow, void, undefined> {
  const read = rows.filter((row): row is Read => 'structure' in row);
  const prepared = (await prepare(read.map(({ structure }) => structure))).values();
  let queue: (EmbeddingRow | Waiting)[] = [];
  let [waiting, edges] = [0, 0];
  for (const row of rows) {
    const next = 'structure' in row ? preparedRow(row.id, prepared.next().value!) : row;
    queue.push(next);
    if (isWaiting(next)) {
      waiting++;
      edges += next.prepared.graph.edgeSource.length;
    }
    if (waiting < MAX_STRUCTURES && edges < MAX_EDGES) continue;
    signal.throwIfAborted();
    yield* embeddedBatch(queue, encoder);
    queue = [];
    [waiting, edges] = [0, 0];
  }
  yield* embeddedBatch(queue, encoder);
}

function preparedRow(id: RowId, prepared: PreparedStructure | GraphError): EmbeddingRow | Waiting {
  return prepared instanceof Error ? failedRow(id, prepared) : { id, prepared };
}

async function* embeddedBatch(
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
