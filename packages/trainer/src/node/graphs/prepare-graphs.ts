import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import type { Crystal, CrystalGraphOptions } from '@bravais/graph-nn';
import { decodeGraphs } from './decode-graphs';
import { encodeGraphs } from './encode-graphs';
import { GraphCache } from './graph-cache';
import { type GraphOrError, graphOrError } from './graph-or-error';
import { GraphPreparationError } from './graph-preparation-error';
import { type GraphShard, graphShards } from './graph-shards';
import { graphsInWorkers, installedGraphWorker } from './graph-workers';

/** How far {@link prepareGraphs} has come, in crystals. */
export interface GraphProgress {
  readonly done: number;
  readonly total: number;
  /** Of `done`, those whose graphs were in the cache folder. */
  readonly cached: number;
}

/** How {@link prepareGraphs} works; nothing of it changes the graphs. */
export interface PrepareGraphsOptions {
  /** Worker threads; 1 makes all graphs in this thread. Default: one for each core that the process may use. */
  readonly workers?: number;
  /**
   * Folder that graphs are kept in for the next time; `null`, the default, keeps none. Graphs of less than 1,000 sites in all are made
   * sooner than read, and are never kept.
   */
  readonly cacheFolder?: string | null;
  /**
   * Most bytes that the graphs in `cacheFolder` take together afterwards; default 4 GiB. Beyond, those go first that were unused
   * longest. Runs that share the folder share the limit: the least of theirs holds.
   */
  readonly cacheLimitBytes?: number;
  /** Told at the start, and whenever some thousand sites are done. */
  readonly onProgress?: (progress: GraphProgress) => void;
  /** Told where a file of the cache folder could not be used or written, which costs time only. */
  readonly onNote?: (text: string) => void;
  readonly signal?: AbortSignal;
  /** File of the worker threads; needed where `@bravais/trainer` is bundled and cannot be resolved at run time. */
  readonly workerFile?: string | URL;
}

interface KeyedShard extends GraphShard {
  /** File in the cache folder. */
  readonly file: string | null;
}

/** Less work is done sooner than threads are started, each of which takes a quarter of a second. */
const LEAST_SHARED_SHARDS = 4;
/** Work of a fraction of a tenth of a second is not worth a file. */
const LEAST_CACHED_SITES = 1000;
/** Some 30 million sites with 12 neighbours. */
const CACHE_LIMIT_BYTES = 2 ** 32;
const NEVER = new AbortController().signal;
/** Longest stretch of work in this thread without looking at the signal. */
const STRETCH_MS = 50;

/**
 * `crystalGraph` of every crystal, in the order given: a graph, or the `GraphError` that says why there is none at this place.
 *
 * Work of more than about two seconds is shared among worker threads. The result has the same bits whatever the threads and whatever lies
 * in the cache folder: its files carry digests of what they were made from and of what they hold, and are checked before they are used.
 *
 * @throws {GraphPreparationError} `OPTION`, `WORKER_MISSING`, `WORKER_FAILED`; the signal's reason where it comes
 *
 * @example
 * ```ts no-run
 * const graphs = await prepareGraphs(records.map(({ structure }) => structure), { neighbors: 16 }, { cacheFolder: '/tmp/graphs' });
 * const usable = graphs.filter((graph) => !(graph instanceof GraphError));
 * ```
 */
export async function prepareGraphs(
  crystals: readonly Crystal[],
  options: CrystalGraphOptions = {},
  how: PrepareGraphsOptions = {},
): Promise<GraphOrError[]> {
  const { workers = availableParallelism(), cacheFolder = null, cacheLimitBytes = CACHE_LIMIT_BYTES } = how;
  const { onProgress = () => undefined, onNote = () => undefined, signal = NEVER } = how;
  if (!(Number.isSafeInteger(workers) && workers >= 1)) {
    throw new GraphPreparationError(
      'OPTION',
      `prepareGraphs: workers must be a positive integer, got ${workers}. Leave it out for one a core.`,
    );
  }
  if (!(cacheLimitBytes >= 0)) {
    throw new GraphPreparationError(
      'OPTION',
      `prepareGraphs: cacheLimitBytes must be a number of bytes, got ${cacheLimitBytes}. Leave it out for 4 GiB, or leave out cacheFolder to keep none.`,
    );
  }
  const graphs = new Array<GraphOrError>(crystals.length);
  let [done, cached] = [0, 0];
  const place = ({ first }: GraphShard, made: readonly GraphOrError[], fromCache: boolean): void => {
    made.forEach((graph, k) => {
      graphs[first + k] = graph;
    });
    done += made.length;
    if (fromCache) cached += made.length;
    onProgress({ done, total: crystals.length, cached });
  };

  onProgress({ done, total: crystals.length, cached });
  const sites = crystals.reduce((sum, { atomicNumbers }) => sum + atomicNumbers.length, 0);
  const cache =
    cacheFolder === null || sites < LEAST_CACHED_SITES
      ? null
      : new GraphCache(cacheFolder, options, cacheLimitBytes, onNote);
  const missing: KeyedShard[] = [];
  try {
    for (const shard of graphShards(crystals)) {
      signal.throwIfAborted();
      const file = cache?.fileOf(shard.crystals) ?? null;
      const found = file === null ? null : await cache!.read(file, shard.crystals);
      if (found) place(shard, found, true);
      else missing.push({ ...shard, file });
    }
    if (workers > 1 && missing.length >= LEAST_SHARED_SHARDS) {
      const file = how.workerFile ?? installedGraphWorker();
      await graphsInWorkers(missing, { count: workers, file, options, signal }, async (shard, bytes) => {
        place(shard, decodeGraphs(bytes, shard.crystals, 'worker thread'), false);
        if (shard.file !== null) await cache!.write(shard.file, bytes);
      });
      return graphs;
    }
    for (const shard of missing) {
      const made = await graphsHere(shard.crystals, options, signal);
      place(shard, made, false);
      if (shard.file !== null) await cache!.write(shard.file, encodeGraphs(made));
    }
    return graphs;
  } finally {
    await cache?.prune();
  }
}

async function graphsHere(
  crystals: readonly Crystal[],
  options: CrystalGraphOptions,
  signal: AbortSignal,
): Promise<GraphOrError[]> {
  const made: GraphOrError[] = [];
  let since = performance.now();
  for (const crystal of crystals) {
    if (performance.now() - since > STRETCH_MS) {
      await setImmediate();
      since = performance.now();
    }
    signal.throwIfAborted();
    made.push(graphOrError(crystal, options));
  }
  return made;
}
