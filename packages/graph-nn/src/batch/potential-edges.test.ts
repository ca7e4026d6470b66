import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { GraphError } from '../graph/graph-error';
import { arbitraryCrystal, prototypes, supercell } from '../graph/testing';
import { latticeSums } from '../lattice-sums';
import { potentialEdges } from './potential-edges';

it('weighs the sums as PotNet does: rock-salt GeC', () => {
  const a = 4.3869 / 2;
  const { sublatticeOf, potential } = potentialEdges({
    latticeAngstrom: [0, a, a, a, 0, a, a, a, 0],
    fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
    atomicNumbers: [32, 6],
  });
  expect(Array.from(sublatticeOf)).toEqual([1, 0]);
  const self = 0.801 * 1.045126 - 0.074 * 0.016223 + 0.145 * 1.001105;
  const cross = 0.801 * 0.248406 - 0.074 * 0.059219 + 0.145 * 0.008424;
  Array.from(potential).forEach((value, at) => {
    expect(value).toBeCloseTo([cross, self, self, cross][at]!, 5);
  });
});

test.prop([arbitraryCrystal(4), fc.constantFrom([2, 1, 1], [1, 1, 3])], { numRuns: 15 })(
  'a site has the same edges in every cell, one from each element',
  (crystal, [a, b, c]) => {
    const elements = new Set(Array.from(crystal.atomicNumbers)).size;
    const copies = a! * b! * c!;
    const [small, large] = [potentialEdges(crystal), potentialEdges(supercell(crystal, a!, b!, c!))];
    expect(small.potential.length).toBe(elements * crystal.atomicNumbers.length);
    large.potential.forEach((value, at) => {
      const site = Math.floor(at / elements / copies);
      const expected = small.potential[site * elements + (at % elements)]!;
      expect(Math.abs(value - expected)).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected)));
    });
  },
);

it('hands the options of the sums on', () => {
  const options = { sublattices: 'sites', pauliDecayPerAngstrom: 1 } as const;
  const { coulomb, london, pauli } = latticeSums(prototypes.zinc, options);
  const { sublatticeOf, potential } = potentialEdges(prototypes.zinc, options);
  expect(Array.from(sublatticeOf)).toEqual([0, 1]);
  const expected = coulomb.map((value, at) => -0.801 * value - 0.074 * london[at]! + 0.145 * pauli[at]!);
  expect(potential).toEqual(Float32Array.from(expected));
  expect(() => potentialEdges(prototypes.zinc, { pauliDecayPerAngstrom: -1 })).toThrow(GraphError);
});
