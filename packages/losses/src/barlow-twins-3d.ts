import { apply, type Tensor } from '@bravais/tensor-core';
import { barlowTwins3dOp } from './ops/trilinear/barlow';
import type { TwoEqual } from './ops/trilinear/barlow/targets';
import type { TrilinearOptions } from './ops/trilinear/variant';

/** Options of {@link barlowTwins3d}. */
export interface BarlowTwins3dOptions extends TrilinearOptions {
  /** λ, the weight of elements whose target is 0. Default 0.0051, that of Barlow Twins. */
  readonly lambda?: number;
  /**
   * Elements of C with exactly two equal indices: `zero` (default) treats them as those with none, `half` pulls them to ½
   * with weight 1, `ignore` leaves them out.
   */
  readonly twoEqual?: TwoEqual;
  /** Added to the variance before the root. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * L = Σ_j (1 - C_jjj)² + λ Σ_others C_jkl² with C_jkl = 1/B Σ_b u_bj v_bk w_bl: Barlow Twins of three modalities at once.
 *
 * u, v and w are the embeddings with each feature standardised over the batch (biased variance). The D³ tensor C is never
 * stored: memory grows with D² and B D, time with D³ B.
 *
 * What C can express is a third moment, not a correlation: where all three embeddings agree, C_jjj is the skewness of
 * feature j, which is 0 for every symmetric distribution, changes sign with the features and is not bounded by 1.
 *
 * Shapes: x, y, z `[B, D]`, rows aligned, result a scalar. A feature that is constant over the batch counts as 0. Source:
 * MultiMat (arXiv 2312.00111, first version); two modalities: Zbontar et al., ICML 2021.
 *
 * @throws {TensorError} `SHAPE`, `DTYPE`, `ARGUMENT`
 *
 * @example
 * ```ts
 * const loss = barlowTwins3d(structure, spectrum, density, { lambda: 0.005 });
 * ```
 */
export function barlowTwins3d(x: Tensor, y: Tensor, z: Tensor, options: BarlowTwins3dOptions = {}): Tensor {
  return apply(barlowTwins3dOp, [x, y, z], { lambda: 0.0051, twoEqual: 'zero', epsilon: 1e-5, ...options });
}
