import type { Device } from '../../device';
import { defineKernel, type Kernel, type ParamKind } from '../../runtime/kernel';
import subgroupSource from './lanes-subgroup.wgsl';
import workgroupSource from './lanes-workgroup.wgsl';

/** A kernel whose rows are shared by the lanes of a unit, in a form with and one without subgroups. */
export interface LaneKernel {
  readonly subgroup: Kernel;
  readonly workgroup: Kernel;
}

/** How to launch a {@link LaneKernel} on a device. */
export interface LaneVariant {
  readonly kernel: Kernel;
  /** Lanes of one unit, and units of one workgroup. */
  readonly constants: { readonly LANES: number; readonly UNITS: number };
}

/** Subgroup sizes for which lanes with consecutive indices are known to form one subgroup. */
const SUBGROUP_SIZES: readonly (number | null)[] = [4, 8, 16, 32, 64];
const SUBGROUP_WORKGROUP = 64;
const WORKGROUP_LANES = 32;
const WORKGROUP_UNITS = 2;

/** Both forms of a kernel; its source follows `lanes-subgroup.wgsl` or `lanes-workgroup.wgsl`. */
export function defineLaneKernel(spec: {
  name: string;
  source: readonly string[];
  bindings: readonly ('read' | 'write')[];
  params: readonly ParamKind[];
}): LaneKernel {
  return {
    subgroup: defineKernel({ ...spec, source: [subgroupSource, ...spec.source], enables: ['subgroups'] }),
    workgroup: defineKernel({
      ...spec,
      name: `${spec.name}-workgroup`,
      source: [workgroupSource, ...spec.source],
    }),
  };
}

/** The form for this device: subgroups where all have one known size, else workgroup memory. */
export function laneVariant(device: Device, kernel: LaneKernel): LaneVariant {
  const lanes = device.adapter.subgroupSize;
  if (lanes === null || !SUBGROUP_SIZES.includes(lanes)) {
    return { kernel: kernel.workgroup, constants: { LANES: WORKGROUP_LANES, UNITS: WORKGROUP_UNITS } };
  }
  return { kernel: kernel.subgroup, constants: { LANES: lanes, UNITS: SUBGROUP_WORKGROUP / lanes } };
}
