import { defineKernel, type Kernel, type ParamKind } from '../../runtime/kernel';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import collect from './collect-weights.wgsl';
import depthwise from './depthwise.wgsl';
import depthwiseWeights from './depthwise-weights.wgsl';
import fourIndices from './four-indices.wgsl';
import gatherSubgroup from './gather-subgroup.wgsl';
import gatherWorkgroup from './gather-workgroup.wgsl';
import gradNarrow from './grad-narrow.wgsl';
import gradWide from './grad-wide.wgsl';
import oneIndex from './one-index.wgsl';
import pack from './pack-weights.wgsl';
import { slideSource, slideWeightsSource } from './slide-source';
import sourceNarrow from './source-narrow.wgsl';
import sourceWide from './source-wide.wgsl';
import storeStrided from './store-strided.wgsl';
import storeVector from './store-vector.wgsl';
import { subgroupSource } from './subgroup-source';
import taps from './taps.wgsl';
import tileWorkgroup from './tile-workgroup.wgsl';
import weightsSubgroup from './weights-subgroup.wgsl';
import weightsWorkgroup from './weights-workgroup.wgsl';

/** Whether an operand's channels are read or written four at a time. */
export type Width = 'wide' | 'narrow';

const TAPS_PARAMS = new Array<ParamKind>(16).fill('u32');
const STORE = { wide: storeVector, narrow: storeStrided };
const made = new Map<string, Kernel>();

function remembered(name: string, spec: Omit<Parameters<typeof defineKernel>[0], 'name'>): Kernel {
  let kernel = made.get(name);
  if (!kernel) {
    kernel = defineKernel({ ...spec, name });
    made.set(name, kernel);
  }
  return kernel;
}

/** Sums over taps and channels for every row of a result, by subgroups of so many lanes. */
export function gatherSubgroupKernel(lanes: number, result: Width): Kernel {
  return remembered(`conv-${lanes}-lanes-${result}`, {
    source: [fourIndices, taps, STORE[result], subgroupSource(gatherSubgroup, lanes)],
    bindings: ['read', 'read', 'read', 'write'],
    params: TAPS_PARAMS,
    enables: ['subgroups'],
  });
}

/** Sums over positions for every weight, by subgroups of so many lanes. */
export function weightsSubgroupKernel(lanes: number, source: Width, grad: Width): Kernel {
  return remembered(`conv-weights-${lanes}-lanes-${source}-${grad}`, {
    source: [
      source === 'wide' ? oneIndex : fourIndices,
      taps,
      source === 'wide' ? sourceWide : sourceNarrow,
      grad === 'wide' ? gradWide : gradNarrow,
      subgroupSource(weightsSubgroup, lanes),
    ],
    bindings: ['read', 'read', 'write'],
    params: TAPS_PARAMS,
    enables: ['subgroups'],
  });
}

function gatherWorkgroupKernel(result: Width): Kernel {
  return defineKernel({
    name: `conv-workgroup-${result}`,
    source: [oneIndex, taps, STORE[result], gatherWorkgroup, tileWorkgroup],
    bindings: ['read', 'read', 'read', 'write'],
    params: TAPS_PARAMS,
  });
}

/** As {@link gatherSubgroupKernel}, through workgroup memory. */
export const gatherWorkgroupKernels: Readonly<Record<Width, Kernel>> = {
  wide: gatherWorkgroupKernel('wide'),
  narrow: gatherWorkgroupKernel('narrow'),
};

/** As {@link weightsSubgroupKernel}, through workgroup memory. */
export const weightsWorkgroupKernel: Kernel = defineKernel({
  name: 'conv-weights-workgroup',
  source: [oneIndex, taps, weightsWorkgroup, tileWorkgroup],
  bindings: ['read', 'read', 'write'],
  params: TAPS_PARAMS,
});

function depthwiseKernel(width: Width): Kernel {
  return defineKernel({
    name: `conv-depthwise-${width}`,
    source: [width === 'wide' ? elementVec4 : elementF32, oneIndex, taps, depthwise],
    bindings: ['read', 'read', 'read', 'write'],
    params: TAPS_PARAMS,
  });
}

/** Sums over taps for every row of a result, channel by channel. */
export const depthwiseKernels: Readonly<Record<Width, Kernel>> = {
  wide: depthwiseKernel('wide'),
  narrow: depthwiseKernel('narrow'),
};

function depthwiseWeightsKernel(width: Width): Kernel {
  return defineKernel({
    name: `conv-depthwise-weights-${width}`,
    source: [width === 'wide' ? elementVec4 : elementF32, oneIndex, taps, depthwiseWeights],
    bindings: ['read', 'read', 'write'],
    params: TAPS_PARAMS,
  });
}

/** Sums over positions for every weight, channel by channel. */
export const depthwiseWeightsKernels: Readonly<Record<Width, Kernel>> = {
  wide: depthwiseWeightsKernel('wide'),
  narrow: depthwiseWeightsKernel('narrow'),
};

/** As {@link depthwiseKernels}, for rows that lie in the source as they do in the result, and so many taps along x. */
export function depthwiseSlideKernel(width: Width, count: number): Kernel {
  return remembered(`conv-depthwise-${count}-taps-${width}`, {
    source: [width === 'wide' ? elementVec4 : elementF32, oneIndex, taps, slideSource(count)],
    bindings: ['read', 'read', 'read', 'write'],
    params: TAPS_PARAMS,
  });
}

/** As {@link depthwiseWeightsKernels}, for rows that lie in the source as they do in the result, and so many taps along x. */
export function depthwiseSlideWeightsKernel(width: Width, count: number): Kernel {
  return remembered(`conv-depthwise-weights-${count}-taps-${width}`, {
    source: [width === 'wide' ? elementVec4 : elementF32, oneIndex, taps, slideWeightsSource(count)],
    bindings: ['read', 'read', 'write'],
    params: TAPS_PARAMS,
  });
}

/** Puts the weights into the order in which a gather reads them. */
export const packKernel: Kernel = defineKernel({
  name: 'conv-pack-weights',
  source: pack,
  bindings: ['read', 'write'],
  params: new Array<ParamKind>(7).fill('u32'),
});

/** Adds the parts of the gradient of the weights up, in the weights' own order. */
export const collectKernel: Kernel = defineKernel({
  name: 'conv-collect-weights',
  source: collect,
  bindings: ['read', 'write'],
  params: new Array<ParamKind>(7).fill('u32'),
});
