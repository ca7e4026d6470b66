import { apply, showShape, type Tensor, TensorError } from '@bravais/tensor-core';
import { type EdgeFeatures, edgeProduct } from '../ops/edge-product';
import { hasRadialProduct, radialProductOp } from '../ops/radial-product';
import { type RadialBasis, radialExpansion, radialFunctions } from './radial-basis';

/** Distances of E edges as {@link radialProduct} takes them. */
export interface RadialFeatures {
  /** f32 `[E]`, Å; in ascending order they take least time. */
  readonly distanceAngstrom: Tensor;
  readonly basis: RadialBasis;
  /** The features themselves, where the product is made from them. */
  readonly expansion?: EdgeFeatures;
}

/**
 * Features of edges from their distances, made once for several products. Gaussians are only written to memory where
 * the gradient of the distances is wanted, or where the adapter has no banded product; Bessel functions always are, and have no such
 * gradient.
 */
export function radialFeatures(distanceAngstrom: Tensor, basis: RadialBasis): RadialFeatures {
  const features = { distanceAngstrom, basis };
  const banded =
    basis.kind === 'gaussian' && distanceAngstrom.node === null && hasRadialProduct(distanceAngstrom.device);
  return banded ? features : { ...features, expansion: radialExpansion(distanceAngstrom, basis) };
}

/**
 * y_en = Σ_k g_k(d_e) w_nk: the distance features of edges times a weight `[N, K]`, `[E, N]`; g_k(d) = exp(-((d - c_k) / w)²) of a
 * Gaussian basis, or the Bessel functions of `besselBasis`.
 *
 * Where the features are in memory it is a dense product; else it goes through the Gaussians near each distance alone, to the
 * same numbers but for terms below 1.6e-9 of a weight.
 *
 * Source of the Gaussians: Xie and Grossman, Phys. Rev. Lett. 120, 145301 (2018).
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
  const functions = radialFunctions(basis);
  if (weight.shape.length !== 2 || weight.shape[1] !== functions) {
    throw new TensorError(
      'SHAPE',
      `radialProduct: expected a weight [N, ${functions}] for a basis of ${functions} functions, got ${showShape(weight.shape)}. Take the basis that the weight was made for.`,
    );
  }
  if (expansion) return edgeProduct(expansion, weight);
  if (basis.kind !== 'gaussian' || weight.shape[0]! % 8 !== 0) {
    return edgeProduct(radialExpansion(distanceAngstrom, basis), weight);
  }
  const { spacingAngstrom } = basis;
  return apply(radialProductOp, [distanceAngstrom, weight], { spacingAngstrom });
}
