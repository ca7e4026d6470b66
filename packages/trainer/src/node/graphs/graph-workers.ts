import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { CrystalGraphOptions } from '@bravais/graph-nn';
import { packCrystals } from './crystal-bytes';
import { GraphPreparationError } from './graph-preparation-error';
import type { GraphShard } from './graph-shards';

/** Threads that make graphs, and what stops them. */
export interface GraphWorkers {
  readonly count: number;
  /** File that each thread runs. */
  readonly file: string | URL;
  readonly options: CrystalGraphOptions;
  readonly signal: AbortSignal;
}

/**
 * File of the worker thread as it is installed. A package that imports this one from its sources, or from a bundle of its own, needs
 * the built file, too.
 *
 * @throws {GraphPreparationError} `WORKER_MISSING`
 */
export function installedGraphWorker(): string {
  try {
    return createRequire(import.meta.url).resolve('@bravais/trainer/graph-worker');
  } catch (cause) {
    throw new GraphPreparationError(
      'WORKER_MISSING',
      'prepareGraphs: the built file of @bravais/trainer/graph-worker expected, got none. Build or install the package, name the file in workerFile, or set workers to 1.',
      { cause },
    );
  }
}

/**
 * Makes the graphs of shards in threads and gives each shard's bytes (as `encodeGraphs`) to `finish`, in the order in which they
 * are ready. No thread is left, however it ends.
 *
 * @throws {GraphPreparationError} `WORKER_FAILED`; the signal's reason
 */
export async function graphsInWorkers<S extends GraphShard>(
  shards: readonly S[],
  { count, file, options, signal }: GraphWorkers,
  finish: (shard: S, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const waiting = shards.values();
  const workers: Worker[] = [];
  const work = async (stopped: Promise<never>): Promise<void> => {
    // Flags of this process, such as conditions of its imports, are none of the built file's.
    const worker = new Worker(file, { workerData: options, execArgv: [] });
    workers.push(worker);
    const ended = Promise.race([stopped, endOf(worker)]);
    for (const shard of waiting) {
      const packed = packCrystals(shard.crystals);
      const answer = new Promise<Uint8Array>((resolve) => worker.once('message', resolve));
      worker.postMessage(packed, [packed.buffer]);
      await finish(shard, await Promise.race([answer, ended]));
    }
  };
  const stop = new AbortController();
  const stopped = abortOf(signal, stop.signal);
  const works = Array.from({ length: Math.min(count, shards.length) }, () => work(stopped));
  try {
    await Promise.all(works);
  } finally {
    stop.abort();
    await Promise.all(workers.map((worker) => worker.terminate()));
    await Promise.allSettled(works);
  }
}

/** Rejects where a thread ends by itself, which it never should. */
function endOf(worker: Worker): Promise<never> {
  const end = new Promise<never>((_resolve, reject) => {
    worker.once('error', (cause) => reject(failed(cause.message, cause)));
    worker.once('exit', (code) => reject(failed(`exit code ${code}`)));
  });
  end.catch(() => undefined);
  return end;
}

/** Rejects where the signal comes; `over` takes the listener away. */
function abortOf(signal: AbortSignal, over: AbortSignal): Promise<never> {
  const abort = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: over });
    if (signal.aborted) reject(signal.reason);
  });
  abort.catch(() => undefined);
  return abort;
}

function failed(got: string, cause?: unknown): GraphPreparationError {
  return new GraphPreparationError(
    'WORKER_FAILED',
    `prepareGraphs: a worker thread that ends with its work expected, got ${got}. Give the process more memory, or fewer workers.`,
    { cause },
  );
}
