import type { DType } from '../../dtype';
import { TensorError } from '../../errors';
import { defineKernel } from '../../runtime/kernel';
import { type Shape, showShape, sizeOf } from '../../shape';
import { empty, type Tensor } from '../../tensor';
import laneVec4 from './lane-vec4.wgsl';
import padSource from './pad.wgsl';
import paramsSource from './pad-params.wgsl';
import quadsSource from './pad-quads.wgsl';
import { check4Bytes } from './strided';

/** Elements added in front of and behind an axis. */
export type PadWidth = readonly [before: number, after: number];

const WORKGROUP = 64;
/** Axes that the kernel takes after merging those without padding into the one in front of them. */
const MOST_AXES = 5;

const kernel = (name: string, source: readonly string[]) =>
  defineKernel({
    name,
    source,
    bindings: ['read', 'write'],
    params: new Array<'u32'>(16).fill('u32'),
  });
const wordKernel = kernel('pad', [paramsSource, quadsSource]);
const vec4Kernel = kernel('pad-vec4', [laneVec4, paramsSource, padSource]);

/** Extents with the padding; throws where a width is no non-negative integer. */
export function paddedShape(op: string, shape: Shape, widths: readonly PadWidth[]): number[] {
  const valid = widths.every((width) => width.every((count) => Number.isSafeInteger(count) && count >= 0));
  if (widths.length !== shape.length || !valid) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected [before, after] with non-negative integers for each axis of ${showShape(shape)}, got ${JSON.stringify(widths)}. Use slice to cut off.`,
    );
  }
  return shape.map((extent, axis) => extent + widths[axis]![0] + widths[axis]![1]);
}

interface PaddedAxis {
  readonly extent: number;
  readonly before: number;
  readonly padded: number;
}

/** Forward pass of `pad`, without gradient. */
export function pad(x: Tensor, widths: readonly PadWidth[], value = 0): Tensor {
  const shape = paddedShape('pad', x.shape, widths);
  check4Bytes('pad', x);
  const axes = mergeUnpadded(x.shape, widths);
  if (axes.length > MOST_AXES) {
    const half = widths.map((width, axis): PadWidth => (axis < x.rank / 2 ? width : [0, 0]));
    const rest = widths.map((width, axis): PadWidth => (axis < x.rank / 2 ? [0, 0] : width));
    return pad(pad(x, half, value), rest, value);
  }
  if (sizeOf(shape) === x.size) return x.view(shape);
  const out = empty(x.device, shape, x.dtype, 'pad');
  const inner = axes.at(-1)!;
  const unit = [inner.extent, inner.before, inner.padded].every((count) => count % 4 === 0) ? 4 : 1;
  const filled: PaddedAxis[] = [
    ...new Array<PaddedAxis>(MOST_AXES - axes.length).fill({ extent: 1, before: 0, padded: 1 }),
    ...axes.slice(0, -1),
    { extent: inner.extent / unit, before: inner.before / unit, padded: inner.padded / unit },
  ];
  const lanes = out.size / unit;
  x.device.launch({
    kernel: unit === 4 ? vec4Kernel : wordKernel,
    constants: { rank: axes.length <= 3 ? 3 : MOST_AXES },
    bindings: [x.binding, out.binding],
    params: [
      lanes,
      bitsOf(value, x.dtype),
      ...filled.slice(1).map((axis) => axis.padded),
      ...filled.map((axis) => axis.extent),
      ...filled.map((axis) => axis.before),
    ],
    // Four elements a thread either way.
    groups: Math.ceil(out.size / 4 / WORKGROUP),
  });
  return out;
}

/** Axes without padding as part of the axis in front of them. */
function mergeUnpadded(shape: Shape, widths: readonly PadWidth[]): PaddedAxis[] {
  const merged: PaddedAxis[] = [];
  shape.forEach((extent, axis) => {
    const [before, after] = widths[axis]!;
    const outer = merged.at(-1);
    if (outer && before + after === 0) {
      merged[merged.length - 1] = {
        extent: outer.extent * extent,
        before: outer.before * extent,
        padded: outer.padded * extent,
      };
    } else {
      merged.push({ extent, before, padded: extent + before + after });
    }
  });
  return merged;
}

function bitsOf(value: number, dtype: DType): number {
  if (dtype !== 'f32') return value >>> 0;
  return new Uint32Array(new Float32Array([value]).buffer)[0]!;
}
