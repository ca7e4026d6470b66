import { bench, describe } from 'vitest';
import { nearestNeighbors } from './nearest-neighbors';
import { neighborsWithin } from './neighbors-within';
import { prototypes, supercell } from './testing';

// Linear time shows as a tenfold step from row to row.
for (const [sites, crystal] of [
  [5, prototypes.perovskite],
  [1080, supercell(prototypes.perovskite, 6, 6, 6)],
  [10_000, supercell(prototypes.perovskite, 10, 10, 20)],
] as const) {
  describe(`perovskite, ${sites} sites`, () => {
    bench('neighborsWithin 5 Å', () => void neighborsWithin(crystal, 5));
    bench('nearestNeighbors 12, symmetric', () => void nearestNeighbors(crystal, 12));
  });
}
