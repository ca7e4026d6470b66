import { type RangeReport, type RangeTestRun, rangeTest } from '../training/learning-rate-range/range-test';
import type { PrepareGraphsOptions } from './graphs/prepare-graphs';
import { prepareRecords } from './graphs/prepare-records';
import { loadRecords } from './load-records';
import { readModel } from './read-model';

/** What {@link findLearningRate} needs. */
export interface FindLearningRateOptions
  extends Pick<RangeTestRun, 'device' | 'config' | 'steps' | 'onStep'> {
  /** Once aborted, the reason is thrown. */
  readonly signal?: AbortSignal;
  /** Folder that `data.root` is relative to. Default: the environment's `BRAVAIS_DATA`, else the working folder. */
  readonly dataRoot?: string;
  /** Threads that make the graphs of the data, and a folder that keeps them; nothing of it changes the test. */
  readonly graphs?: Omit<PrepareGraphsOptions, 'signal'>;
}

const NEVER = new AbortController().signal;

/**
 * A learning-rate range test on the training split of a config, from the weights of `init` where it names them. Writes nothing but the graphs
 * of the data, where a folder keeps them.
 *
 * @throws {DataError} {@link GraphError} where the data cannot be used
 * @throws {CheckpointError} where `init.checkpoint` cannot be read
 * @throws {TrainingError} {@link ModelError} as {@link rangeTest}
 */
export async function findLearningRate(options: FindLearningRateOptions): Promise<RangeReport> {
  const { config, dataRoot, graphs, signal = NEVER, ...run } = options;
  const init = config.init ? await readModel(config.init.checkpoint) : null;
  const records = await loadRecords(config.data, dataRoot);
  const training = records.filter(({ split }) => split === 'train');
  const materials = await prepareRecords(training, config, { ...graphs, signal });
  return rangeTest({ ...run, config, materials, init, signal });
}
