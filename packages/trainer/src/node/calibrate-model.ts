import type { Device } from '@bravais/tensor-core';
import { type Calibration, withCalibration } from '../calibration';
import { atStrides } from '../calibration/at-strides';
import { elementCounts } from '../calibration/element-counts';
import { MOST_REFERENCES } from '../calibration/novelty-reference';
import { requireSameOptions } from '../checkpoint/view-options';
import { viewsOf } from '../model/views';
import { fitCalibration, MOST_SCORES } from '../training/fit-calibration';
import { restoreModel } from '../training/train';
import { exportModel } from './export-model';
import type { PrepareGraphsOptions } from './graphs/prepare-graphs';
import { prepareRecords } from './graphs/prepare-records';
import { loadRecords } from './load-records';
import { loadViewOptions } from './load-view-options';
import { modelData } from './model-data';

export interface CalibrateOptions {
  /** Whatever `readModel` takes. */
  readonly model: string;
  /** Folder to write, as `exportModel` does; that of an exported model may be the same. */
  readonly out: string;
  readonly device: Device;
  /** As in `pretrain`. */
  readonly dataRoot?: string;
  /** Changes to the config's data section. */
  readonly overrides?: readonly string[];
  readonly graphs?: PrepareGraphsOptions;
}

/** What was written. */
export interface CalibratedModel {
  readonly folder: string;
  readonly bytes: number;
  readonly calibration: Calibration;
}

/**
 * A trained model by itself with a calibration in it: absolute errors on the validation split, and training crystals to tell others by. Runs with
 * targets of structures do so at their end; this is for models from before.
 *
 * @throws {CheckpointError} {@link DataError} {@link OutputError} as `evaluate` and `exportModel`
 *
 * @example
 * ```ts no-run
 * await calibrateModel({ model: 'models/band-gap', out: 'models/band-gap', device });
 * ```
 */
export async function calibrateModel({
  model,
  out,
  device,
  dataRoot,
  overrides = [],
  graphs,
}: CalibrateOptions): Promise<CalibratedModel> {
  let calibration: Calibration | null = null;
  const written = await exportModel(model, out, async (trained) => {
    const { config, viewOptions } = trained;
    const data = modelData(config, overrides);
    requireSameOptions(viewsOf(config.model), viewOptions, await loadViewOptions(data, dataRoot), model);
    const records = await loadRecords(data, dataRoot, config.seed);
    const crystals = records.filter(({ split, structure }) => split === 'train' && structure);
    const held = records.filter(({ split }) => split === 'val');
    // Graphs of the chosen alone: of a large set they take longer than all the rest.
    const [materials, validation] = await Promise.all(
      [atStrides(crystals, MOST_REFERENCES), atStrides(held, MOST_SCORES)].map((wanted) =>
        prepareRecords(wanted, config, graphs),
      ),
    );
    const elements = elementCounts(
      crystals.map(({ structure }) => structure!.occupations?.atomicNumbers ?? structure!.atomicNumbers),
    );
    const training = { materials: materials!, elements };
    calibration = await fitCalibration(restoreModel(device, trained), training, validation!);
    return { ...trained, model: withCalibration(trained.model, calibration) };
  });
  return { ...written, calibration: calibration! };
}
