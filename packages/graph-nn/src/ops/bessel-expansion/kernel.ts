import { defineKernel, empty, type Kernel, type Tensor } from '@bravais/tensor-core';
import type { BesselExpansionAttrs } from '.';
import source from './bessel-expansion.wgsl';

const WORKGROUP = 64;

const kernel: Kernel = defineKernel({
  name: 'bessel-expansion',
  source,
  bindings: ['read', 'write'],
  params: ['u32', 'u32', 'u32', 'u32', 'f32', 'f32'],
});

/** The functions of distances `[K]`, as rows `[K, N]` or columns `[N, K]`. */
export function besselExpansionForward(
  distance: Tensor,
  { functions, cutoffAngstrom, exponent, transposed }: BesselExpansionAttrs,
  shape: readonly number[],
): Tensor {
  const { device, size: count } = distance;
  const expansion = empty(device, shape, 'f32', 'besselExpansion');
  if (expansion.size === 0) return expansion;
  const [inverse, norm] = [1 / cutoffAngstrom, Math.sqrt(2 / cutoffAngstrom)];
  device.launch({
    kernel,
    bindings: [distance.binding, expansion.binding],
    params: [count, functions, transposed ? 1 : 0, exponent, inverse, norm],
    groups: Math.ceil(expansion.size / WORKGROUP),
  });
  return expansion;
}
