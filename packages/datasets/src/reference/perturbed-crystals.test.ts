import { expect, it } from 'vitest';
import { reducedFormula } from '../structure/composition';
import { latticeVolume } from '../structure/lattice';
import { perturbedCrystals } from './perturbed-crystals';
import { referenceCrystals } from './reference-crystals';

it('gives the same crystals again, however many are asked for, and others for another seed', () => {
  const first = [...perturbedCrystals(40, 3)];
  expect([...perturbedCrystals(60, 3)].slice(0, 40)).toEqual(first);
  const other = [...perturbedCrystals(40, 4)];
  expect(other.every(({ structure }, k) => structure.latticeAngstrom[0] !== first[k]!.structure.latticeAngstrom[0])).toBe(true); // biome-ignore format: one law
});

it('keeps the composition, and the volume within what the strain can do; no two are alike', () => {
  const volumes = new Map(referenceCrystals().map((each) => [each.id, latticeVolume(each.structure.latticeAngstrom)])); // biome-ignore format: a table
  const crystals = [...perturbedCrystals(2000, 0)];
  for (const { id, structure } of crystals) {
    const from = id.replace(/#\d+$/, '');
    expect(from.endsWith(`-${reducedFormula(structure)}`)).toBe(true);
    const ratio = latticeVolume(structure.latticeAngstrom) / volumes.get(from)!;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.11);
  }
  expect(new Set(crystals.map(({ structure }) => structure.latticeAngstrom.join())).size).toBe(2000);
  expect(new Set(crystals.map(({ id }) => id.replace(/#\d+$/, ''))).size).toBeGreaterThan(1000);
});
