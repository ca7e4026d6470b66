import type { Device } from '../../device';
import { defineKernel, type Kernel, type ParamKind } from '../../runtime/kernel';
import elementF32 from './element-f32.wgsl';
import elementVec4 from './element-vec4.wgsl';
import type { Extents } from './extents';
import { defineLaneKernel, type LaneKernel, laneVariant } from './lanes';
import acrossSource from './unit-across.wgsl';
import aloneSource from './unit-alone.wgsl';

/**
 * A kernel that treats each line of x[outer, length, inner] along the middle axis as a whole: by lanes together
 * where lines are contiguous (inner = 1), by one thread each where they are columns. Loads are vec4 where the
 * extents allow.
 */
export interface UnitKernel {
  readonly acrossVec4: LaneKernel;
  readonly acrossF32: LaneKernel;
  readonly aloneVec4: Kernel;
  readonly aloneF32: Kernel;
}

/** How to launch a {@link UnitKernel}: extents are counted in Elements. */
export interface UnitVariant {
  readonly kernel: Kernel;
  readonly constants: { readonly LANES: number; readonly UNITS: number };
  readonly units: number;
  readonly length: number;
  readonly inner: number;
  readonly groups: number;
}

const ALONE = { LANES: 1, UNITS: 64 } as const;

/** All forms of a kernel; its source finds `Element`, `LANES`, `UNITS`, `unit_sum` and `unit_max` declared. */
export function defineUnitKernel(spec: {
  name: string;
  source: string;
  bindings: readonly ('read' | 'write')[];
  params: readonly ParamKind[];
}): UnitKernel {
  const { name, source } = spec;
  return {
    acrossVec4: defineLaneKernel({
      ...spec,
      name: `${name}-rows-vec4`,
      source: [elementVec4, acrossSource, source],
    }),
    acrossF32: defineLaneKernel({
      ...spec,
      name: `${name}-rows-f32`,
      source: [elementF32, acrossSource, source],
    }),
    aloneVec4: defineKernel({
      ...spec,
      name: `${name}-columns-vec4`,
      source: [elementVec4, aloneSource, source],
    }),
    aloneF32: defineKernel({
      ...spec,
      name: `${name}-columns-f32`,
      source: [elementF32, aloneSource, source],
    }),
  };
}

/** The form for a device and extents. */
export function unitVariant(
  device: Device,
  kernel: UnitKernel,
  { outer, length, inner }: Extents,
): UnitVariant {
  if (inner === 1) {
    const wide = length % 4 === 0;
    const variant = laneVariant(device, wide ? kernel.acrossVec4 : kernel.acrossF32);
    const groups = Math.ceil(outer / variant.constants.UNITS);
    return { ...variant, units: outer, length: wide ? length / 4 : length, inner: 1, groups };
  }
  const wide = inner % 4 === 0;
  const width = wide ? inner / 4 : inner;
  const units = outer * width;
  return {
    kernel: wide ? kernel.aloneVec4 : kernel.aloneF32,
    constants: ALONE,
    units,
    length,
    inner: width,
    groups: Math.ceil(units / ALONE.UNITS),
  };
}

/** x[outer, length, inner] of a shape around one axis. */
export function axisExtents(shape: readonly number[], axis: number): Extents {
  const product = (extents: readonly number[]): number => extents.reduce((size, extent) => size * extent, 1);
  return {
    outer: product(shape.slice(0, axis)),
    length: shape[axis]!,
    inner: product(shape.slice(axis + 1)),
  };
}
