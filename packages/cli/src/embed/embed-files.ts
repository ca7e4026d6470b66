import type { Structure } from '@bravais/datasets';
import type { GraphError } from '@bravais/graph-nn';
import type { PreparedStructure, StructureEncoder } from '@bravais/trainer';
import { InterruptedError } from '../errors/cli-error';
import { embedSeparately } from './embed-separately';
import { type EmbeddingRow, embeddedRow, failedRow, type RowId } from './embedding-row';
import type { ReadInputOptions, ReadStructure } from './read-input';
import { type DoneInput, readInputs } from './read-inputs';

/**
 * Sites, and rows, whose structures are read before their graphs are made. So many sites are a few seconds of work, to be shared by
 * threads; rows of few sites are bounded by the memory of what belongs to each.
 */
const READ_AHEAD = { sites: 131_072, rows: 4096 } as const;
/** What goes to the device at once: structures, edges beyond which fewer do, and rows together with those that failed. */
const BATCH = { structures: 64, edges: 200_000, rows: 1024 } as const;

interface Waiting {
  readonly id: RowId;
  readonly prepared: PreparedStructure;
}

/** What {@link embedFiles} needs beside the files. */
export interface EmbedFilesOptions extends ReadInputOptions {
  readonly encoder: StructureEncoder;
  /** Makes structures ready for the encoder; rejects with the signal's reason. */
  readonly prepare: (structures: readonly Structure[]) => Promise<(PreparedStructure | GraphError)[]>;
  readonly signal: AbortSignal;
  /** Rows that are there already and are not made again. */
  readonly done?: readonly DoneInput[];
  /** Most that is read before it is embedded. */
  readonly readAhead?: { readonly sites: number; readonly rows: number };
}

/**
 * A row for every structure of every file, in the order given and in the batches in which they were embedded; what is wrong with a file
 * or a structure becomes its row. Files are read as they are needed: some hundred thousand sites are in memory, never all.
 *
 * A batch depends on the structures behind the one before it and on nothing else, so that a run that goes on behind a whole batch gives
 * the bits of a run that was never stopped.
 *
 * @throws {InterruptedError} once the signal came; DeviceError where the device is lost
 * @throws {UsageError} where what is done is not of these files
 */
export async function* embedFiles(
  files: readonly string[],
  options: EmbedFilesOptions,
): AsyncGenerator<readonly EmbeddingRow[], void, undefined> {
  const { encoder, signal, done = [], readAhead = READ_AHEAD } = options;
  let rows: (EmbeddingRow | ReadStructure)[] = [];
  let queue: (EmbeddingRow | Waiting)[] = [];
  let [sites, embedded] = [0, 0];
  const batches = async function* (): AsyncGenerator<readonly EmbeddingRow[], void, undefined> {
    for (const row of await preparedRows(rows, options)) {
      queue.push(row);
      if (!isFull(queue)) continue;
      signal.throwIfAborted();
      yield await embeddedBatch(queue, encoder);
      queue = [];
    }
    rows = [];
    sites = 0;
  };
  try {
    for await (const { index, row } of readInputs(files, done, options)) {
      signal.throwIfAborted();
      rows.push(row);
      if ('structure' in row) sites += row.structure.atomicNumbers.length;
      if (sites < readAhead.sites && rows.length < readAhead.rows) continue;
      yield* batches();
      embedded = index;
    }
    yield* batches();
    signal.throwIfAborted();
    if (queue.length > 0) yield await embeddedBatch(queue, encoder);
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    throw new InterruptedError(`embed: stopped after ${embedded} of ${files.length} files`);
  }
}

async function preparedRows(
  rows: readonly (EmbeddingRow | ReadStructure)[],
  { prepare }: EmbedFilesOptions,
): Promise<(EmbeddingRow | Waiting)[]> {
  const read = rows.filter((row): row is ReadStructure => 'structure' in row);
  const prepared = (await prepare(read.map(({ structure }) => structure))).values();
  return rows.map((row) => ('structure' in row ? preparedRow(row.id, prepared.next().value!) : row));
}

function isFull(queue: readonly (EmbeddingRow | Waiting)[]): boolean {
  const waiting = queue.filter(isWaiting);
  const edges = waiting.reduce((sum, { prepared }) => sum + prepared.graph.edgeSource.length, 0);
  return waiting.length >= BATCH.structures || edges >= BATCH.edges || queue.length >= BATCH.rows;
}

function preparedRow(id: RowId, prepared: PreparedStructure | GraphError): EmbeddingRow | Waiting {
  return prepared instanceof Error ? failedRow(id, prepared) : { id, prepared };
}

async function embeddedBatch(
  queue: readonly (EmbeddingRow | Waiting)[],
  encoder: StructureEncoder,
): Promise<EmbeddingRow[]> {
  const waiting = queue.filter(isWaiting);
  const found = await embedSeparately(
    encoder,
    waiting.map(({ prepared }) => prepared),
  );
  const results = found.values();
  return queue.map((item) => {
    if (!isWaiting(item)) return item;
    const result = results.next().value!;
    return result instanceof Float32Array ? embeddedRow(item.id, result) : { ...item.id, ...result };
  });
}

function isWaiting(item: EmbeddingRow | Waiting): item is Waiting {
  return 'prepared' in item;
}
