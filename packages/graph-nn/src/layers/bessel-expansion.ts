import { apply, type Tensor } from '@bravais/tensor-core';
import { checkCutoff, checkPositiveInteger } from '../graph/neighbors-within';
import { besselExpansionOp } from '../ops/bessel-expansion';
import type { EdgeFeatures } from '../ops/edge-product';

/** Spherical Bessel functions of order 0 in a ball, with an envelope; made by {@link besselBasis}. */
export interface BesselBasis {
  readonly kind: 'bessel';
  /** How many functions, N. */
  readonly functions: number;
  /** c, Å: from here on every function is 0. */
  readonly cutoffAngstrom: number;
  /** p of the envelope. */
  readonly exponent: number;
}

/**
 * The functions e_n(d) = √(2/c) u_p(d/c) sin(n π d/c) / d, n = 1 … N, with the envelope
 * u_p(x) = 1 − (p+1)(p+2)/2 x^p + p(p+2) x^(p+1) − p(p+1)/2 x^(p+2) for x < 1 and 0 beyond.
 *
 * Without the envelope they are an orthonormal set on the ball of radius c; u_p is 1 at d = 0 and fades out at c with value, slope and
 * curvature 0. Edges longer than c have features of 0, so take c no shorter than the graph reaches. Frequencies are fixed, where
 * DimeNet goes on to train them. Numbers alone: no device holds anything of a basis.
 *
 * Source: Gasteiger, Groß and Günnemann, "Directional message passing for molecular graphs" (DimeNet), ICLR 2020, equations 7 and
 * 8, p = 6.
 *
 * @param functions N
 * @param cutoffAngstrom c
 * @param exponent p; larger ones keep the envelope near 1 for longer
 * @throws GraphError INVALID_OPTION
 *
 * @example
 * ```ts
 * const z = cgcnn(tree, { graph, basis: besselBasis(16, 8) }, 0, null); // of parameters made with distanceBins: 16
 * ```
 */
export function besselBasis(functions: number, cutoffAngstrom: number, exponent = 6): BesselBasis {
  checkPositiveInteger('besselBasis', 'functions', functions);
  checkCutoff('besselBasis', cutoffAngstrom);
  checkPositiveInteger('besselBasis', 'exponent', exponent);
  return { kind: 'bessel', functions, cutoffAngstrom, exponent };
}

/** b_en = e_n(d_e): distances `[E]` in Å to features `[E, N]`, in both layouts. There is no gradient of the distances. */
export function besselExpansion(distanceAngstrom: Tensor, { kind, ...basis }: BesselBasis): EdgeFeatures {
  const layout = (transposed: boolean): Tensor =>
    apply(besselExpansionOp, [distanceAngstrom], { ...basis, transposed });
  return { rows: layout(false), columns: layout(true) };
}
