import type { Tensor } from '@bravais/tensor-core';
import type { EdgeFeatures } from '../ops/edge-product';
import { type BesselBasis, besselExpansion } from './bessel-expansion';
import { type GaussianBasis, gaussianExpansion } from './gaussian-expansion';

/** What distances are laid out on: `gaussianBasis` or `besselBasis`. Parameters fit any basis of as many functions. */
export type RadialBasis = GaussianBasis | BesselBasis;

/** How many features a basis makes of a distance. */
export function radialFunctions(basis: RadialBasis): number {
  return basis.kind === 'bessel' ? basis.functions : basis.centers.size;
}

/** Distances `[E]` in Å to features `[E, K]`, in both layouts. */
export function radialExpansion(distanceAngstrom: Tensor, basis: RadialBasis): EdgeFeatures {
  return basis.kind === 'bessel'
    ? besselExpansion(distanceAngstrom, basis)
    : gaussianExpansion(distanceAngstrom, basis);
}
