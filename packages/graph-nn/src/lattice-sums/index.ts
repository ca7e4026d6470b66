export { type LatticeSumOptions, type LatticeSums, latticeSums } from './lattice-sums';
export type { Sublattices } from './sublattices';
