import type { Crystal } from '@bravais/graph-nn';
import fc from 'fast-check';

const coordinate = fc.integer({ min: -99, max: 99 }).map((x) => x / 50);
const element = fc.integer({ min: 1, max: 118 });
const edge = fc.integer({ min: 15, max: 60 }).map((x) => x / 10);
const skew = fc.integer({ min: -30, max: 30 }).map((x) => x / 10);

const lattices = fc
  .tuple(edge, skew, edge, skew, skew, edge)
  .map(([ax, bx, by, cx, cy, cz]) => [ax, 0, 0, bx, by, 0, cx, cy, cz]);
const sites = fc.array(fc.tuple(fc.tuple(coordinate, coordinate, coordinate), element), {
  minLength: 1,
  maxLength: 5,
});
const species = fc.array(fc.tuple(element, fc.constantFrom(0.1, 0.25, 1 / 3, 0.5)), {
  minLength: 1,
  maxLength: 2,
});

const ordered: fc.Arbitrary<Crystal> = fc.tuple(lattices, sites).map(([latticeAngstrom, placed]) => ({
  latticeAngstrom,
  fracCoords: placed.flatMap(([frac]) => frac),
  atomicNumbers: placed.map(([, z]) => z),
}));

const disordered: fc.Arbitrary<Crystal> = ordered.chain((crystal) => {
  const n = crystal.atomicNumbers.length;
  return fc.array(species, { minLength: n, maxLength: n }).map((shared) => ({
    ...crystal,
    atomicNumbers: shared.map((own) => own[0]![0]),
    occupations: {
      offsets: [0, ...shared.map((_, site) => shared.slice(0, site + 1).flat().length)],
      atomicNumbers: shared.flat().map(([z]) => z),
      occupancies: shared.flat().map(([, share]) => share),
    },
  }));
});

const wrong: fc.Arbitrary<Crystal> = ordered.chain((crystal) =>
  fc.constantFrom<Crystal>(
    { ...crystal, atomicNumbers: [] },
    { ...crystal, fracCoords: [...Array.from(crystal.fracCoords), 0.5] },
    { ...crystal, latticeAngstrom: [9e4, 0, 0, 0, 9e4, 0, 0, 0, 9e4] },
    { ...crystal, latticeAngstrom: [1, 0, 0, 1, 0, 0, 0, 0, 1] },
    { ...crystal, atomicNumbers: Array.from(crystal.atomicNumbers, () => 0.5) },
    { ...crystal, fracCoords: Array.from(crystal.fracCoords, () => Number.NaN) },
  ),
);

/** Small cells of any kind: skewed, disordered, with sites on top of each other, and some that are no crystal at all. */
export const arbitraryCrystals: fc.Arbitrary<readonly Crystal[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: ordered }, disordered, wrong),
  { maxLength: 8 },
);

/**
 * `count` crystals of about 130 sites each, no two alike: simple cubic with displaced sites; every 50th is two atoms 50 Å apart, every
 * 70th disordered.
 */
export function sampleCrystals(count: number): Crystal[] {
  return Array.from({ length: count }, (_, k) => {
    if (k % 50 === 7) return isolated;
    const m = 4 + (k % 3);
    const a = 2.6 + (k % 11) / 100;
    const place = (site: number): number[] => [
      Math.floor(site / (m * m)),
      Math.floor(site / m) % m,
      site % m,
    ];
    const fracCoords = Array.from({ length: m ** 3 }, (_site, site) =>
      place(site).map((x, axis) => (x + (((7 * k + 13 * site + 5 * axis) % 17) - 8) / 80) / m),
    );
    const atomicNumbers = fracCoords.map((_site, site) => 1 + ((k + site) % 100));
    return {
      latticeAngstrom: [m * a, 0, 0, (k % 5) / 10, m * a, 0, 0, 0, m * a],
      fracCoords: fracCoords.flat(),
      atomicNumbers,
      occupations: k % 70 === 3 ? halfFilled(atomicNumbers) : null,
    };
  });
}

const isolated: Crystal = {
  latticeAngstrom: [100, 0, 0, 0, 100, 0, 0, 0, 100],
  fracCoords: [0, 0, 0, 0.5, 0, 0],
  atomicNumbers: [26, 8],
};

function halfFilled(atomicNumbers: readonly number[]): NonNullable<Crystal['occupations']> {
  const offsets = Array.from({ length: atomicNumbers.length + 1 }, (_, site) => site);
  return { offsets, atomicNumbers, occupancies: atomicNumbers.map(() => 0.5) };
}
