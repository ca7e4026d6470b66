import type { Tensor } from '@bravais/tensor-core';
import type { z } from 'zod';

/** What every target says, whatever its kind. */
export interface TargetFields {
  /** Scalar of the records, by the name that the source gives it. */
  readonly property: string;
  /** `structure` or a view: whose embedding is read. */
  readonly modality: string;
  /** Factor of its loss in the sum. */
  readonly weight: number;
  /** Hidden layers of the head; 0 reads the embedding by one linear layer. */
  readonly layers: number;
  /** Features of a hidden layer of the head. */
  readonly width: number;
  /** Fraction of features dropped in the head while training. */
  readonly dropout: number;
}

/** Numbers learned of the training labels before a model is made; checkpoints keep them by these names. */
export type FittedTarget = Readonly<Record<string, Float32Array>>;

/** Labels of a batch, by names of their own: inputs of a captured step. */
export type HostLabels = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>
>;

/** The same on the device. */
export type Labels = Readonly<Record<string, Tensor>>;

/** Scalars of one material that has the target's modality. */
export interface LabelSource {
  /** Names the material in errors. */
  readonly id: string;
  readonly scalars: Readonly<Record<string, number>>;
}

/** What a head says of one material. */
export interface Prediction {
  /** Of a regression in the unit of the property; of a classification the class. */
  readonly value: number;
  /** Of a classification, one for each of its classes. */
  readonly probabilities?: readonly number[];
}

/**
 * A kind of target that an experiment can name under `targets`: C its config.
 *
 * A new one is a file that makes such an object, and its name in the registry beside this file.
 */
export interface TargetKind<C extends TargetFields & { readonly kind: string }> {
  /** Checks the config and fills in its defaults. */
  readonly schema: z.ZodType<C> & z.core.$ZodTypeDiscriminable;
  /** The metric, `<target>/<name>`, that decides on the best checkpoint. */
  readonly bestMetric: string;
  /** In words, `gap by l1`. */
  describe(config: C): string;
  /**
   * What the head must know of the training labels.
   *
   * @throws {ModelError} `TARGET_LABELS` where there are too few of them
   */
  fit(name: string, config: C, training: readonly LabelSource[]): FittedTarget;
  /** Numbers that the head gives for each material. */
  outputs(fitted: FittedTarget): number;
  /**
   * Labels of a batch, a row each; `null` and rows without a label weigh nothing. The weights of the rest add up to 1.
   *
   * @throws {ModelError} `TARGET_LABELS`, with the id of the material
   */
  layOut(name: string, config: C, fitted: FittedTarget, rows: readonly (LabelSource | null)[]): HostLabels;
  /** Scalar loss of outputs `[B, outputs]`. */
  loss(config: C, outputs: Tensor, labels: Labels): Tensor;
  /** What the numbers of one row mean. */
  read(config: C, fitted: FittedTarget, outputs: Float32Array): Prediction;
}
