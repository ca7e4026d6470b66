import type { HermitianMatrix } from '../lattice-dynamics/dynamical-matrix';
import type { AtomicOrbitals } from './atomic-orbitals';

/** The coupling of two sites by one bond. */
export interface Coupling {
  readonly source: number;
  readonly target: number;
  /** Lattice translation of the target, in units of a, b, c. */
  readonly image: readonly [number, number, number];
  /** Orbitals of the source by orbitals of the target, row by row, eV. */
  readonly block: Float64Array;
}

/**
 * H(k)_iμ,jν = ε_iμ δ + Σ_R V_iμ,jν(R) exp(2πi k·(x_j + R − x_i)) in eV.
 *
 * @param couplings both directions of every bond
 * @param fracCoords [n, 3]
 * @param k wave vector in units of the reciprocal lattice vectors
 */
export function blochHamiltonian(
  { count, energiesEv, firstOfSite }: AtomicOrbitals,
  couplings: readonly Coupling[],
  fracCoords: ArrayLike<number>,
  k: readonly [number, number, number],
): HermitianMatrix {
  const re = new Float64Array(count * count);
  const im = new Float64Array(count * count);
  for (let orbital = 0; orbital < count; orbital++) re[orbital * (count + 1)] = energiesEv[orbital]!;
  for (const { source, target, image, block } of couplings) {
    let turns = 0;
    for (let axis = 0; axis < 3; axis++) {
      turns += k[axis]! * (fracCoords[3 * target + axis]! + image[axis]! - fracCoords[3 * source + axis]!);
    }
    const cos = Math.cos(2 * Math.PI * turns);
    const sin = Math.sin(2 * Math.PI * turns);
    const [row, rows] = [firstOfSite[source]!, firstOfSite[source + 1]! - firstOfSite[source]!];
    const [column, columns] = [firstOfSite[target]!, firstOfSite[target + 1]! - firstOfSite[target]!];
    for (let mu = 0; mu < rows; mu++) {
      for (let nu = 0; nu < columns; nu++) {
        const at = (row + mu) * count + column + nu;
        re[at]! += block[mu * columns + nu]! * cos;
        im[at]! += block[mu * columns + nu]! * sin;
      }
    }
  }
  return { order: count, re, im };
}
