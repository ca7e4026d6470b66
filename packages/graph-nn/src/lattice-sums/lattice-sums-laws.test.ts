import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Crystal } from '../graph';
import {
  arbitraryCrystal,
  arbitraryDisordered,
  bruteForceNeighbors,
  ofSpecies,
  type SpeciesList,
  speciesOf,
  supercell,
} from '../graph/testing';
import { type LatticeSumOptions, latticeSums } from '.';
import { expectEqual, POTENTIALS } from './testing/expect-equal-sums';
import { germaniumCarbide } from './testing/known-lattices';

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
