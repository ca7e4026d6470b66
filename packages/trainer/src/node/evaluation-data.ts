import type { MaterialRecord } from '@bravais/datasets';
import type { TrainedModel } from '../checkpoint';
import { requireSameOptions } from '../checkpoint/view-options';
import type { PreparedMaterial } from '../model';
import { viewsOf } from '../model/views';
import { TrainingError } from '../training/training-error';
import type { EvaluateOptions } from './evaluate';
import { prepareRecords } from './graphs/prepare-records';
import { loadRecords } from './load-records';
import { loadViewOptions } from './load-view-options';
import { modelData } from './model-data';

/** Training materials that the controls are fitted on, the first of the split: more change little. */
export const MOST_FITTED = 4096;

/** Everything that an evaluation looks at. */
export interface EvaluationData {
  readonly records: readonly MaterialRecord[];
  /** Records of the split measured on, and the same prepared. */
  readonly testedRecords: readonly MaterialRecord[];
  readonly tested: readonly PreparedMaterial[];
  /** Prepared as far as something is fitted on them. */
  readonly training: readonly PreparedMaterial[];
  /** Of the validation split, where intervals are fitted on it; else `null`. */
  readonly validation: readonly PreparedMaterial[] | null;
}

/**
 * Reads and prepares the data of a model as `evaluate` needs it.
 *
 * @throws {TrainingError} `EMPTY_SPLIT`; as `evaluate`
 */
export async function evaluationData(
  { config, viewOptions: trained, path }: TrainedModel & { readonly path: string },
  { split, dataRoot, overrides = [], shuffledPairs = false, graphs }: EvaluateOptions,
): Promise<EvaluationData> {
  const data = modelData(config, overrides);
  const viewOptions = await loadViewOptions(data, dataRoot);
  requireSameOptions(viewsOf(config.model), trained, viewOptions, path);
  const records = await loadRecords(data, dataRoot, config.seed);
  const of = (name: string): MaterialRecord[] => records.filter((record) => record.split === name);
  const [testedRecords, ofTraining] = [of(split), of('train')];
  const numbers = Object.values(config.targets ?? {}).some(({ kind }) => kind === 'regression');
  const held = split !== 'val' && numbers ? of('val') : [];
  const [tested, training, validation] = await Promise.all(
    [
      testedRecords,
      // Targets are measured beside baselines that need no graphs.
      shuffledPairs ? ofTraining : ofTraining.slice(0, config.loss ? MOST_FITTED : 0),
      held,
    ].map((wanted) => prepareRecords(wanted, config, graphs)),
  );
  if (tested!.length === 0) {
    throw new TrainingError(
      'EMPTY_SPLIT',
      `evaluate: the ${split} split must hold materials, got none. Choose another with --split.`,
    );
  }
  return {
    records,
    testedRecords,
    tested: tested!,
    training: training!,
    validation: validation!.length > 0 ? validation! : null,
  };
}
