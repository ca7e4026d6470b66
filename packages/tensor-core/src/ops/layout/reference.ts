import type { Shape } from '../../shape';
import { at, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import type { PadWidth } from './pad-forward';
import type { SliceRange } from './slice-forward';

/** `out[index] = x[index with axis axes[k] taken from place k]`. */
export function permuteReference(
  [x]: readonly ReferenceTensor[],
  { axes }: { axes: readonly number[] },
): ReferenceTensor {
  const rank = x!.shape.length;
  const order = axes.map((axis) => (axis + rank) % rank);
  return referenceTensor(
    order.map((axis) => x!.shape[axis]!),
    (index) =>
      at(
        x!,
        order.map((_, axis) => index[order.indexOf(axis)]!),
      ),
  );
}

/** NumPy's `x[start:end:step, ...]`, by listing what each range takes. */
export function sliceReference(
  [x]: readonly ReferenceTensor[],
  { ranges }: { ranges: readonly (SliceRange | null)[] },
): ReferenceTensor {
  const taken = x!.shape.map((extent, axis) => {
    const { start = 0, end = extent, step = 1 } = ranges[axis] ?? {};
    const low = start < 0 ? Math.max(0, start + extent) : start;
    const high = end < 0 ? end + extent : end;
    return Array.from({ length: extent }, (_, i) => i).filter(
      (i) => i >= low && i < high && (i - low) % step === 0,
    );
  });
  return referenceTensor(
    taken.map((list) => list.length),
    (index) =>
      at(
        x!,
        index.map((i, axis) => taken[axis]![i]!),
      ),
  );
}

/** Each input's elements at the running offset along the axis. */
export function concatReference(
  inputs: readonly ReferenceTensor[],
  { axis }: { axis: number },
): ReferenceTensor {
  const rank = inputs[0]!.shape.length;
  const along = (axis + rank) % rank;
  const shape = inputs[0]!.shape.map((extent, k) =>
    k === along ? inputs.reduce((sum, input) => sum + input.shape[along]!, 0) : extent,
  );
  return referenceTensor(shape, (index) => {
    const inner = [...index];
    for (const input of inputs) {
      if (inner[along]! < input.shape[along]!) return at(input, inner);
      inner[along]! -= input.shape[along]!;
    }
    return Number.NaN;
  });
}

/** `x[index - before]` inside, `value` outside. */
export function padReference(
  [x]: readonly ReferenceTensor[],
  { widths, value }: { widths: readonly PadWidth[]; value: number },
): ReferenceTensor {
  const shape = x!.shape.map((extent, axis) => extent + widths[axis]![0] + widths[axis]![1]);
  return referenceTensor(shape, (index) => {
    const inner = index.map((i, axis) => i - widths[axis]![0]);
    return inner.every((i, axis) => i >= 0 && i < x!.shape[axis]!) ? at(x!, inner) : value;
  });
}

/** `x[index]` with the index 0 along stretched axes. */
export function broadcastToReference(
  [x]: readonly ReferenceTensor[],
  { shape }: { shape: Shape },
): ReferenceTensor {
  const lead = shape.length - x!.shape.length;
  return referenceTensor(shape, (index) =>
    at(
      x!,
      x!.shape.map((extent, axis) => (extent === 1 ? 0 : index[lead + axis]!)),
    ),
  );
}

/** `x[extent - 1 - i]` along flipped axes. */
export function flipReference(
  [x]: readonly ReferenceTensor[],
  { axes }: { axes: readonly number[] },
): ReferenceTensor {
  const flipped = axes.map((axis) => (axis < 0 ? axis + x!.shape.length : axis));
  return referenceTensor(x!.shape, (index) =>
    at(
      x!,
      index.map((i, axis) => (flipped.includes(axis) ? x!.shape[axis]! - 1 - i : i)),
    ),
  );
}
