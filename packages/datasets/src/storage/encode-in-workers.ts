import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { DataError } from '../data-error';
import type { ChunkAnswer, FailedChunk } from './chunk-worker';
import { type RecordSteps, transformsOf } from './derive-steps';
import { type ChunkTask, type EncodedChunk, encodeChunk } from './encode-chunk';

/** Work and its place in the order of the source. */
export interface PlacedTask {
  readonly place: number;
  readonly task: ChunkTask;
}

/** How chunks are encoded. */
export interface ChunkWorkers {
  /** Threads; 1 means none beside this one. */
  readonly count: number;
  /** File that each thread runs; by default the installed one. */
  readonly file?: string | URL | undefined;
  readonly steps: RecordSteps;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Encodes chunks and gives each to `keep` as soon as it is ready, in any order; as many chunks as there are threads are held at a time.
 * No thread is left, however it ends.
 *
 * @throws DataError of a chunk, or `DATA_UNREADABLE` where a thread ends early; the signal's reason
 */
export async function encodeInWorkers(
  tasks: AsyncGenerator<PlacedTask, void, undefined>,
  workers: ChunkWorkers,
  keep: (place: number, encoded: EncodedChunk) => Promise<void>,
): Promise<void> {
  const encoders: Encoder[] = [];
  const over = new AbortController();
  const work = async (encoder: Encoder): Promise<void> => {
    for await (const { place, task } of { [Symbol.asyncIterator]: () => ({ next: () => tasks.next() }) }) {
      workers.signal?.throwIfAborted();
      if (over.signal.aborted) return;
      await keep(place, await encoder.encode(task));
    }
  };
  try {
    for (let k = 0; k < workers.count; k++) encoders.push(await createEncoder(workers, over.signal));
    await Promise.all(encoders.map(work));
  } finally {
    over.abort();
    await Promise.all(encoders.map((encoder) => encoder.end()));
    await tasks.return();
  }
}

interface Encoder {
  encode(task: ChunkTask): Promise<EncodedChunk>;
  end(): Promise<unknown>;
}

async function createEncoder(
  { count, file, steps, signal }: ChunkWorkers,
  over: AbortSignal,
): Promise<Encoder> {
  if (count > 1) {
    // Flags of this process, such as conditions of its imports, are none of the built file's.
    const worker = new Worker(file ?? installedWorker(), { workerData: steps, execArgv: [] });
    return workerEncoder(worker, signal, over);
  }
  const transforms = await transformsOf(steps);
  return { encode: (task) => encodeChunk(task, transforms), end: async () => undefined };
}

function workerEncoder(worker: Worker, signal: AbortSignal | undefined, over: AbortSignal): Encoder {
  const ended = new Promise<never>((_resolve, reject) => {
    worker.once('error', (cause) => reject(endedEarly(cause.message, cause)));
    worker.once('exit', (code) => reject(endedEarly(`exit code ${code}`)));
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over });
  });
  ended.catch(() => undefined);
  return {
    async encode(task) {
      const answered = new Promise<ChunkAnswer>((resolve) => worker.once('message', resolve));
      worker.postMessage(task);
      const answer = await Promise.race([answered, ended]);
      if ('encoded' in answer) return answer.encoded;
      throw errorOf(answer.failed);
    },
    end: () => worker.terminate(),
  };
}

/** An error of a thread as one of this one: its class does not travel. */
function errorOf({ name, message, data }: FailedChunk): Error {
  if (data === undefined) return new Error(`${name}: ${message}`);
  return new DataError(data.code, data.where, message.slice(data.where.length + 1));
}

function installedWorker(): string {
  try {
    return createRequire(import.meta.url).resolve('@bravais/datasets/chunk-worker');
  } catch (cause) {
    throw new DataError(
      'DATA_NOT_FOUND',
      '@bravais/datasets/chunk-worker',
      'the built file of a worker thread expected, got none. Build or install the package, name the file in workerFile, or set workers to 1.',
      { cause },
    );
  }
}

function endedEarly(got: string, cause?: unknown): DataError {
  return new DataError(
    'DATA_UNREADABLE',
    'buildDataset',
    `a worker thread that ends with its work expected, got ${got}. Give the process more memory, or fewer workers or rowsPerChunk.`,
    { cause },
  );
}
