import { describe, expect, it } from 'vitest';
import { referenceCrystals } from '../src/reference/reference-crystals';
import { symmetryOf } from './symmetry';

const TOLERANCE_ANGSTROM = 1e-3;

describe('symmetry of the reference set, found by moyo', () => {
  const found = referenceCrystals().map((crystal) => ({
    crystal,
    symmetry: symmetryOf(crystal.structure, TOLERANCE_ANGSTROM),
  }));

  it('is the space group the table states', () => {
    const wrong = found
      .filter(({ crystal, symmetry }) => symmetry.number !== crystal.prototype.spaceGroupNumber)
      .map(({ crystal, symmetry }) => `${crystal.id}: ${symmetry.number}`);
    expect(wrong).toEqual([]);
  });

  it('agrees with the multiplicities of the Wyckoff positions the table states', () => {
    const wrong = found
      .filter(
        ({ crystal, symmetry }) =>
          !sameOrbits(
            crystal.prototype.sites.map((site) => site.wyckoff),
            symmetry,
          ),
      )
      .map(({ crystal }) => crystal.id);
    expect(wrong).toEqual([]);
  });

  it('would notice an atom out of place by a hundredth of the cell', () => {
    const { structure, prototype } = found.find(
      ({ crystal }) => crystal.id === 'ref-rock-salt-NaCl',
    )!.crystal;
    const fracCoords = structure.fracCoords.map((x, k) => (k === 3 ? x + 0.01 : x));
    expect(symmetryOf({ ...structure, fracCoords }, TOLERANCE_ANGSTROM).number).not.toBe(
      prototype.spaceGroupNumber,
    );
  });

  it('finds primitive cells: no crystal is written larger than it is', () => {
    const larger = found.filter(
      ({ crystal, symmetry }) =>
        symmetry.prim_std_cell.numbers.length !== crystal.structure.atomicNumbers.length,
    );
    expect(larger.map(({ crystal }) => crystal.id)).toEqual([]);
  });
});

/** Letters depend on the choice of origin, multiplicities (orbit sizes in the conventional cell) do not. */
function sameOrbits(
  wyckoff: readonly string[],
  symmetry: { orbits: number[]; std_cell: { numbers: number[] } },
): boolean {
  const centring = symmetry.std_cell.numbers.length / symmetry.orbits.length;
  const sizes = new Map<number, number>();
  for (const orbit of symmetry.orbits) sizes.set(orbit, (sizes.get(orbit) ?? 0) + centring);
  const byNumber = (x: number, y: number): number => x - y;
  const stated = wyckoff.map((position) => Number.parseInt(position, 10)).sort(byNumber);
  return [...sizes.values()].sort(byNumber).join() === stated.join();
}
