import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composition, densityGramPerCm3, reducedFormula } from './composition';
import { createStructure } from './create-structure';
import { latticeFromParameters, latticeVolume, planeSpacings } from './lattice';
import type { Structure } from './structure';
import { supercell } from './supercell';

const sodiumChloride = createStructure({
  latticeAngstrom: [0, 2.8201, 2.8201, 2.8201, 0, 2.8201, 2.8201, 2.8201, 0],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Na', 'Cl'],
});

const length = fc.double({ min: 2, max: 12, noNaN: true });
const angle = fc.double({ min: 70, max: 110, noNaN: true });

/** Distances from site 0 to everything within a radius: what a change of cell must not change. */
function shell({ latticeAngstrom: l, fracCoords: f, atomicNumbers }: Structure, radius: number): string[] {
  const found: string[] = [];
  const m = Math.ceil(radius / Math.min(...planeSpacings(l))) + 1;
  for (let j = 0; j < atomicNumbers.length; j++) {
    for (let a = -m; a <= m; a++) {
      for (let b = -m; b <= m; b++) {
        for (let c = -m; c <= m; c++) {
          const [u, v, w] = [f[3 * j]! - f[0]! + a, f[3 * j + 1]! - f[1]! + b, f[3 * j + 2]! - f[2]! + c];
          const r = Math.hypot(...[0, 1, 2].map((k) => u * l[k]! + v * l[3 + k]! + w * l[6 + k]!));
          if (r < radius) found.push(`${atomicNumbers[j]} ${r.toFixed(6)}`);
        }
      }
    }
  }
  return found.sort();
}

describe('lattices', () => {
  it('have the lengths and angles they were made from', () => {
    fc.assert(
      fc.property(length, length, length, angle, angle, angle, (a, b, c, alpha, beta, gamma) => {
        const l = latticeFromParameters(a, b, c, alpha, beta, gamma);
        const dot = (i: number, j: number): number =>
          [0, 1, 2].reduce((sum, k) => sum + l[3 * i + k]! * l[3 * j + k]!, 0);
        const cosine = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
        expect(Math.sqrt(dot(0, 0))).toBeCloseTo(a, 10);
        expect(Math.sqrt(dot(1, 1))).toBeCloseTo(b, 10);
        expect(Math.sqrt(dot(2, 2))).toBeCloseTo(c, 10);
        expect(dot(1, 2) / (b * c)).toBeCloseTo(cosine(alpha), 10);
        expect(dot(0, 2) / (a * c)).toBeCloseTo(cosine(beta), 10);
        expect(dot(0, 1) / (a * b)).toBeCloseTo(cosine(gamma), 10);
      }),
    );
  });

  it('have plane spacings h_k with V = h_k · area of face k', () => {
    const [a, b, c] = planeSpacings(latticeFromParameters(3, 4, 5, 90, 90, 120));
    expect([a, b, c]).toEqual([
      expect.closeTo(3 * Math.sin(Math.PI / 3)),
      expect.closeTo(4 * Math.sin(Math.PI / 3)),
      expect.closeTo(5),
    ]);
  });
});

describe('supercell', () => {
  const entry = fc.integer({ min: -2, max: 2 });
  const matrix = fc
    .array(entry, { minLength: 9, maxLength: 9 })
    .filter(
      ([a, b, c, d, e, f, g, h, i]) =>
        a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!) !== 0,
    );

  it('keeps density, formula and every interatomic distance for any integer matrix', () => {
    const expected = shell(sodiumChloride, 6);
    fc.assert(
      fc.property(matrix, (p) => {
        const large = supercell(sodiumChloride, p);
        expect(densityGramPerCm3(large)).toBeCloseTo(densityGramPerCm3(sodiumChloride), 10);
        expect(reducedFormula(large)).toBe('NaCl');
        expect(shell(large, 6)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('holds |det P| times the atoms and the volume', () => {
    const large = supercell(sodiumChloride, [2, 1, 3]);
    expect(composition(large)).toEqual(
      new Map([
        ['Na', 6],
        ['Cl', 6],
      ]),
    );
    expect(latticeVolume(large.latticeAngstrom)).toBeCloseTo(
      6 * latticeVolume(sodiumChloride.latticeAngstrom),
      8,
    );
  });

  it.each([
    [[0, 1, 1]],
    [[1, 2]],
    [[1.5, 1, 1]],
    [[1, 0, 0, 2, 0, 0, 0, 0, 1]],
    [[200, 200, 200]],
    [[1, 1e6, 0, 0, 1, 1e6, 0, 0, 1]],
  ])('refuses %j', (repeats) => {
    expect(() => supercell(sodiumChloride, repeats)).toThrow(
      expect.objectContaining({ code: 'INVALID_SUPERCELL' }),
    );
  });
});

describe('composition', () => {
  it('gives the density of rock salt, 2.16 g/cm³', () => {
    expect(densityGramPerCm3(sodiumChloride)).toBeCloseTo(2.163, 3);
  });

  it.each([
    [[8, 26, 8, 26, 8], 'Fe2O3'],
    [[15, 8, 8, 3, 8, 8, 26], 'LiFePO4'],
    [[6, 6], 'C'],
    [[35, 55, 82, 35, 35], 'CsPbBr3'],
  ])('writes %j as %s', (atomicNumbers, formula) => {
    expect(reducedFormula({ atomicNumbers: Uint8Array.from(atomicNumbers) })).toBe(formula);
  });
});
