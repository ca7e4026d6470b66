import {
  type Device,
  div,
  exp,
  fuse,
  neg,
  reshape,
  square,
  sub,
  type Tensor,
  tensor,
} from '@bravais/tensor-core';
import type { EdgeFeatures } from '../ops/edge-product';

/** Centres of the basis, evenly spaced from 0 to the cutoff, and their common width; made by {@link gaussianBasis}. */
export interface GaussianBasis {
  readonly kind: 'gaussian';
  /** From one centre to the next; the width as a number. */
  readonly spacingAngstrom: number;
  /** Å, `[K]`. */
  readonly centers: Tensor;
  /** Å, one number: the spacing of the centres. */
  readonly width: Tensor;
}

/** K centres from 0 to `cutoffAngstrom`. */
export function gaussianBasis(device: Device, bins: number, cutoffAngstrom: number): GaussianBasis {
  const spacingAngstrom = cutoffAngstrom / (bins - 1);
  const centers = Float32Array.from({ length: bins }, (_, k) => k * spacingAngstrom);
  return {
    kind: 'gaussian',
    spacingAngstrom,
    centers: tensor(device, centers),
    width: tensor(device, spacingAngstrom),
  };
}

const gaussian = fuse(
  (distance, center, width) => exp(neg(square(div(sub(distance, center), width)))),
  'gaussian',
);

/**
 * b_ek = exp(-((d_e - c_k) / w)²): distances `[E]` in Å to features `[E, K]`, in both layouts.
 *
 * Source: Xie and Grossman, Phys. Rev. Lett. 120, 145301 (2018), whose grid runs from 0 to 8 Å in steps of 0.2 Å.
 */
export function gaussianExpansion(distanceAngstrom: Tensor, { centers, width }: GaussianBasis): EdgeFeatures {
  const [edges, bins] = [distanceAngstrom.size, centers.size];
  return {
    rows: gaussian(reshape(distanceAngstrom, [edges, 1]), centers, width),
    columns: gaussian(reshape(distanceAngstrom, [1, edges]), reshape(centers, [bins, 1]), width),
  };
}
