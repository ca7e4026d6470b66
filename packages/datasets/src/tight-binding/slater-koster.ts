import type { BondIntegrals } from './harrison-integrals';

/** Orbitals of a full block in order: s; x, y, z; xy, yz, zx, x² − y², 3z² − r². */
export const BLOCK_ORBITALS: 9 = 9;

const ROOT3 = Math.sqrt(3);

/**
 * [9, 9] Hamiltonian between the orbitals of two atoms (row by row, start then end) from the direction of their bond.
 *
 * With y the five d harmonics at the unit vector n and G = ∂y/∂n: σ parts are outer products of harmonics, the π part of p–d is
 * (G − 2 n yᵀ)/√3, that of d–d is (GᵀG − 4 y yᵀ)/3, and π or δ take what remains of the unit matrix. It is the table of Slater and
 * Koster, Phys. Rev. 94, 1498 (1954), in vectors. Swapping the ends turns the sign between orbitals of unlike parity.
 *
 * @param n unit vector from start to end
 */
export function slaterKosterBlock(n: readonly [number, number, number], v: BondIntegrals): Float64Array {
  const block = new Float64Array(BLOCK_ORBITALS * BLOCK_ORBITALS);
  const { values: y, gradients: g } = dHarmonics(n);
  block[0] = v.ssSigma;
  for (let i = 0; i < 3; i++) {
    block[1 + i] = n[i]! * v.spSigma;
    block[9 * (1 + i)] = -n[i]! * v.spSigma;
    for (let j = 0; j < 3; j++) {
      block[9 * (1 + i) + 1 + j] = n[i]! * n[j]! * (v.ppSigma - v.ppPi) + (i === j ? v.ppPi : 0);
    }
    for (let d = 0; d < 5; d++) {
      const sigma = n[i]! * y[d]!;
      const pi = (g[3 * d + i]! - 2 * sigma) / ROOT3;
      block[9 * (1 + i) + 4 + d] = sigma * v.pdSigma + pi * v.pdPi;
      block[9 * (4 + d) + 1 + i] = -(sigma * v.dpSigma + pi * v.dpPi);
    }
  }
  for (let a = 0; a < 5; a++) {
    block[4 + a] = y[a]! * v.sdSigma;
    block[9 * (4 + a)] = y[a]! * v.dsSigma;
    for (let b = 0; b < 5; b++) {
      const sigma = y[a]! * y[b]!;
      const dot = g[3 * a]! * g[3 * b]! + g[3 * a + 1]! * g[3 * b + 1]! + g[3 * a + 2]! * g[3 * b + 2]!;
      const pi = (dot - 4 * sigma) / 3;
      const delta = (a === b ? 1 : 0) - sigma - pi;
      block[9 * (4 + a) + 4 + b] = sigma * v.ddSigma + pi * v.ddPi + delta * v.ddDelta;
    }
  }
  return block;
}

/** d harmonics as homogeneous polynomials of degree 2, Σ y² = 1 on the unit sphere, and their gradients [5, 3]. */
function dHarmonics([x, y, z]: readonly [number, number, number]): { values: number[]; gradients: number[] } {
  return {
    values: [
      ROOT3 * x * y,
      ROOT3 * y * z,
      ROOT3 * z * x,
      (ROOT3 / 2) * (x * x - y * y),
      z * z - (x * x + y * y) / 2,
    ],
    gradients: [
      [ROOT3 * y, ROOT3 * x, 0],
      [0, ROOT3 * z, ROOT3 * y],
      [ROOT3 * z, 0, ROOT3 * x],
      [ROOT3 * x, -ROOT3 * y, 0],
      [-x, -y, 2 * z],
    ].flat(),
  };
}
