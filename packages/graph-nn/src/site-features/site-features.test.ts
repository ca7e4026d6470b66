import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type Crystal, GraphError } from '../graph';
import { arbitraryCrystal, arbitraryDisordered, ofSpecies, prototypes, supercell } from '../graph/testing';
import { envelopeReference } from '../ops/bessel-expansion/reference';
import { pairSums } from './reference';
import { type SiteFeatureOptions, siteFeatureCount, siteFeatures } from './site-features';
import { fourNeighbors, rotated } from './testing';

const SMALL = { channels: 3, cutoffAngstrom: 3.5 };
const variants = fc.constantFrom<SiteFeatureOptions>(
  SMALL,
  { ...SMALL, basis: 'gaussian' },
  { ...SMALL, normalized: true },
  { ...SMALL, basis: 'gaussian', normalized: true },
);
const angle = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  for (let k = 0; k < found.length; k++) {
    expect(Math.abs(found[k]! - expected[k]!)).toBeLessThan(1e-5);
  }
}

/** Rows of F numbers. */
const rowsOf = (features: Float32Array, width: number): Float32Array[] =>
  Array.from({ length: features.length / width }, (_, i) => features.subarray(i * width, (i + 1) * width));

describe('siteFeatures', () => {
  test.prop([arbitraryDisordered(3)], { numRuns: 20 })(
    'are the sums over pairs of neighbours with Legendre polynomials of their angle',
    (crystal) => {
      const expected = pairSums(crystal, SMALL)
        .flat(2)
        .map((power) => Math.log10(1 + Math.max(power, 0)));
      expectClose(siteFeatures(crystal, SMALL), expected);
    },
  );

  test.prop([arbitraryCrystal(5), variants, angle, angle, fc.double({ min: 0, max: 1, noNaN: true })], {
    numRuns: 40,
  })('do not depend on orientation, origin and the order of sites', (crystal, options, a, b, shift) => {
    const plain = siteFeatures(crystal, options);
    expectClose(siteFeatures(rotated(rotated(crystal, a, 2), b, 0), options), plain);
    const moved = { ...crystal, fracCoords: Array.from(crystal.fracCoords, (x) => x + shift) };
    expectClose(siteFeatures(moved, options), plain);
    const { atomicNumbers, fracCoords, latticeAngstrom } = crystal;
    const n = atomicNumbers.length;
    const reversed: Crystal = {
      latticeAngstrom,
      atomicNumbers: Array.from(atomicNumbers).reverse(),
      fracCoords: Array.from(
        { length: 3 * n },
        (_, k) => fracCoords[3 * (n - 1 - Math.floor(k / 3)) + (k % 3)]!,
      ),
    };
    const backwards = rowsOf(siteFeatures(reversed, options), siteFeatureCount(options)).reverse();
    expectClose(Float32Array.from(backwards.flatMap((row) => Array.from(row))), plain);
  });

  test.prop([arbitraryDisordered(3), variants, fc.constantFrom([2, 1, 1], [1, 2, 2], [1, 1, 3])], {
    numRuns: 20,
  })('are those of the primitive cell on every site of a supercell', (crystal, options, [a, b, c]) => {
    const copies = a! * b! * c!;
    const width = siteFeatureCount(options);
    const primitive = rowsOf(siteFeatures(crystal, options), width);
    rowsOf(siteFeatures(supercell(crystal, a!, b!, c!), options), width).forEach((row, site) => {
      expectClose(row, primitive[Math.floor(site / copies)]!);
    });
  });

  test.prop([variants, fc.double({ min: 3.3, max: 3.6, noNaN: true })])(
    'follow a neighbour on its way through the cutoff without a step',
    (options, distance) => {
      const pair = (d: number): Crystal => ({
        latticeAngstrom: [20, 0, 0, 0, 20, 0, 0, 0, 20],
        fracCoords: [0, 0, 0, d / 20, 0, 0],
        atomicNumbers: [1, 1],
      });
      const [near, far] = [0, 1e-4].map((step) => siteFeatures(pair(distance + step), options));
      near!.forEach((value, k) => {
        expect(Math.abs(value - far![k]!)).toBeLessThan(2e-3);
      });
      if (distance > 3.5) expect(near!.every((value) => value === 0)).toBe(true);
    },
  );

  it('tell four neighbours in a square from four in a tetrahedron by the angles alone', () => {
    const options = { channels: 2, cutoffAngstrom: 1.4 };
    const width = siteFeatureCount(options);
    const [square, tetrahedron] = (['square', 'tetrahedron'] as const).map((shape) =>
      rowsOf(siteFeatures(fourNeighbors(shape), options), width),
    );
    for (const n of [0, 1]) {
      const [p0, p1, p2] = square![0]!.subarray(3 * n, 3 * n + 3);
      // Σ_jk P_2: 4 equal pairs at 1, 8 at −1/2, 4 at 1 in a square; 4 at 1 and 12 at −1/3 in a tetrahedron.
      expect(10 ** p2! - 1).toBeCloseTo((10 ** p0! - 1) / 4, 4);
      expect(p1).toBeCloseTo(0, 6);
      const [t0, t1, t2] = tetrahedron![0]!.subarray(3 * n, 3 * n + 3);
      expect(t0).toBeCloseTo(p0!, 5);
      expect([t1, t2]).toEqual([expect.closeTo(0, 6), expect.closeTo(0, 6)]);
    }
    for (let site = 1; site < 5; site++) expectClose(square![site]!, tetrahedron![site]!);
  });

  it('normalised, are the bond orders of Steinhardt', () => {
    const options: SiteFeatureOptions = {
      basis: 'gaussian',
      channels: 1,
      cutoffAngstrom: 1.4,
      normalized: true,
    };
    const [center, end] = rowsOf(siteFeatures(fourNeighbors('square'), options), 3);
    // Their own values are 1/2 in the middle of a square and 1 beside a single neighbour.
    const weight = Math.exp(-((1 / 1.4 - 0.5) ** 2)) * envelopeReference(1 / 1.4, 6);
    const shrunk = (count: number): number => (count * weight) / (0.01 + count * weight);
    expect(Array.from(center!.subarray(1))).toEqual([
      expect.closeTo(0, 5),
      expect.closeTo(0.5 * shrunk(4), 5),
    ]);
    expect(Array.from(end!.subarray(1))).toEqual([
      expect.closeTo(shrunk(1), 5),
      expect.closeTo(shrunk(1), 5),
    ]);
  });

  it.each(['copper', 'iron', 'diamond', 'rockSalt'] as const)(
    'find no second order on cubic sites: %s',
    (name) => {
      const features = siteFeatures(prototypes[name]);
      expect(features).toHaveLength(prototypes[name].atomicNumbers.length * siteFeatureCount({}));
      features.forEach((value, k) => {
        if (k % 3 === 0) expect(value).toBeGreaterThan(0);
        else expect(Math.abs(value)).toBeLessThan(1e-6);
      });
    },
  );

  it('are zeros where nothing is near, and those of the ordered crystal at occupancies of 1', () => {
    const lonely = {
      latticeAngstrom: [9, 0, 0, 0, 9, 0, 0, 0, 9],
      fracCoords: [0, 0, 0],
      atomicNumbers: [2],
    };
    expect(siteFeatures(lonely)).toEqual(new Float32Array(siteFeatureCount({})));
    const { zinc } = prototypes;
    const written = { ...zinc, occupations: ofSpecies([[[30, 0.5], [48, 0.5]], [[30, 1]]]) }; // biome-ignore format: sites
    expectClose(siteFeatures(written), siteFeatures(zinc));
    const thinned = { ...zinc, occupations: ofSpecies([[[30, 0.5]], [[30, 0.5]]]) };
    // Half of every neighbour is a quarter of every pair.
    siteFeatures(thinned).forEach((value, k) => {
      expect(4 * (10 ** value - 1)).toBeCloseTo(10 ** siteFeatures(zinc)[k]! - 1, 2);
    });
  });

  it('refuse options that mean nothing, and too many neighbours', () => {
    const { iron } = prototypes;
    const wrong: SiteFeatureOptions[] = [
      { channels: 0 },
      { channels: 1.5 },
      { cutoffAngstrom: Number.NaN },
      { exponent: 0 },
      { basis: 'fourier' as 'bessel' },
    ];
    for (const options of wrong) {
      expect(() => siteFeatures(iron, options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    }
    expect(() => siteFeatures(iron, { basis: 'fourier' as 'bessel' })).toThrow("got 'fourier'");
    expect(() => siteFeatures(iron, {}, { maximumEdges: 10 })).toThrow(GraphError);
  });
});
