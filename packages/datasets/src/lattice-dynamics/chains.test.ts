import { describe, expect, it } from 'vitest';
import { simulatedDynamicalMatrix } from './dynamical-matrix';
import { hermitianEigenvalues } from './hermitian-eigenvalues';
import type { Spring } from './spring';

function spring(
  source: number,
  target: number,
  x: number,
  image: number,
  longitudinal: number,
  transverse: number,
): Spring {
  return {
    source,
    target,
    vectorAngstrom: [x, 0, 0],
    image: [image, 0, 0],
    longitudinalNewtonPerMeter: longitudinal,
    transverseNewtonPerMeter: transverse,
  };
}

const wavevectors = [0, 0.07, 0.2, 0.31, 0.5];

describe('chains with a known dispersion', () => {
  it('monatomic: ω² = 4 (k / m) sin²(πq), longitudinal and twice transverse', () => {
    const [kL, kT, mass] = [50, 8, 28];
    const springs = [spring(0, 0, 2, 1, kL, kT), spring(0, 0, -2, -1, kL, kT)];
    for (const q of wavevectors) {
      const squares = hermitianEigenvalues(
        simulatedDynamicalMatrix(springs, [mass], [0.3, 0, 0], [q, 0.2, 0.4]),
      );
      const sine = 4 * Math.sin(Math.PI * q) ** 2;
      expect(squares[0]).toBeCloseTo((sine * kT) / mass, 12);
      expect(squares[1]).toBeCloseTo((sine * kT) / mass, 12);
      expect(squares[2]).toBeCloseTo((sine * kL) / mass, 12);
    }
  });

  it('diatomic: ω² = k/μ ± √((k/μ)² − 4 k² sin²(πq) / m₁m₂)', () => {
    const [k, m1, m2] = [30, 23, 35];
    const springs = [
      spring(0, 1, 2, 0, k, 0),
      spring(1, 0, -2, 0, k, 0),
      spring(1, 0, 2, 1, k, 0),
      spring(0, 1, -2, -1, k, 0),
    ];
    for (const q of wavevectors) {
      const squares = hermitianEigenvalues(
        simulatedDynamicalMatrix(springs, [m1, m2], [0, 0, 0, 0.5, 0, 0], [q, 0, 0]),
      );
      const center = k / m1 + k / m2;
      const root = Math.sqrt(center ** 2 - (4 * k * k * Math.sin(Math.PI * q) ** 2) / (m1 * m2));
      expect(squares[4]).toBeCloseTo(center - root, 12);
      expect(squares[5]).toBeCloseTo(center + root, 12);
      expect(squares.subarray(0, 4).every((value) => Math.abs(value) < 1e-12)).toBe(true);
    }
  });
});
