import type { Spring } from './spring';

/** A Hermitian matrix of order n as separate real and imaginary parts, row by row. */
export interface HermitianMatrix {
  readonly order: number;
  /** [n, n], symmetric. */
  readonly re: Float64Array;
  /** [n, n], antisymmetric. */
  readonly im: Float64Array;
}

/**
 * D_iα,jβ(q) = Σ_R (δ_ij Σ_k Φ_ik − Φ_iα,jβ(R) exp(2πi q·(x_j + R − x_i))) / √(m_i m_j) of the simulated crystal,
 * with Φ = k_L r̂r̂ᵀ + k_T (1 − r̂r̂ᵀ). The diagonal is the acoustic sum rule.
 *
 * @param springs both directions of every pair
 * @param massesU [n] atomic masses in u
 * @param fracCoords [n, 3]
 * @param q wave vector in units of the reciprocal lattice vectors
 * @returns order 3n, in N/(m u)
 */
export function simulatedDynamicalMatrix(
  springs: readonly Spring[],
  massesU: ArrayLike<number>,
  fracCoords: ArrayLike<number>,
  q: readonly [number, number, number],
): HermitianMatrix {
  const order = 3 * massesU.length;
  const re = new Float64Array(order * order);
  const im = new Float64Array(order * order);
  for (const { source: i, target: j, vectorAngstrom: r, image, ...stiffness } of springs) {
    const kT = stiffness.transverseNewtonPerMeter;
    const lengthSquared = r[0] ** 2 + r[1] ** 2 + r[2] ** 2;
    const anisotropy = (stiffness.longitudinalNewtonPerMeter - kT) / lengthSquared;
    let turns = 0;
    for (let k = 0; k < 3; k++)
      turns += q[k]! * (fracCoords[3 * j + k]! + image[k]! - fracCoords[3 * i + k]!);
    const own = 1 / massesU[i]!;
    const mixed = 1 / Math.sqrt(massesU[i]! * massesU[j]!);
    const cos = mixed * Math.cos(2 * Math.PI * turns);
    const sin = mixed * Math.sin(2 * Math.PI * turns);
    for (let alpha = 0; alpha < 3; alpha++) {
      for (let beta = 0; beta < 3; beta++) {
        const phi = anisotropy * r[alpha]! * r[beta]! + (alpha === beta ? kT : 0);
        const row = (3 * i + alpha) * order;
        re[row + 3 * i + beta]! += phi * own;
        re[row + 3 * j + beta]! -= phi * cos;
        im[row + 3 * j + beta]! -= phi * sin;
      }
    }
  }
  return { order, re, im };
}
