import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Crystal } from '../graph/crystal';
import { arbitraryCrystal, arbitraryDisordered, ofSpecies, prototypes, supercell } from '../graph/testing';
import { crystalDescriptorNames, crystalDescriptors } from './crystal-descriptors';
import { crystalGraph } from './crystal-graph';

function describeCrystal(crystal: Crystal, neighbors = 12): Map<string, number> {
  const values = crystalDescriptors(crystalGraph(crystal, { neighbors, cutoffAngstrom: 30 }));
  expect(values.length).toBe(crystalDescriptorNames.length);
  return new Map(crystalDescriptorNames.map((name, k) => [name, values[k]!]));
}

/** Float32 bonds differ in their last bit (2e-7 relative) between cells; the sixth power and the 0.02 step multiply that. */
const tolerance = 1e-4;

function expectClose(actual: Map<string, number>, expected: Map<string, number>): void {
  for (const [name, value] of expected) {
    const error = Math.abs(actual.get(name)! - value);
    expect(error, name).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value)));
  }
}

describe('crystalDescriptors', () => {
  it('has 45 distinct names', () => {
    expect(crystalDescriptorNames.length).toBe(45);
    expect(new Set(crystalDescriptorNames).size).toBe(45);
  });

  it('gives a supercell the numbers of its primitive cell', () => {
    const repeats = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 2 }),
      fc.integer({ min: 1, max: 2 }),
    );
    fc.assert(
      fc.property(arbitraryCrystal(3), repeats, (crystal, [a, b, c]) => {
        expectClose(describeCrystal(supercell(crystal, a, b, c), 6), describeCrystal(crystal, 6));
      }),
      { numRuns: 40 },
    );
    for (const crystal of Object.values(prototypes)) {
      expectClose(describeCrystal(supercell(crystal, 2, 3, 2)), describeCrystal(crystal));
    }
  });

  it('scales distances with the lattice and leaves ratios and counts alone', () => {
    fc.assert(
      fc.property(arbitraryCrystal(3), (crystal) => {
        const doubled = { ...crystal, latticeAngstrom: Array.from(crystal.latticeAngstrom, (x) => 2 * x) };
        const options = { neighbors: 6, cutoffAngstrom: 60 };
        const small = crystalDescriptors(
          crystalGraph(crystal, { ...options, shellToleranceAngstrom: 0.005 }),
        );
        const large = crystalDescriptors(crystalGraph(doubled, { ...options, shellToleranceAngstrom: 0.01 }));
        crystalDescriptorNames.forEach((name, k) => {
          const expected = name.includes('Distance.')
            ? 2 * small[k]!
            : name === 'logVolumePerAtom'
              ? small[k]! + Math.log(8)
              : small[k]!;
          expect(Math.abs(large[k]! - expected), name).toBeLessThanOrEqual(
            tolerance * Math.max(1, Math.abs(expected)),
          );
        });
      }),
      { numRuns: 40 },
    );
  });

  it('gives an ordered crystal the same bits where it is written as occupancies, a disordered one its supercell', () => {
    fc.assert(
      fc.property(arbitraryCrystal(3), arbitraryDisordered(3), (ordered, disordered) => {
        const full = {
          ...ordered,
          occupations: ofSpecies(Array.from(ordered.atomicNumbers, (z) => [[z, 1]])),
        };
        expect(describeCrystal(full, 6)).toEqual(describeCrystal(ordered, 6));
        expectClose(describeCrystal(supercell(disordered, 1, 2, 1), 6), describeCrystal(disordered, 6));
      }),
      { numRuns: 30 },
    );
  });

  it('counts sites by occupancy: volume per atom, means over atoms, like neighbours', () => {
    const { iron } = prototypes;
    const sites = ofSpecies([[[26, 0.5], [28, 0.5]], [[26, 0.25]]]); // biome-ignore format: sites
    const found = describeCrystal({ ...iron, occupations: sites }, 8);
    const plain = describeCrystal(iron, 8);
    expect(found.get('logVolumePerAtom')).toBeCloseTo(plain.get('logVolumePerAtom')! + Math.log(2 / 1.25), 5);
    // Every neighbour of a corner is a centre and the other way round: half of the pairs are of two iron atoms.
    expect(found.get('likeFraction.mean')).toBeCloseTo(0.5, 5);
    const brass = ofSpecies([[[29, 0.75], [30, 0.25]], [[29, 0.75], [30, 0.25]]]); // biome-ignore format: sites
    const mixed = describeCrystal({ ...iron, occupations: brass }, 8);
    expect(mixed.get('likeFraction.mean')).toBeCloseTo(0.75 ** 2 + 0.25 ** 2, 5);
    expect(mixed.get('nearestDistance.mean')).toBe(plain.get('nearestDistance.mean'));
  });

  it('knows the classical structures', () => {
    const copper = describeCrystal(prototypes.copper, 18);
    expect(copper.get('nearestDistance.mean')).toBeCloseTo(3.615 / Math.SQRT2, 5);
    expect(copper.get('packing.hardSphere')).toBeCloseTo(Math.PI / (3 * Math.SQRT2), 5);
    expect(copper.get('coordination1.1.mean')).toBeCloseTo(12 / (1 + Math.exp(-5)), 3);
    expect(copper.get('coordination1.5.mean')).toBeCloseTo(
      12 + 6 / (1 + Math.exp((Math.SQRT2 - 1.5) / 0.02)),
      3,
    );
    expect(copper.get('likeFraction.mean')).toBe(1);
    expect(copper.get('logVolumePerAtom')).toBeCloseTo(Math.log(3.615 ** 3 / 4), 5);
    const iron = describeCrystal(prototypes.iron, 14);
    expect(iron.get('packing.hardSphere')).toBeCloseTo((Math.PI * Math.sqrt(3)) / 8, 5);
    expect(iron.get('coordination1.25.mean')).toBeCloseTo(
      8 + 6 / (1 + Math.exp((2 / Math.sqrt(3) - 1.25) / 0.02)),
      3,
    );
    const perovskite = describeCrystal(prototypes.perovskite);
    expect(perovskite.get('nearestDistance.min')).toBeCloseTo(3.905 / 2, 5);
    expect(perovskite.get('nearestDistance.max')).toBeCloseTo(3.905 / Math.SQRT2, 5);
    expect(perovskite.get('packing.distanceRatio')).toBeCloseTo(Math.SQRT1_2, 5);
    // Hoppe: 6 equal bonds and nothing near count as 6.
    expect(describeCrystal(prototypes.rockSalt, 6).get('effectiveCoordination.mean')).toBeCloseTo(6, 5);
    expect(describeCrystal(prototypes.rockSalt, 6).get('likeFraction.mean')).toBe(0);
  });
});
