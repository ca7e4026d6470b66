import { z } from 'zod';
import { ModelError } from '../model/model-error';
import { residualLoss } from './residual-loss';
import { targetFields } from './target-fields';
import type { FittedTarget, LabelSource, TargetFields, TargetKind } from './target-kind';

/** A number to predict. */
export interface RegressionConfig extends TargetFields {
  readonly kind: 'regression';
  /** Of the residual in deviations of the training labels. */
  readonly loss: 'l1' | 'huber' | 'mse';
  /** `log10`: the head learns the decimal logarithm, and errors are reported in it. */
  readonly transform: 'none' | 'log10';
  /** Scalar that says what the label is: -1 an upper bound, 1 a lower bound, 0 or nothing the value itself. */
  readonly bound?: string;
  /** Labels that are not above it are left out, such as moduli of a relaxation that failed. */
  readonly labelsAbove?: number;
  /** Predictions below it count as it. */
  readonly minimum?: number;
  /** Unit of the property; known ones need none. */
  readonly unit?: string;
}

/** A label on the scale that errors are reported in. */
export interface RegressionLabel {
  readonly value: number;
  /** -1: the true value is below, 1: above. */
  readonly bound: -1 | 0 | 1;
}

/** The label of a material; `undefined` where it has none. */
export function regressionLabel(
  name: string,
  { property, transform, bound, labelsAbove = Number.NEGATIVE_INFINITY }: RegressionConfig,
  { id, scalars }: LabelSource,
): RegressionLabel | undefined {
  const value = scalars[property];
  if (value === undefined || !Number.isFinite(value) || value <= labelsAbove) return undefined;
  if (transform === 'log10' && value <= 0) {
    throw new ModelError(
      'TARGET_LABELS',
      `targets.${name}: ${property} must be above 0 for log10, got ${value} for ${id}. Set labelsAbove: 0 to leave such labels out, or transform: none.`,
    );
  }
  const sign = bound === undefined ? 0 : Math.sign(scalars[bound] ?? 0);
  return {
    value: transform === 'log10' ? Math.log10(value) : value,
    bound: sign as RegressionLabel['bound'],
  };
}

/** ŷ = mean + deviation · head(z), of a label that may be a bound: a prediction on the right side of a bound costs nothing. */
export const regressionKind: TargetKind<RegressionConfig> = {
  schema: z
    .strictObject({
      kind: z.literal('regression').describe('A number.'),
      ...targetFields,
      loss: z
        .enum(['l1', 'huber', 'mse'])
        .default('l1')
        .describe('Of the residual in deviations of the training labels.'),
      transform: z
        .enum(['none', 'log10'])
        .default('none')
        .describe('log10: the head learns the decimal logarithm, and errors are reported in it.'),
      bound: z
        .string()
        .min(1)
        .exactOptional()
        .describe('Scalar that is -1 where the label is an upper bound, 1 where it is a lower bound.'),
      labelsAbove: z.number().exactOptional().describe('Labels that are not above it are left out.'),
      minimum: z.number().exactOptional().describe('Predictions below it count as it.'),
      unit: z.string().min(1).exactOptional().describe('Unit of the property; known ones need none.'),
    })
    .describe('A number to predict.'),
  bestMetric: 'mae',
  describe: ({ property, loss, transform }) =>
    `${transform === 'log10' ? `log10 of ${property}` : property} by ${loss}`,
  fit(name, config, training) {
    const labels = training.flatMap((each) => regressionLabel(name, config, each) ?? []);
    const exact = labels.flatMap(({ value, bound }) => (bound === 0 ? [value] : []));
    if (exact.length < 2) {
      throw new ModelError(
        'TARGET_LABELS',
        `targets.${name}: the training split must hold at least two values of ${config.property}, got ${exact.length}. Check the name of the property, or take data that has it.`,
      );
    }
    const mean = exact.reduce((sum, value) => sum + value, 0) / exact.length;
    const variance = exact.reduce((sum, value) => sum + (value - mean) ** 2, 0) / exact.length;
    return { mean: Float32Array.of(mean), deviation: Float32Array.of(Math.sqrt(variance) || 1) };
  },
  outputs: () => 1,
  layOut(name, config, fitted, rows) {
    const labels = rows.map((row) => (row ? regressionLabel(name, config, row) : undefined));
    const share = 1 / Math.max(1, labels.filter((label) => label !== undefined).length);
    const column = (of: (label: RegressionLabel) => number) => ({
      shape: [rows.length, 1],
      values: Float32Array.from(labels, (label) => (label ? of(label) : 0)),
    });
    return {
      values: column(({ value }) => (value - fitted.mean![0]!) / fitted.deviation![0]!),
      above: column(({ bound }) => (bound > 0 ? 0 : share)),
      below: column(({ bound }) => (bound < 0 ? 0 : share)),
    };
  },
  loss: ({ loss }, outputs, { values, above, below }) => residualLoss(loss, outputs, values!, above!, below!),
  read(config, fitted, [output]) {
    const value = scaled(fitted, output!);
    const natural = config.transform === 'log10' ? 10 ** value : value;
    return { value: config.minimum === undefined ? natural : Math.max(config.minimum, natural) };
  },
};

function scaled({ mean, deviation }: FittedTarget, output: number): number {
  return mean![0]! + deviation![0]! * output;
}
