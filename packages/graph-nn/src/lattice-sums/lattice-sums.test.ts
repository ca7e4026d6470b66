import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type Crystal, GraphError } from '../graph';
import {
  arbitraryCrystal,
  arbitraryDisordered,
  bruteForceNeighbors,
  ofSpecies,
  prototypes,
  type SpeciesList,
  speciesOf,
  supercell,
} from '../graph/testing';
import { type LatticeSumOptions, type LatticeSums, latticeSums } from '.';

const POTENTIALS = ['coulomb', 'london', 'pauli'] as const;

const faceCentred = (a: number): number[] => [0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0];
const bodyCentred = (a: number): number[] => [
  -a / 2,
  a / 2,
  a / 2,
  a / 2,
  -a / 2,
  a / 2,
  a / 2,
  a / 2,
  -a / 2,
];
const cubic = (a: number): number[] => [a, 0, 0, 0, a, 0, 0, 0, a];

/** Germanium carbide in rock salt, the primitive cell. */
const germaniumCarbide: Crystal = {
  latticeAngstrom: faceCentred(4.3869),
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: [32, 6],
};

const pair = (sums: LatticeSums, i: number, s: number): number[] =>
  POTENTIALS.map((name) => sums[name][i * sums.sublatticeCount + s]!);

/** Expects the sums of two calls to agree, by a map of positions; `tolerance` in proportion to the number or 1. */
function expectEqual(found: LatticeSums, expected: LatticeSums, from: (at: number) => number): void {
  for (const name of POTENTIALS) {
    found[name].forEach((value, at) => {
      const other = expected[name][from(at)]!;
      expect(Math.abs(value - other), `${name} ${at}: ${value} and ${other}`).toBeLessThan(
        1e-8 * Math.max(1, Math.abs(other)),
      );
    });
  }
}

describe('known sums', () => {
  it('rock-salt GeC: pairs of the primitive cell', () => {
    const sums = latticeSums(germaniumCarbide, { sublattices: 'sites' });
    const self = [-1.04512, 0.016223, 1.001105];
    const cross = [-0.248411, 0.059218, 0.008424];
    for (const [i, j, expected] of [
      [0, 0, self],
      [1, 1, self],
      [0, 1, cross],
      [1, 0, cross],
    ] as const) {
      pair(sums, i, j).forEach((value, k) => {
        expect(Math.abs(value - expected[k]!)).toBeLessThan(1e-5);
      });
    }
  });

  it.each([
    ['simple cubic', cubic(1), 1, -1.760119],
    ['body-centred', bodyCentred(1), 1 / 2, -1.791859],
    ['face-centred', faceCentred(1), 1 / 4, -1.791747],
  ])('%s Wigner constant of a lattice in a background', (_, unit, volume, constant) => {
    for (const a of [0.9, 2.5, 40]) {
      const latticeAngstrom = unit.map((x) => a * x);
      const { coulomb } = latticeSums({ latticeAngstrom, fracCoords: [0.3, 0.1, 0.7], atomicNumbers: [3] });
      const sphereRadius = Math.cbrt((3 * volume * a ** 3) / (4 * Math.PI));
      // The constants are tabulated to six decimals.
      expect(Math.abs(coulomb[0]! * sphereRadius - constant)).toBeLessThan(1e-6);
    }
  });

  it.each([
    ['rock salt', faceCentred(2), [0.5, 0.5, 0.5], 1, 1.7475645946],
    ['caesium chloride', cubic(2 / Math.sqrt(3)), [0.5, 0.5, 0.5], 1, 1.7626747731],
    ['zinc blende', faceCentred(4 / Math.sqrt(3)), [0.25, 0.25, 0.25], 1, 1.6380550534],
  ])('%s Madelung constant', (_, latticeAngstrom, site, bond, madelung) => {
    const crystal = { latticeAngstrom, fracCoords: [0, 0, 0, ...site], atomicNumbers: [11, 17] };
    const { coulomb } = latticeSums(crystal);
    expect(bond * (coulomb[1]! - coulomb[0]!)).toBeCloseTo(madelung, 8);
  });

  it.each([
    ['simple cubic', cubic(1), 8.4019239748],
    ['body-centred', bodyCentred(2 / Math.sqrt(3)), 12.2536678673],
    ['face-centred', faceCentred(Math.SQRT2), 14.4539210437],
  ])('%s sum of r⁻⁶ at unit distance of neighbours', (_, latticeAngstrom, expected) => {
    const { london } = latticeSums({ latticeAngstrom, fracCoords: [0, 0, 0], atomicNumbers: [3] });
    expect(london[0]!).toBeCloseTo(expected, 8);
  });
});

const options = fc.constantFrom<LatticeSumOptions>({}, { sublattices: 'sites' });

describe('laws on any crystal', () => {
  test.prop([arbitraryCrystal(4), fc.double({ min: 1.2, max: 5, noNaN: true })], { numRuns: 15 })(
    'equal the plain sum over images, where that converges',
    (crystal, decay) => {
      const cutoff = 14;
      const found = latticeSums(crystal, { sublattices: 'sites', pauliDecayPerAngstrom: decay });
      const n = crystal.atomicNumbers.length;
      const [london, pauli] = [new Float64Array(n * n), new Float64Array(n * n)];
      for (let i = 0; i < n; i++) pauli[i * n + i] = 1;
      for (const { target, source, distance } of bruteForceNeighbors(crystal, cutoff)) {
        london[target * n + source]! += distance ** -6;
        pauli[target * n + source]! += Math.exp(-decay * distance);
      }
      // Beyond the cutoff lies about ∫ 4π r² r⁻⁶ dr / V; the surface is uneven by a part of that.
      const beyond = ((4 / 3) * Math.PI) / cutoff ** 3 / determinant(crystal.latticeAngstrom);
      found.london.forEach((value, at) => {
        expect(Math.abs(value - london[at]! - beyond)).toBeLessThan(0.3 * beyond + 1e-8 * value);
      });
      found.pauli.forEach((value, at) => {
        expect(Math.abs(value - pauli[at]!)).toBeLessThan(2e-4 * Math.exp(-14 * (decay - 1.2)) + 1e-10);
      });
    },
  );

  test.prop([arbitraryCrystal(5), fc.constantFrom([2, 1, 1], [1, 3, 1], [2, 2, 1], [2, 2, 2])], {
    numRuns: 15,
  })('a supercell repeats the sums over elements', (crystal, [a, b, c]) => {
    const copies = a! * b! * c!;
    const [small, large] = [latticeSums(crystal), latticeSums(supercell(crystal, a!, b!, c!))];
    const width = small.sublatticeCount;
    expect(large.sublatticeCount).toBe(width);
    expectEqual(large, small, (at) => Math.floor(at / width / copies) * width + (at % width));
  });

  test.prop([arbitraryCrystal(4), fc.constantFrom([2, 1, 1], [1, 1, 3], [2, 2, 1])], { numRuns: 15 })(
    'a supercell splits the sum of a pair over the copies of its sender',
    (crystal, [a, b, c]) => {
      const copies = a! * b! * c!;
      const n = crystal.atomicNumbers.length;
      const small = latticeSums(crystal, { sublattices: 'sites' });
      const large = latticeSums(supercell(crystal, a!, b!, c!), { sublattices: 'sites' });
      for (const name of POTENTIALS) {
        for (let at = 0; at < n * copies * n; at++) {
          const [i, j] = [Math.floor(at / n), at % n];
          const row = large[name].subarray(i * n * copies + j * copies, i * n * copies + (j + 1) * copies);
          const expected = small[name][Math.floor(i / copies) * n + j]!;
          const together = row.reduce((sum, value) => sum + value, 0);
          expect(Math.abs(together - expected)).toBeLessThan(1e-8 * Math.max(1, Math.abs(expected)));
        }
      }
    },
  );

  test.prop(
    [arbitraryCrystal(5), options, fc.integer({ min: -8, max: 8 }), fc.integer({ min: -8, max: 8 })],
    { numRuns: 15 },
  )('another basis of the lattice, however skewed, changes nothing', (crystal, given, u, v) => {
    // a' = a, b' = b + u a, c' = c + v b', so f_b' = f_b − v f_c, f_a' = f_a − u f_b.
    const l = Array.from(crystal.latticeAngstrom);
    const [first, second, third] = [l.slice(0, 3), l.slice(3, 6), l.slice(6)];
    const sheared = second.map((x, k) => x + u * first[k]!);
    const skewed = {
      latticeAngstrom: [...first, ...sheared, ...third.map((x, k) => x + v * sheared[k]!)],
      fracCoords: skewedCoordinates(crystal.fracCoords, u, v),
      atomicNumbers: crystal.atomicNumbers,
    };
    expectEqual(latticeSums(skewed, given), latticeSums(crystal, given), (at) => at);
  });

  test.prop([arbitraryCrystal(5)], { numRuns: 15 })('are symmetric in the two sites of a pair', (crystal) => {
    const sums = latticeSums(crystal, { sublattices: 'sites' });
    const n = sums.sublatticeCount;
    expectEqual(sums, sums, (at) => (at % n) * n + Math.floor(at / n));
  });

  test.prop([arbitraryCrystal(5), fc.double({ min: 0.5, max: 3, noNaN: true })], { numRuns: 15 })(
    'scale as lengths do',
    (crystal, factor) => {
      const larger = { ...crystal, latticeAngstrom: Array.from(crystal.latticeAngstrom, (x) => factor * x) };
      const found = latticeSums(larger, { pauliDecayPerAngstrom: 3 / factor });
      const expected = latticeSums(crystal);
      expectEqual(
        found,
        {
          ...expected,
          coulomb: expected.coulomb.map((x) => x / factor),
          london: expected.london.map((x) => x / factor ** 6),
        },
        (at) => at,
      );
    },
  );
});

function skewedCoordinates(frac: ArrayLike<number>, u: number, v: number): number[] {
  return Array.from({ length: frac.length / 3 }, (_, i) => {
    const [x, y, z] = [frac[3 * i]!, frac[3 * i + 1]!, frac[3 * i + 2]!];
    return [x - u * y, y - v * z, z];
  }).flat();
}

function determinant(m: ArrayLike<number>): number {
  const at = (i: number, j: number): number => m[3 * (i % 3) + (j % 3)]!;
  let sum = 0;
  for (let j = 0; j < 3; j++) sum += at(0, j) * (at(1, j + 1) * at(2, j + 2) - at(1, j + 2) * at(2, j + 1));
  return Math.abs(sum);
}

it('the conventional cell of a face-centred crystal has the sums of the primitive one', () => {
  const a = 4.3869;
  const corners = [0, 0, 0, 0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0];
  const conventional = {
    latticeAngstrom: cubic(a),
    fracCoords: [...corners, ...corners.map((f) => f + 0.5)],
    atomicNumbers: [32, 32, 32, 32, 6, 6, 6, 6],
  };
  const [small, large] = [latticeSums(germaniumCarbide), latticeSums(conventional)];
  expectEqual(large, small, (at) => Math.floor(at / 8) * 2 + (at % 2));
});

it('labels of sites make the sublattices, in ascending order', () => {
  const { perovskite } = prototypes;
  const byLabel = latticeSums(perovskite, { sublattices: [7, -2, 40, 41, 41] });
  expect(Array.from(byLabel.sublatticeOf)).toEqual([1, 0, 2, 3, 3]);
  const bySite = latticeSums(perovskite, { sublattices: 'sites' });
  const order = [[1], [0], [2], [3, 4]];
  for (const name of POTENTIALS) {
    byLabel[name].forEach((value, at) => {
      const i = Math.floor(at / 4);
      const expected = order[at % 4]!.reduce((sum, j) => sum + bySite[name][i * 5 + j]!, 0);
      expect(value).toBeCloseTo(expected, 9);
    });
  }
});

it('a cell of a thousand sites has the sums of its primitive cell', () => {
  const large = supercell(prototypes.perovskite, 6, 6, 6);
  const [found, expected] = [latticeSums(large), latticeSums(prototypes.perovskite)];
  expectEqual(found, expected, (at) => Math.floor(at / 3 / 216) * 3 + (at % 3));
});

describe('disorder', () => {
  const sharesOf = ({ occupations }: Crystal): SpeciesList[] => speciesOf(occupations!);
  const filled = (sites: readonly SpeciesList[]): number[] =>
    sites.map((site) => site.reduce((sum, [, share]) => sum + share, 0));

  test.prop([arbitraryDisordered(4)], { numRuns: 15 })(
    'pairs count by what the sender is filled to, as in the mean crystal',
    (crystal) => {
      const n = crystal.atomicNumbers.length;
      const found = latticeSums(crystal, { sublattices: 'sites' });
      const full = latticeSums({ ...crystal, occupations: null }, { sublattices: 'sites' });
      const filling = filled(sharesOf(crystal));
      const mean = Object.fromEntries(
        POTENTIALS.map((name) => [name, full[name].map((value, at) => value * filling[at % n]!)]),
      );
      expectEqual(found, { ...full, ...mean }, (at) => at);
    },
  );

  test.prop([arbitraryDisordered(3)], { numRuns: 15 })('a supercell repeats the sums', (crystal) => {
    const [small, large] = [latticeSums(crystal), latticeSums(supercell(crystal, 1, 2, 1))];
    const width = small.sublatticeCount;
    expect(large.sublatticeCount).toBe(width);
    expectEqual(large, small, (at) => Math.floor(at / width / 2) * width + (at % width));
  });

  it('puts a shared site to its most abundant element, the lightest of equals', () => {
    const numbered = (site: SpeciesList): number[] =>
      Array.from(latticeSums({ ...germaniumCarbide, occupations: ofSpecies([site, [[6, 1]]]) }).sublatticeOf);
    expect(numbered([[6, 0.4], [32, 0.6]])).toEqual([1, 0]); // biome-ignore format: a site
    expect(numbered([[6, 0.6], [32, 0.4]])).toEqual([0, 0]); // biome-ignore format: a site
    expect(numbered([[32, 0.5], [6, 0.5]])).toEqual([0, 0]); // biome-ignore format: a site
    expect(numbered([[32, 0.7]])).toEqual([1, 0]);
  });
});

describe('refuses', () => {
  const { rockSalt } = prototypes;
  const code = (run: () => unknown): string | null => {
    try {
      run();
    } catch (error) {
      if (error instanceof GraphError) return error.code;
    }
    return null;
  };

  it('labels that are not one integer a site', () => {
    expect(() => latticeSums(rockSalt, { sublattices: [1] })).toThrow(
      'latticeSums: sublattices must hold a label for each of 2 sites, got 1.',
    );
    expect(() => latticeSums(rockSalt, { sublattices: [1, 0.5] })).toThrow(
      'latticeSums: sublattices[1] must be an integer, got 0.5.',
    );
    expect(code(() => latticeSums(rockSalt, { sublattices: [1] }))).toBe('LENGTH_MISMATCH');
    expect(code(() => latticeSums(rockSalt, { sublattices: [1, Number.NaN] }))).toBe('INVALID_OPTION');
  });

  it('a decay that is none, or so slow that the sum runs over too many images', () => {
    for (const pauliDecayPerAngstrom of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(code(() => latticeSums(rockSalt, { pauliDecayPerAngstrom }))).toBe('INVALID_OPTION');
    }
    for (const pauliDecayPerAngstrom of [0.01, 1e-300]) {
      expect(code(() => latticeSums(rockSalt, { pauliDecayPerAngstrom }))).toBe('TOO_MANY_NEIGHBORS');
    }
  });

  it('more pairs than fit', () => {
    const n = 2001;
    const chain = {
      latticeAngstrom: [n, 0, 0, 0, 3, 0, 0, 0, 3],
      fracCoords: Float64Array.from({ length: 3 * n }, (_, at) => (at % 3 ? 0 : at / 3 / n)),
      atomicNumbers: new Uint8Array(n).fill(6),
    };
    expect(code(() => latticeSums(chain, { sublattices: 'sites' }))).toBe('TOO_MANY_NEIGHBORS');
  });

  it('two atoms on one site, and what is no crystal', () => {
    const doubled = { ...rockSalt, fracCoords: [0, 0, 0, 1, 1, 1] };
    expect(code(() => latticeSums(doubled))).toBe('OVERLAPPING_SITES');
    expect(code(() => latticeSums({ ...rockSalt, latticeAngstrom: cubic(0) }))).toBe('SINGULAR_LATTICE');
    expect(code(() => latticeSums({ ...rockSalt, fracCoords: [0, 0, 0] }))).toBe('LENGTH_MISMATCH');
  });
});
