import type { Device } from '../../device';
import type { ParamKind } from '../../runtime/kernel';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import { defineLaneKernel, type LaneKernel, type LaneVariant, laneVariant } from '../reduce/lanes';

/** A kernel with one unit of lanes for each contiguous row; loads are vec4 where the row length allows. */
export interface RowKernel {
  readonly vec4: LaneKernel;
  readonly f32: LaneKernel;
}

/** How to launch a {@link RowKernel}: `length` counts Elements. */
export interface RowVariant extends LaneVariant {
  readonly length: number;
  readonly groups: number;
}

/** All forms of a kernel; its source finds `Element`, `LANES`, `UNITS` and `lanes_sum` declared. */
export function defineRowKernel(spec: {
  name: string;
  source: string;
  bindings: readonly ('read' | 'write')[];
  params: readonly ParamKind[];
}): RowKernel {
  const { name, source } = spec;
  return {
    vec4: defineLaneKernel({ ...spec, name: `${name}-vec4`, source: [elementVec4, source] }),
    f32: defineLaneKernel({ ...spec, name: `${name}-f32`, source: [elementF32, source] }),
  };
}

/** The form for a device and `rows` rows of `length` values. */
export function rowVariant(device: Device, kernel: RowKernel, rows: number, length: number): RowVariant {
  const wide = length % 4 === 0;
  const variant = laneVariant(device, wide ? kernel.vec4 : kernel.f32);
  return {
    ...variant,
    length: wide ? length / 4 : length,
    groups: Math.ceil(rows / variant.constants.UNITS),
  };
}
