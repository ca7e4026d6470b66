import type { Crystal } from '../graph/crystal';
import { type LatticeSumOptions, latticeSums } from '../lattice-sums';

/** What PotNet's configuration weighs the three sums with: 1/Å, 1/Å⁶ and 1 to one number. */
const WEIGHTS = { coulomb: -0.801, london: -0.074, pauli: 0.145 };

/**
 * The infinite edges of one crystal of n sites and S sublattices: one from every sublattice to every site. 4 bytes an edge and
 * 4 a site; `structuredClone` and any binary store keep it as it is.
 */
export interface PotentialEdges {
  /** n; 0 … S − 1. */
  readonly sublatticeOf: Int32Array;
  /** n · S; what sublattice s does to site i stands at i · S + s. */
  readonly potential: Float32Array;
}

/**
 * u_is = −0.801 C_is − 0.074 L_is + 0.145 P_is at every site i from every sublattice s, of the Coulomb, London and Pauli sums of
 * {@link latticeSums}: the infinite edges of PotNet.
 *
 * An edge comes from a sublattice (by default: the atoms of one element) and not, as in PotNet, from a site of the cell. A message is
 * no linear function of its potential, and in a supercell the sum of a pair splits over the copies of the sender, so what
 * messages from sites add up to depends on the cell; with copies added up before the message it does not. Adding up over
 * elements keeps that without a search for translations, which a small displacement would break: the potential is a continuous
 * function of all positions. It also makes n · S edges of n². A crystal with one site for each element in its primitive cell
 * has PotNet's own edges; `sublattices: 'sites'`, given a primitive cell, has them always.
 *
 * @throws {@link GraphError} what {@link latticeSums} throws
 *
 * @example
 * ```ts
 * const potentials = structures.map((structure) => potentialEdges(structure));
 * const graph = uploadPotentialGraph(device, potentialGraphArrays(batchGraphs(graphs), potentials));
 * ```
 */
export function potentialEdges(crystal: Crystal, options: LatticeSumOptions = {}): PotentialEdges {
  const { sublatticeOf, coulomb, london, pauli } = latticeSums(crystal, options);
  return {
    sublatticeOf,
    potential: Float32Array.from(
      coulomb,
      (value, at) => WEIGHTS.coulomb * value + WEIGHTS.london * london[at]! + WEIGHTS.pauli * pauli[at]!,
    ),
  };
}
