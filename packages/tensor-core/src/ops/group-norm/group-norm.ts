import { apply, defineOp, type Op, type TensorSpec } from '../../autograd';
import { TensorError } from '../../errors';
import { showShape } from '../../shape';
import { empty, type Tensor, zeros } from '../../tensor';
import { checkFloat } from '../reduce/forward';
import { launchReduction } from '../reduce/launch';
import * as forward from './forward';
import { gradientSums } from './sums';

/** Attributes of {@link groupNormOp}; its inputs are x, weight and bias. */
export interface GroupNormAttrs {
  readonly groups: number;
  readonly epsilon: number;
}

/** Options of {@link groupNorm}. */
export interface GroupNormOptions {
  /** Groups of neighbouring channels that are normalised together; a divisor of their number. */
  readonly groups: number;
  /** Added to the variance before the root. Default 1e-5. */
  readonly epsilon?: number;
}

export const groupNormOp: Op<GroupNormAttrs> = defineOp({
  name: 'groupNorm',

  shape: ([x, weight, bias], attrs) => {
    checkGroupNorm(x!, weight!, bias!, attrs);
    return { dtype: 'f32', shape: x!.shape };
  },

  forward: ([x, weight, bias], { groups, epsilon }) => {
    if (x!.size === 0) return { output: empty(x!.device, x!.shape, 'f32', 'groupNorm') };
    const extents = extentsOf(x!, groups);
    const { output, mean, rstd } = forward.groupNorm(x!, weight!, bias!, extents, epsilon);
    return { output, saved: [mean, rstd] };
  },

  vjp: ({ inputs: [x, weight], saved: [mean, rstd], attrs, needs, into }, grad) => {
    if (x!.size === 0) return [grad, zeros(x!.device, weight!.shape), zeros(x!.device, weight!.shape)];
    const extents = extentsOf(x!, attrs.groups);
    const statistics = { mean: mean!, rstd: rstd! };
    const sums = gradientSums(x!, grad, statistics, extents);
    const overSamples = (values: Tensor, place: Tensor | null): Tensor => {
      const axes = { outer: 1, length: extents.samples, inner: extents.channels };
      return launchReduction(values, 'sum', axes, { into: place }).view(weight!.shape);
    };
    return [
      needs[0] ? forward.groupNormInputVjp(x!, weight!, grad, statistics, sums, extents) : null,
      needs[1] ? overSamples(sums.ofAlong, into[1] ?? null) : null,
      needs[2] ? overSamples(sums.ofGrad, into[2] ?? null) : null,
    ];
  },
});

/**
 * y = (x - mean) / √(variance + epsilon) · weight + bias, mean and biased variance over all positions and all channels of one
 * group of one sample (Wu and He 2018, arXiv:1803.08494).
 *
 * What is computed for a sample does not depend on the others. One group of all channels is layer norm over a whole
 * sample, one for each channel is instance norm.
 *
 * @param x f32 [N, …, C], channels last
 * @param weight f32 [C]
 * @param bias f32 [C]
 * @returns f32 of x's shape
 * @throws {TensorError} `SHAPE` where shapes do not fit, `DTYPE` where an input is not f32, `ARGUMENT` for a number of groups
 * that does not divide C, or a negative epsilon
 *
 * @example
 * ```ts
 * const y = groupNorm(x, weight, bias, { groups: 8 }); // [N, 16, 16, 16, 32] -> the same
 * ```
 */
export function groupNorm(x: Tensor, weight: Tensor, bias: Tensor, options: GroupNormOptions): Tensor {
  const { groups, epsilon = 1e-5 } = options;
  return apply(groupNormOp, [x, weight, bias], { groups, epsilon });
}

function extentsOf({ shape, size }: Tensor, groups: number): forward.GroupExtents {
  const [samples, channels] = [shape[0]!, shape.at(-1)!];
  return { samples, positions: size / (samples * channels), channels, groups };
}

function checkGroupNorm(
  x: TensorSpec,
  weight: TensorSpec,
  bias: TensorSpec,
  { groups, epsilon }: GroupNormAttrs,
): void {
  for (const input of [x, weight, bias]) checkFloat('groupNorm', input);
  if (x.shape.length < 2) {
    throw new TensorError(
      'SHAPE',
      `groupNorm: expected x [N, …, C], got ${showShape(x.shape)}. Put the samples into the first axis and the channels into the last.`,
    );
  }
  const channels = x.shape.at(-1)!;
  for (const [name, { shape }] of [['weight', weight] as const, ['bias', bias] as const]) {
    if (shape.length === 1 && shape[0] === channels) continue;
    throw new TensorError(
      'SHAPE',
      `groupNorm: expected ${name} [${channels}] for x ${showShape(x.shape)}, got ${showShape(shape)}. It has one value for each channel.`,
    );
  }
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw new TensorError(
      'ARGUMENT',
      `groupNorm: groups must be a divisor of the ${channels} channels, got ${groups}. Choose another number of groups or of channels.`,
    );
  }
  if (!(epsilon >= 0)) {
    throw new TensorError('ARGUMENT', `groupNorm: epsilon must be 0 or more, got ${epsilon}. Use 1e-5.`);
  }
}
