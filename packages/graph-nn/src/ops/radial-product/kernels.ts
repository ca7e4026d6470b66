import { type Device, defineKernel, type Kernel } from '@bravais/tensor-core';
import band from './band.wgsl';
import packWeight from './pack-weight.wgsl';
import { gradientSource, type Lanes, productSource } from './subgroup-source';
import sumChunks from './sum-chunks.wgsl';

/** The kernels that are written for a number of lanes. */
export interface BandKernels {
  readonly lanes: Lanes;
  readonly product: Kernel;
  readonly weightGradient: Kernel;
}

const made = new Map<Lanes, BandKernels>();

/**
 * The kernels for a device; `null` where they do not fit: they keep their sums in the registers of small subgroups, as
 * drivers have them that compute on the CPU.
 */
export function bandKernelsFor({ adapter }: Device): BandKernels | null {
  const lanes = adapter.subgroupSize;
  if (adapter.kind !== 'software' || (lanes !== 4 && lanes !== 8 && lanes !== 16)) return null;
  let kernels = made.get(lanes);
  if (!kernels) {
    kernels = { lanes, product: productKernel(lanes), weightGradient: weightGradientKernel(lanes) };
    made.set(lanes, kernels);
  }
  return kernels;
}

const PARAMS = ['u32', 'u32', 'u32', 'u32', 'f32'] as const;

function productKernel(lanes: Lanes): Kernel {
  return defineKernel({
    name: `radial-product-${lanes}-lanes`,
    source: [band, productSource(lanes)],
    bindings: ['read', 'read', 'write'],
    params: PARAMS,
    enables: ['subgroups'],
  });
}

function weightGradientKernel(lanes: Lanes): Kernel {
  return defineKernel({
    name: `radial-product-vjp-${lanes}-lanes`,
    source: [band, gradientSource(lanes)],
    bindings: ['read', 'read', 'write', 'write'],
    params: PARAMS,
    enables: ['subgroups'],
  });
}

export const packWeightKernel: Kernel = defineKernel({
  name: 'radial-product-pack',
  source: packWeight,
  bindings: ['read', 'write'],
  params: ['u32', 'u32', 'u32'],
});

export const sumChunksKernel: Kernel = defineKernel({
  name: 'radial-product-sum',
  source: sumChunks,
  bindings: ['read', 'read', 'write'],
  params: ['u32', 'u32', 'u32'],
});
