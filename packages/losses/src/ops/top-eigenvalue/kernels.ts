import { defineKernel, type Kernel } from '@bravais/tensor-core';
import large from './matrix-large.wgsl';
import small from './matrix-small.wgsl';
import projector from './projector.wgsl';
import forwardSource from './top-eigenvalue.wgsl';
import vjpSource from './top-eigenvalue-vjp.wgsl';

/** Most vectors whose Gram matrix the kernels hold in registers. */
export const MOST_MODALITIES = 8;

/** Forward and gradient for one number of vectors. */
interface EigenvalueKernels {
  readonly forward: Kernel;
  readonly vjp: Kernel;
}

const made = new Map<number, EigenvalueKernels>();

/** The kernels for Gram matrices of so many vectors, 2 to {@link MOST_MODALITIES}, put together on first use. */
export function eigenvalueKernels(modalities: number): EigenvalueKernels {
  let kernels = made.get(modalities);
  if (!kernels) {
    const alias = modalities <= 4 ? [`alias Matrix = mat${modalities}x${modalities}f;`, small] : [large];
    const matrix = [`const modalities = ${modalities}u;`, ...alias, projector];
    const params = ['u32', 'u32', 'u32'] as const;
    kernels = {
      forward: defineKernel({
        name: `top-eigenvalue-${modalities}`,
        source: [...matrix, forwardSource],
        bindings: ['read', 'read', 'write'],
        params,
      }),
      vjp: defineKernel({
        name: `top-eigenvalue-vjp-${modalities}`,
        source: [...matrix, vjpSource],
        bindings: ['read', 'read', 'read', 'write', 'write'],
        params,
      }),
    };
    made.set(modalities, kernels);
  }
  return kernels;
}
