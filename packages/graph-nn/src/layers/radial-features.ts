import { apply, showShape, type Tensor, TensorError } from '@bravais/tensor-core';
import { type EdgeFeatures, edgeProduct } from '../ops/edge-product';
import { hasRadialProduct, radialProductOp } from '../ops/radial-product';
import { type GaussianBasis, gaussianExpansion } from './gaussian-expansion';

/** Distances of E edges as {@link radialProduct} takes them. */
export interface RadialFeatures {
  /** f32 `[E]`, Å; in ascending order they take least time. */
  readonly distanceAngstrom: Tensor;
  readonly basis: GaussianBasis;
  /** The Gaussians themselves, where the product is made from them. */
  readonly expansion?: EdgeFeatures;
}

/**
 * Features of edges from their distances, made once for several products. The Gaussians are only written to memory where
 * the gradient of the distances is wanted, or where the adapter has no banded product.
 */
export function radialFeatures(distanceAngstrom: Tensor, basis: GaussianBasis): RadialFeatures {
  const features = { distanceAngstrom, basis };
  const banded = distanceAngstrom.node === null && hasRadialProduct(distanceAngstrom.device);
  return banded ? features : { ...features, expansion: gaussianExpansion(distanceAngstrom, basis) };
}

/**
 * y_en = Σ_k exp(-((d_e - c_k) / w)²) w_nk: the Gaussian distance features of edges times a weight `[N, K]`, `[E, N]`.
 *
 * Where the features are in memory it is a dense product; else it goes through the Gaussians near each distance alone, to the
 * same numbers but for terms below 1.6e-9 of a weight.
 *
 * Source of the features: Xie and Grossman, Phys. Rev. Lett. 120, 145301 (2018).
 *
 * @throws {TensorError} `SHAPE`
 *
 * @example
 * ```ts
 * const features = radialFeatures(graph.kinds.distance, gaussianBasis(device, 40, 8));
 * const edgePart = radialProduct(features, weight); // [K] distances x [N, 40] -> [K, N]
 * ```
 */
export function radialProduct(features: RadialFeatures, weight: Tensor): Tensor {
  const { distanceAngstrom, basis, expansion } = features;
  if (weight.shape.length !== 2 || weight.shape[1] !== basis.centers.size) {
    throw new TensorError(
      'SHAPE',
      `radialProduct: expected a weight [N, ${basis.centers.size}] for a basis of ${basis.centers.size} Gaussians, got ${showShape(weight.shape)}. Take the basis that the weight was made for.`,
    );
  }
  if (expansion) return edgeProduct(expansion, weight);
  if (weight.shape[0]! % 8 !== 0) return edgeProduct(gaussianExpansion(distanceAngstrom, basis), weight);
  const { spacingAngstrom } = basis;
  return apply(radialProductOp, [distanceAngstrom, weight], { spacingAngstrom });
}
