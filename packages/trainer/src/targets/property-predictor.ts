import type { Structure } from '@bravais/datasets';
import { type Calibration, DEFAULT_LEVEL } from '../calibration/calibration';
import { elementsIn } from '../calibration/elements-in';
import { type Novelty, noveltyOf } from '../calibration/novelty-reference';
import { type PredictionInterval, predictionInterval } from '../calibration/prediction-interval';
import type { AlignmentModel } from '../model/alignment-model';
import { ModelError } from '../model/model-error';
import type { PreparedStructure } from '../model/prepare';
import { structureEncoder } from '../model/structure-encoder';
import { predictTarget } from './predict-targets';
import { unitOf } from './property-units';
import type { Prediction } from './target-kind';
import type { TargetConfig } from './target-kinds';

/** A property that a model predicts from structures. */
export interface PredictedProperty {
  /** As `targets` of the config calls it. */
  readonly name: string;
  readonly kind: 'regression' | 'classification';
  /** Scalar of the training data. */
  readonly property: string;
  /** Of the value; empty where there is none. */
  readonly unit: string;
  /** Of a classification, in the order of probabilities. */
  readonly classes?: readonly number[];
}

/** A prediction and how sure it is. */
export interface PropertyEstimate extends Prediction {
  /** Of a regression of an ensemble: sample standard deviation over its members. */
  readonly deviation?: number;
  /** Of a regression by a calibrated model: where the true value is expected. */
  readonly interval?: PredictionInterval;
}

/** Predictions of one structure, by target. */
export type PropertyPredictions = Readonly<Record<string, PropertyEstimate>>;

/** What a model says of one structure. */
export interface StructureAssessment {
  readonly predictions: PropertyPredictions;
  /** How unlike the training crystals it is; `null` where the model keeps none of them. */
  readonly novelty: Novelty | null;
}

/** The targets of a trained model that are predicted from crystal structures. */
export interface PropertyPredictor {
  readonly properties: readonly PredictedProperty[];
  /**
   * Makes one structure ready on the host.
   *
   * @throws {GraphError} where no graph can be made, such as ISOLATED_SITE
   */
  prepare(structure: Structure): PreparedStructure;
  /** Of each structure in the given order, from one batch on the device. */
  predict(prepared: readonly PreparedStructure[]): Promise<PropertyPredictions[]>;
  /**
   * The same with intervals of another level, and how unlike the training crystals each structure is.
   *
   * @param level fraction of true values that an interval is to hold, 0.9 where left out
   * @throws {UncertaintyError} `ARGUMENT` for a level that is not between 0 and 1
   */
  assess(prepared: readonly PreparedStructure[], level?: number): Promise<StructureAssessment[]>;
}

/**
 * ŷ = head(structure encoder(structure)) of every target that a model predicts from structures, without dropout.
 *
 * @param calibration of the same model, by `storedCalibration`; without, nothing is said of how sure predictions are
 * @throws {ModelError} `NO_STRUCTURE_ENCODER`; `NO_TARGET` where it predicts nothing from structures
 *
 * @example
 * ```ts no-run
 * const run = await readRun('runs/b2-e-form');
 * const predictor = propertyPredictor(restoreModel(device, run), storedCalibration(run));
 * const [first] = await predictor.predict([predictor.prepare(structure)]);
 * first!.eForm!.value; // eV/atom
 * ```
 */
export function propertyPredictor(
  model: AlignmentModel,
  calibration: Calibration | null = null,
): PropertyPredictor {
  const encoder = structureEncoder(model);
  const targets = Object.entries(model.config.targets ?? {}).filter(
    ([, { modality }]) => modality === 'structure',
  );
  if (targets.length === 0) {
    throw new ModelError(
      'NO_TARGET',
      'propertyPredictor: expected a model with targets that it predicts from structures, got one without. Train one with a targets section, or embed with it.',
    );
  }
  const assess = async (
    prepared: readonly PreparedStructure[],
    level = DEFAULT_LEVEL,
  ): Promise<StructureAssessment[]> => {
    const rows = await encoder.embed(prepared);
    const columns: [string, PropertyEstimate[]][] = [];
    for (const [name, config] of targets) {
      const scores = calibration?.scores[name];
      const predictions = await predictTarget(model, name, rows);
      columns.push([name, predictions.map((each) => estimate(config, each, scores, level))]);
    }
    const novelty = calibration?.novelty
      ? noveltyOf(calibration.novelty, rows, prepared.map(elementsIn))
      : [];
    return prepared.map((_, row) => ({
      predictions: Object.fromEntries(columns.map(([name, column]) => [name, column[row]!])),
      novelty: novelty[row] ?? null,
    }));
  };
  return {
    properties: targets.map(([name, config]) => ({
      name,
      kind: config.kind,
      property: config.property,
      unit: unitOf(config),
      ...(config.kind === 'classification'
        ? { classes: Array.from(model.preprocessing.targets![name]!.classes!) }
        : {}),
    })),
    prepare: encoder.prepare,
    predict: async (prepared) => (await assess(prepared)).map(({ predictions }) => predictions),
    assess,
  };
}

/** The prediction with its interval, where it is a number and its errors are known. */
function estimate(
  config: TargetConfig,
  prediction: Prediction,
  scores: Float32Array | undefined,
  level: number,
): PropertyEstimate {
  if (config.kind !== 'regression' || !scores) return prediction;
  const interval = predictionInterval(config, prediction.value, scores, level);
  return interval ? { ...prediction, interval } : prediction;
}
