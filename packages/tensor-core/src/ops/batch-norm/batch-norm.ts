import { applyWithSaved, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import type { Tensor } from '../../tensor';
import { affineGradient } from '../layer-norm/affine-gradient';
import { variance as varianceOver } from '../reduce/forward';
import { checkBatchNorm } from './check';
import * as forward from './forward';

/** Where the statistics come from, and what is added to the variance before the root. */
export interface BatchNormAttrs {
  readonly training: boolean;
  readonly epsilon: number;
}

/** Options of {@link batchNorm}. */
export interface BatchNormOptions {
  /** Normalise by the batch's own statistics (`true`) or by the running ones (`false`). */
  readonly training: boolean;
  /** f32 [C]; needed where `training` is false. */
  readonly runningMean?: Tensor;
  /** f32 [C]; needed where `training` is false. */
  readonly runningVariance?: Tensor;
  /** Added to the variance before the root. Default 1e-5. */
  readonly epsilon?: number;
}

/** Inputs: x, weight, bias, and where not training the running mean and variance, which get no gradient. */
export const batchNormOp: Op<BatchNormAttrs> = defineOp({
  name: 'batchNorm',
  shape: (inputs, { training, epsilon }) => {
    checkBatchNorm(inputs, training, epsilon);
    return { dtype: 'f32', shape: inputs[0]!.shape };
  },
  forward: ([x, weight, bias, runningMean, runningVariance], { training, epsilon }) => {
    const statistics = training
      ? varianceOver(x!, 0)
      : { mean: runningMean!.detach(), variance: runningVariance!.detach() };
    const { output, rstd } = forward.batchNorm(x!, weight!, bias!, statistics, epsilon);
    return { output, saved: [statistics.mean, statistics.variance, rstd] };
  },
  vjp: ({ inputs: [x, weight], saved: [mean, , rstd], attrs, needs, into }, grad) => {
    const places = { weight: into[1] ?? null, bias: into[2] ?? null };
    const affine = affineGradient(x!, grad, mean!, rstd!, 'column', places);
    const statistics = { mean: mean!, rstd: rstd! };
    const dx = needs[0]
      ? forward.batchNormInputVjp(x!, weight!, grad, statistics, affine, attrs.training)
      : null;
    return [dx, affine.weight, affine.bias, null, null];
  },
});

/**
 * y = (x - mean) / sqrt(variance + epsilon) * weight + bias, column by column (Ioffe and Szegedy 2015,
 * arXiv:1502.03167).
 *
 * In training, mean and biased variance are those of the batch, gradients flow through them, and they are
 * returned for {@link updateRunningStatistics}; otherwise the running ones are used and returned. Nothing is
 * changed in place.
 *
 * @param x f32 [N, C]
 * @param weight f32 [C]
 * @param bias f32 [C]
 * @returns `output` [N, C]; `mean` and biased `variance` [C], without gradient
 * @throws {TensorError} `SHAPE` where shapes do not fit, or N < 2 in training; `DTYPE` where an input is not
 * f32; `ARGUMENT` where running statistics are missing or epsilon is negative
 *
 * @example
 * ```ts
 * const { output, mean, variance } = batchNorm(x, weight, bias, { training: true });
 * running = updateRunningStatistics(running, { mean, variance, rows: x.shape[0]! });
 * ```
 */
export function batchNorm(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  options: BatchNormOptions,
): { output: Tensor; mean: Tensor; variance: Tensor } {
  const { training, runningMean, runningVariance, epsilon = 1e-5 } = options;
  if (!training && !(runningMean && runningVariance)) {
    throw new TensorError(
      'ARGUMENT',
      'batchNorm: expected runningMean and runningVariance where training is false, got none. Pass both.',
    );
  }
  const inputs = training ? [x, weight, bias] : [x, weight, bias, runningMean!, runningVariance!];
  const { output, saved } = applyWithSaved(batchNormOp, inputs, { training, epsilon });
  return { output, mean: saved[0]!, variance: saved[1]! };
}
