import { besselBasis, gaussianBasis, type RadialBasis } from '@bravais/graph-nn';
import type { Device } from '@bravais/tensor-core';
import { z } from 'zod';

/** What distances are laid out on: Gaussians up to the cutoff, or Bessel functions that fade out there. */
export type DistanceBasis = 'gaussian' | 'bessel';

/** `basis` of a config; Gaussians where left out, so that configs from before it was there keep their hash. */
export const distanceBasis = (): z.ZodExactOptional<z.ZodEnum<{ [B in DistanceBasis]: B }>> =>
  z
    .enum(['gaussian', 'bessel'])
    .exactOptional()
    .describe('What distances are laid out on: gaussian or bessel; gaussian where left out.');

/** The basis that a config names; tensors of it belong to the caller's scope. */
export function openBasis(
  device: Device,
  { basis = 'gaussian', distanceBins }: { readonly basis?: DistanceBasis; readonly distanceBins: number },
  cutoffAngstrom: number,
): RadialBasis {
  return basis === 'bessel'
    ? besselBasis(distanceBins, cutoffAngstrom)
    : gaussianBasis(device, distanceBins, cutoffAngstrom);
}
