import { bench, describe } from 'vitest';
import { prototypes, supercell } from '../graph/testing';
import { latticeSums } from '.';

for (const [a, b, c] of [
  [1, 1, 1],
  [2, 3, 1],
  [3, 3, 3],
] as const) {
  const crystal = supercell(prototypes.perovskite, a, b, c);
  describe(`lattice sums of ${crystal.atomicNumbers.length} sites`, () => {
    bench('over elements', () => {
      latticeSums(crystal);
    });
    bench('over sites', () => {
      latticeSums(crystal, { sublattices: 'sites' });
    });
  });
}
