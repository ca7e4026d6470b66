import { bench, describe } from 'vitest';
import { crystalGraph } from '../batch/crystal-graph';
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

const silicon = {
  latticeAngstrom: [0, 2.7155, 2.7155, 2.7155, 0, 2.7155, 2.7155, 2.7155, 0],
  fracCoords: [0, 0, 0, 0.25, 0.25, 0.25],
  atomicNumbers: [14, 14],
};
/** One atom in a cell of 17.5 Å³ whose vectors are up to 68 Å long. */
const skewed = {
  latticeAngstrom: [2.5, 0, 0, 40, 2.6, 0, -60, 33, 2.7],
  fracCoords: [0, 0, 0],
  atomicNumbers: [84],
};

// A graph of 10,000 atoms must take less than 2 s.
for (const [name, crystal] of [
  ['silicon, 10,000 sites', supercell(silicon, 10, 20, 25)],
  ['rock salt, 10,000 sites', supercell(prototypes.rockSalt, 10, 20, 25)],
  ['skewed, 1 site', skewed],
] as const) {
  describe(name, () => {
    bench('crystalGraph 12, 8 Å', () => void crystalGraph(crystal, { neighbors: 12, cutoffAngstrom: 8 }));
    bench('crystalGraph all, 8 Å', () => void crystalGraph(crystal, { neighbors: 'all', cutoffAngstrom: 8 }));
  });
}
