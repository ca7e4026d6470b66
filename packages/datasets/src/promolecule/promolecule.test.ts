import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createStructure } from '../structure/create-structure';
import { latticeFromParameters, latticeVolume } from '../structure/lattice';
import type { Structure } from '../structure/structure';
import { supercell } from '../structure/supercell';
import { electronShells } from './electron-shells';
import { synthesise } from './fourier-synthesis';
import { promoleculeDensity } from './promolecule-density';
import { slaterAtom, slaterFormFactor } from './slater-atom';

const hexagonal = createStructure({
  latticeAngstrom: latticeFromParameters(3.19, 3.19, 5.19, 90, 90, 120),
  fracCoords: [1 / 4, 1 / 2, 0.25, 0, 0, 0.5],
  atomicNumbers: ['Ga', 'N'],
});
const perovskite = createStructure({
  latticeAngstrom: [3.905, 0, 0, 0, 3.905, 0, 0, 0, 3.905],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 0.5, 0, 0.5, 0, 0.5, 0.5],
  atomicNumbers: ['Sr', 'Ti', 'O', 'O', 'O'],
});

function electronsOf(structure: Structure): number {
  return structure.atomicNumbers.reduce((sum, z) => sum + z, 0);
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

describe('promoleculeDensity', () => {
  test.prop([fc.constantFrom(perovskite, hexagonal), fc.integer({ min: 8, max: 17 })], { numRuns: 20 })(
    'holds every electron of the cell, on any grid',
    (structure, size) => {
      const { values } = promoleculeDensity(structure, { size });
      const electrons = mean(values) * latticeVolume(structure.latticeAngstrom);
      expect(electrons / electronsOf(structure)).toBeCloseTo(1, 3);
    },
  );

  it('is positive, and dense at the heaviest atom', () => {
    const { values, size } = promoleculeDensity(perovskite);
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(values.indexOf(Math.max(...values))).toBe(0);
    const titanium = ((size / 2) * size + size / 2) * size + size / 2;
    const oxygen = ((size / 2) * size + size / 2) * size;
    expect(values[titanium]!).toBeGreaterThan(values[oxygen]!);
  });

  it('has the cubic symmetry of a perovskite', () => {
    const { values, size: n } = promoleculeDensity(perovskite);
    const at = (i: number, j: number, k: number): number =>
      values[(((i + n) % n) * n + ((j + n) % n)) * n + ((k + n) % n)]!;
    for (const [i, j, k] of [
      [1, 2, 3],
      [0, 5, 7],
      [4, 4, 9],
    ] as const) {
      for (const image of [at(j, k, i), at(-i, j, k), at(j, i, k), at(-k, -j, i)]) {
        expect(image / at(i, j, k)).toBeCloseTo(1, 5);
      }
    }
  });

  it('has the sixfold axis of a hexagonal crystal, whose axes are oblique', () => {
    const alone = createStructure({
      latticeAngstrom: hexagonal.latticeAngstrom,
      fracCoords: [0, 0, 0],
      atomicNumbers: ['Mg'],
    });
    const { values, size: n } = promoleculeDensity(alone);
    const at = (i: number, j: number, k: number): number =>
      values[(((i + n) % n) * n + ((j + n) % n)) * n + ((k + n) % n)]!;
    // A turn by 60°: a → a + b, b → −a.
    for (const [i, j, k] of [
      [1, 0, 0],
      [3, 1, 2],
      [5, 7, 4],
    ] as const) {
      expect(at(i - j, i, k) / at(i, j, k)).toBeCloseTo(1, 5);
    }
  });

  it('moves with the origin', () => {
    const moved = createStructure({
      latticeAngstrom: perovskite.latticeAngstrom,
      fracCoords: Array.from(perovskite.fracCoords, (x, at) => x + [3 / 16, 0, 1 / 16][at % 3]!),
      atomicNumbers: perovskite.atomicNumbers,
    });
    const { values: before } = promoleculeDensity(perovskite);
    const { values: after } = promoleculeDensity(moved);
    for (const [i, j, k] of [
      [0, 0, 0],
      [2, 9, 14],
    ] as const) {
      const from = before[(i * 16 + j) * 16 + k]!;
      const to = after[(((i + 3) % 16) * 16 + j) * 16 + ((k + 1) % 16)]!;
      expect(to / from).toBeCloseTo(1, 5);
    }
  });

  it('repeats in a supercell of the same resolution', () => {
    const one = promoleculeDensity(perovskite, { size: 10 });
    const eight = promoleculeDensity(supercell(perovskite, [2, 2, 2]), { size: 20 });
    expect(eight.values[(13 * 20 + 4) * 20 + 17]! / one.values[(3 * 10 + 4) * 10 + 7]!).toBeCloseTo(1, 4);
  });

  it('takes out the number of electrons, or compresses the rest', () => {
    const relative = promoleculeDensity(perovskite, { scale: 'relative' }).values;
    const logarithmic = promoleculeDensity(perovskite, { scale: 'logRelative' }).values;
    expect(mean(relative)).toBeCloseTo(1, 3);
    expect(logarithmic[77]).toBeCloseTo(Math.log1p(relative[77]!), 5);
  });

  it('states the metric of the cell', () => {
    const { metric } = promoleculeDensity(hexagonal);
    expect(metric[0]).toBeCloseTo(3.19 ** 2, 4);
    expect(metric[2]).toBeCloseTo(5.19 ** 2, 4);
    expect(metric[3]).toBeCloseTo(0, 4);
    expect(metric[5]).toBeCloseTo(-(3.19 ** 2) / 2, 4);
  });

  it('refuses grids it cannot hold', () => {
    expect(() => promoleculeDensity(perovskite, { size: 7 })).toThrow(
      expect.objectContaining({ code: 'GRID_SIZE' }),
    );
    expect(() => promoleculeDensity(perovskite, { size: 1000 })).toThrow(/8 to 64 .* got 1000/);
  });
});

describe('Slater atoms', () => {
  it('have every electron, in the shells of the measured ground state', () => {
    for (let z = 1; z <= 118; z++) {
      expect(electronShells(z).reduce((sum, { electrons }) => sum + electrons, 0)).toBe(z);
      expect(slaterFormFactor(slaterAtom(z), 0)).toBeCloseTo(z, 10);
    }
    const outer = (z: number): string =>
      electronShells(z)
        .slice(-2)
        .map(({ n, l, electrons }) => `${n}${'spdf'[l]}${electrons}`)
        .join(' ');
    expect(outer(29)).toBe('4s1 3d10');
    expect(outer(26)).toBe('4s2 3d6');
    expect(outer(64)).toBe('4f7 5d1');
  });

  it('have the effective charges of Slater’s paper', () => {
    const charge = (z: number, index: number): number => {
      const { exponentPerBohr, effectiveN } = slaterAtom(z)[index]!;
      return exponentPerBohr * effectiveN;
    };
    // His example, iron: 1s, 2sp, 3sp, 3d, 4s.
    [25.7, 21.85, 14.75, 6.25, 3.75].forEach((value, index) => {
      expect(charge(26, index)).toBeCloseTo(value, 10);
    });
    expect(charge(6, 1)).toBeCloseTo(3.25, 10);
  });

  it('have the Fourier transform of their density', () => {
    const shells = slaterAtom(19);
    for (const g of [0.3, 1.7, 6]) {
      let sum = 0;
      for (const { electrons, effectiveN, exponentPerBohr } of shells) {
        let [weighted, norm] = [0, 0];
        for (let i = 1; i < 40_000; i++) {
          const r = i * 0.001;
          const density = r ** (2 * effectiveN) * Math.exp(-2 * exponentPerBohr * r);
          norm += density;
          weighted += (density * Math.sin(g * r)) / (g * r);
        }
        sum += (electrons * weighted) / norm;
      }
      expect(slaterFormFactor(shells, g)).toBeCloseTo(sum, 4);
    }
  });
});

describe('synthesise', () => {
  it('sums plane waves', () => {
    const n = 9;
    const real = new Float64Array(n ** 3);
    const imaginary = new Float64Array(n ** 3);
    const wave = { h: 2, k: 8, l: 3 };
    const at = (h: number, k: number, l: number): number => (h * n + k) * n + l;
    real[at(wave.h, wave.k, wave.l)] = real[at(n - wave.h, n - wave.k, n - wave.l)] = 0.5;
    imaginary[at(wave.h, wave.k, wave.l)] = 0.25;
    imaginary[at(n - wave.h, n - wave.k, n - wave.l)] = -0.25;
    const values = synthesise(n, real, imaginary);
    for (const [i, j, k] of [
      [0, 0, 0],
      [1, 5, 7],
      [8, 2, 4],
    ] as const) {
      const angle = (2 * Math.PI * (wave.h * i + wave.k * j + wave.l * k)) / n;
      expect(values[at(i, j, k)]).toBeCloseTo(Math.cos(angle) + 0.5 * Math.sin(angle), 12);
    }
  });
});
