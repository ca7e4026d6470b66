import { DataError } from '../data-error';
import { SIMULATED_PHONON_OPTIONS } from '../lattice-dynamics/index';
import { type BuildSource, chunkTasks } from './chunk-tasks';
import type { DatasetManifest, DatasetOrigin } from './dataset-manifest';
import { DatasetWriter } from './dataset-writer';
import type { DeriveStep } from './derive-steps';
import { encodeInWorkers } from './encode-in-workers';

/** How far a build has come. */
export interface BuildProgress {
  /** Records kept and left out so far. */
  readonly records: number;
  readonly refused: number;
}

/** Options of {@link buildDataset}. */
export interface BuildOptions {
  readonly origin: DatasetOrigin;
  /** Added to each record; nothing by default. */
  readonly derive?: readonly DeriveStep[];
  /** File of an ES module whose default export takes a record and gives it back, changed; runs in the worker threads, after `derive`. */
  readonly transform?: string;
  /** Worker threads; 1, by default, means none beside this one. The result is the same for any number. */
  readonly workers?: number;
  /** File of the worker thread; by default the installed one. */
  readonly workerFile?: string | URL;
  /** Records, or files, of a chunk, 512 by default: memory and the size of a row group go with it. */
  readonly rowsPerChunk?: number;
  /** Whether a data set that is there may be replaced. */
  readonly overwrite?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: BuildProgress) => void;
}

const DEFAULT_ROWS = 512;
const MAX_ROWS = 1_000_000;
const MAX_WORKERS = 256;

/**
 * Writes records as a data set: `records.parquet`, arrays in safetensors files, `dataset.json` and a card.
 *
 * The source is read once, as a stream; memory holds one chunk a worker (and all ids). The same records give the same bytes for any number of
 * workers. The folder appears whole, when all is written. A record with an error of its own (a structure that cannot be read, no symmetry
 * found) is left out and listed; any other error ends the build.
 *
 * @param folder that does not exist yet; its parent does
 * @throws DataError
 * @example
 * ```ts no-run
 * await buildDataset('sets/phonons', { records }, { origin: { name: 'phonons' }, derive: ['prototype'], workers: 4 });
 * ```
 */
export async function buildDataset(
  folder: string,
  source: BuildSource,
  options: BuildOptions,
): Promise<DatasetManifest> {
  const { origin, derive = [], transform, signal, onProgress } = options;
  const rowsPerChunk = counted('rowsPerChunk', options.rowsPerChunk ?? DEFAULT_ROWS, MAX_ROWS);
  const count = counted('workers', options.workers ?? 1, MAX_WORKERS);
  const writer = await DatasetWriter.create(folder, options.overwrite ?? false);
  let [records, refused] = [0, 0];
  try {
    await encodeInWorkers(
      chunkTasks(source, rowsPerChunk),
      { count, file: options.workerFile, steps: { derive, transform }, signal },
      async (place, encoded) => {
        await writer.add(place, encoded);
        records += encoded.ids.length;
        refused += encoded.refused.length;
        onProgress?.({ records, refused });
      },
    );
    return await writer.finish(withDerivedOptions(origin, derive));
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** The origin with how derived views were made. */
function withDerivedOptions(origin: DatasetOrigin, derive: readonly DeriveStep[]): DatasetOrigin {
  const derived = derive.flatMap((step) => (step === 'phononDos' ? [[step, SIMULATED_PHONON_OPTIONS]] : []));
  if (derived.length === 0) return origin;
  return { ...origin, viewOptions: { ...Object.fromEntries(derived), ...origin.viewOptions } };
}

function counted(name: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new DataError(
    'DATA_INVALID',
    'buildDataset',
    `${name} from 1 to ${most} expected, got ${value}. Leave it out for the default.`,
  );
}
