import { TensorError } from '../../errors';
import { type Shape, showShape, stridesOf } from '../../shape';
import type { Tensor } from '../../tensor';
import { pad } from './pad-forward';
import { copyStrided } from './strided';

/** Indices `start`, `start + step`, ... below `end`; negative bounds count from the end, as in Python. */
export interface SliceRange {
  /** Default 0. */
  readonly start?: number;
  /** Default: the extent. */
  readonly end?: number;
  /** A positive integer, default 1. */
  readonly step?: number;
}

/** A range with its bounds settled. */
interface Taken {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

/** What each range takes of its axis; axes without a range are taken whole. */
export function takenRanges(op: string, shape: Shape, ranges: readonly (SliceRange | null)[]): Taken[] {
  if (ranges.length > shape.length) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected at most ${shape.length} ranges for ${showShape(shape)}, got ${ranges.length}.`,
    );
  }
  return shape.map((extent, axis) => {
    const { start = 0, end = extent, step = 1 } = ranges[axis] ?? {};
    if (![start, end, step].every(Number.isSafeInteger) || step < 1) {
      throw new TensorError(
        'ARGUMENT',
        `${op}: expected integer start and end and a positive integer step for axis ${axis}, got ${start}, ${end} and ${step}.`,
      );
    }
    const from = settled(start, extent);
    const to = settled(end, extent);
    return { start: from, count: Math.max(0, Math.ceil((to - from) / step)), step };
  });
}

function settled(bound: number, extent: number): number {
  return Math.min(extent, Math.max(0, bound < 0 ? bound + extent : bound));
}

/** Forward pass of `slice`, without gradient. */
export function slice(x: Tensor, ranges: readonly (SliceRange | null)[]): Tensor {
  const taken = takenRanges('slice', x.shape, ranges);
  const own = stridesOf(x.shape);
  const shape = taken.map(({ count }) => count);
  return copyStrided('slice', x, shape, {
    extents: shape,
    strides: taken.map(({ step }, axis) => step * own[axis]!),
    base: taken.reduce((base, { start }, axis) => base + start * own[axis]!, 0),
  });
}

/** Zeros of `shape` with `values` at the places that `slice(…, ranges)` takes: the transpose of `slice`. */
export function unslice(values: Tensor, shape: Shape, ranges: readonly (SliceRange | null)[]): Tensor {
  const taken = takenRanges('slice', shape, ranges);
  const spread = spreadOut(values, taken);
  const ends = taken.map(({ start, step }, axis) =>
    Math.min(shape[axis]!, start + values.shape[axis]! * step),
  );
  const cut = slice(
    spread,
    taken.map(({ start }, axis) => ({ end: ends[axis]! - start })),
  );
  return pad(
    cut,
    taken.map(({ start }, axis) => [start, shape[axis]! - ends[axis]!]),
  );
}

/** `step - 1` zeros behind every element along each axis. */
function spreadOut(values: Tensor, taken: readonly Taken[]): Tensor {
  if (taken.every(({ step }) => step === 1)) return values;
  const paired = values.shape.flatMap((extent) => [extent, 1]);
  const widths = taken.flatMap(({ step }): [number, number][] => [
    [0, 0],
    [0, step - 1],
  ]);
  const padded = pad(values.view(paired), widths);
  return padded.view(values.shape.map((extent, axis) => extent * taken[axis]!.step));
}
