import { logSoftmax, mul, neg, sum } from '@bravais/tensor-core';
import { z } from 'zod';
import { ModelError } from '../model/model-error';
import { targetFields } from './target-fields';
import type { LabelSource, TargetFields, TargetKind } from './target-kind';

/** A class to predict. */
export interface ClassificationConfig extends TargetFields {
  readonly kind: 'classification';
  /** Class 1 where the property is above it, else class 0. Left out, each value of the property is a class. */
  readonly threshold?: number;
}

/** More classes than this are a number that should be a regression. */
const MOST_CLASSES = 1024;

/** The class of a material; `undefined` where it is not known. */
export function classLabel(
  { property, threshold }: ClassificationConfig,
  { scalars }: Pick<LabelSource, 'scalars'>,
): number | undefined {
  const value = scalars[property];
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return threshold === undefined ? value : Number(value > threshold);
}

/** p = softmax(head(z)) over the classes of the training split; the loss is their cross entropy. */
export const classificationKind: TargetKind<ClassificationConfig> = {
  schema: z
    .strictObject({
      kind: z.literal('classification').describe('A class.'),
      ...targetFields,
      threshold: z
        .number()
        .exactOptional()
        .describe(
          'Class 1 where the property is above it, else class 0. Left out, each value of the property is a class.',
        ),
    })
    .describe('A class to predict.'),
  bestMetric: 'accuracy',
  describe: ({ property, threshold }) =>
    threshold === undefined ? `class of ${property}` : `${property} > ${threshold}`,
  fit(name, config, training) {
    const classes = new Set(training.flatMap((each) => classLabel(config, each) ?? []));
    if (classes.size < 2 || classes.size > MOST_CLASSES) {
      throw new ModelError(
        'TARGET_LABELS',
        `targets.${name}: the training split must hold from 2 to ${MOST_CLASSES} classes of ${config.property}, got ${classes.size}. Check the name of the property, set another threshold, or take kind: regression.`,
      );
    }
    return { classes: Float32Array.from(classes).sort() };
  },
  outputs: ({ classes }) => classes!.length,
  layOut(_name, config, { classes }, rows) {
    const places = rows.map((row) => {
      const label = row ? classLabel(config, row) : undefined;
      return label === undefined ? -1 : classes!.indexOf(Math.fround(label));
    });
    const share = 1 / Math.max(1, places.filter((place) => place >= 0).length);
    const values = new Float32Array(rows.length * classes!.length);
    places.forEach((place, row) => {
      if (place >= 0) values[row * classes!.length + place] = share;
    });
    return { shares: { shape: [rows.length, classes!.length], values } };
  },
  loss: (_config, outputs, { shares }) => neg(sum(mul(shares!, logSoftmax(outputs)))),
  read(_config, { classes }, outputs) {
    const largest = Math.max(...outputs);
    const weights = Array.from(outputs, (output) => Math.exp(output - largest));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return {
      value: classes![outputs.indexOf(largest)]!,
      probabilities: weights.map((weight) => weight / total),
    };
  },
};
