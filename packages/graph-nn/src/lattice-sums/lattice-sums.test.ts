import { describe, expect, it } from 'vitest';
import { GraphError } from '../graph';
import { prototypes, supercell } from '../graph/testing';
import { type LatticeSums, latticeSums } from '.';
import { expectEqual, POTENTIALS } from './testing/expect-equal-sums';
import { cubic, faceCentred, germaniumCarbide } from './testing/known-lattices';

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

const pair = (sums: LatticeSums, i: number, s: number): number[] =>
  POTENTIALS.map((name) => sums[name][i * sums.sublatticeCount + s]!);

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
