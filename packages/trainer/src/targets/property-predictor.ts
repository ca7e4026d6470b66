import type { Structure } from '@bravais/datasets';
import type { AlignmentModel } from '../model/alignment-model';
import { ModelError } from '../model/model-error';
import type { PreparedStructure } from '../model/prepare';
import { structureEncoder } from '../model/structure-encoder';
import { predictTarget } from './predict-targets';
import { unitOf } from './property-units';
import type { Prediction } from './target-kind';

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

/** Predictions of one structure, by target. */
export type PropertyPredictions = Readonly<Record<string, Prediction>>;

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
}

/**
 * ŷ = head(structure encoder(structure)) of every target that a model predicts from structures, without dropout.
 *
 * @throws {ModelError} `NO_STRUCTURE_ENCODER`; `NO_TARGET` where it predicts nothing from structures
 *
 * @example
 * ```ts no-run
 * const predictor = propertyPredictor(restoreModel(device, await readRun('runs/b2-e-form')));
 * const [first] = await predictor.predict([predictor.prepare(structure)]);
 * first!.eForm!.value; // eV/atom
 * ```
 */
export function propertyPredictor(model: AlignmentModel): PropertyPredictor {
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
    async predict(prepared) {
      const rows = await encoder.embed(prepared);
      const columns: [string, Prediction[]][] = [];
      for (const [name] of targets) columns.push([name, await predictTarget(model, name, rows)]);
      return prepared.map((_, row) =>
        Object.fromEntries(columns.map(([name, column]) => [name, column[row]!])),
      );
    },
  };
}
