import { applyWithSaved, defineOp, type Op } from '../../autograd';
import { TensorError } from '../../errors';
import { showShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { checkFloat } from '../reduce/forward';
import * as forward from './forward';

/** How many values, and from which end. */
export interface TopKAttrs {
  readonly k: number;
  readonly largest: boolean;
}

/** Options of {@link topK}. */
export interface TopKOptions {
  /** The largest values (default), or the smallest. */
  readonly largest?: boolean;
}

const MOST_VALUES = 256;
/** Positions are counted in f32. */
const LONGEST_ROW = 2 ** 24;

/** Its output are the values; the indices are what it saves. */
export const topKOp: Op<TopKAttrs> = defineOp({
  name: 'topK',
  shape: ([x], { k }) => {
    checkFloat('topK', x!);
    const length = x!.shape.at(-1);
    if (length === undefined || length > LONGEST_ROW) {
      throw new TensorError(
        'SHAPE',
        `topK: expected x [..., n] with n up to ${LONGEST_ROW}, got ${showShape(x!.shape)}. Split the last axis.`,
      );
    }
    if (!Number.isInteger(k) || k < 1 || k > Math.min(length, MOST_VALUES)) {
      throw new TensorError(
        'ARGUMENT',
        `topK: k must be an integer from 1 to ${Math.min(length, MOST_VALUES)} for x ${showShape(x!.shape)}, got ${k}. Ask for fewer values.`,
      );
    }
    return { dtype: 'f32', shape: [...x!.shape.slice(0, -1), k] };
  },
  forward: ([x], { k, largest }) => {
    const { values, indices } = forward.topK(x!, k, largest);
    return { output: values, saved: [indices] };
  },
  vjp: ({ inputs, saved }, grad) => [forward.topKVjp(inputs[0]!, saved[0]!, grad)],
});

/**
 * The k largest (or smallest) values along the last axis, best first, and their positions.
 *
 * Equal values come in order of position. NaN counts as larger than all numbers, as in PyTorch. Gradients flow
 * through the values to where they came from. Cost: 18 readings of x in one launch, whatever k is.
 *
 * @param x f32 [..., n]
 * @param k from 1 to the smaller of n and 256
 * @returns `values` f32 [..., k] and `indices` i32 [..., k]
 * @throws {TensorError} `ARGUMENT` for a k outside that range, `SHAPE` for a scalar or n above 2^24, `DTYPE`
 * where x is not f32
 *
 * @example
 * ```ts
 * const { values, indices } = topK(similarity, 10); // [Q, N] -> [Q, 10]
 * ```
 */
export function topK(x: Tensor, k: number, options: TopKOptions = {}): { values: Tensor; indices: Tensor } {
  const { output, saved } = applyWithSaved(topKOp, [x], { k, largest: options.largest ?? true });
  return { values: output, indices: saved[0]! };
}
