import { describe, expect, it } from 'vitest';
import type { HermitianMatrix } from '../lattice-dynamics/dynamical-matrix';
import { hermitianEigenvalues } from '../lattice-dynamics/hermitian-eigenvalues';
import { gridDivisions } from '../lattice-dynamics/q-grid';
import { createStructure } from '../structure/create-structure';
import type { Structure } from '../structure/structure';
import { supercell } from '../structure/supercell';
import type { AtomicOrbitals } from './atomic-orbitals';
import { bandEnergies, tightBindingModel } from './band-energies';
import { blochHamiltonian } from './bloch-hamiltonian';
import { fermiLevel } from './fermi-level';
import { simulatedElectronicDos, simulatedElectronicStructure } from './simulated-electronic-dos';
import { termValuesOf } from './term-values';

const FCC = (a: number): number[] => [0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0];

function crystal(lattice: number[], sites: readonly (readonly [string, number[]])[]): Structure {
  return createStructure({
    latticeAngstrom: lattice,
    fracCoords: sites.flatMap(([, at]) => at),
    atomicNumbers: sites.map(([symbol]) => symbol),
  });
}

const silicon = crystal(FCC(5.431), [
  ['Si', [0, 0, 0]],
  ['Si', [0.25, 0.25, 0.25]],
]);
const rockSalt = crystal(FCC(5.6402), [
  ['Na', [0, 0, 0]],
  ['Cl', [0.5, 0.5, 0.5]],
]);
const tungsten = crystal([-1.58, 1.58, 1.58, 1.58, -1.58, 1.58, 1.58, 1.58, -1.58], [['W', [0, 0, 0]]]);

function integral({ energiesEv, statesPerEv }: ReturnType<typeof simulatedElectronicStructure>, to: number) {
  let sum = 0;
  for (let i = 0; i < energiesEv.length && energiesEv[i]! <= to; i++) sum += statesPerEv[i]! * 0.05;
  return sum;
}

describe('simulated electronic structure', () => {
  it('gives silicon a gap and a valence band of four electrons an atom', () => {
    const dos = simulatedElectronicStructure(silicon);
    expect(dos.gapEv).toBeGreaterThan(0.5);
    expect(dos.gapEv).toBeLessThan(2.5);
    expect(dos.electrons).toBe(8);
    expect(integral(dos, 0)).toBeCloseTo(8, 2);
    expect(integral(dos, Number.POSITIVE_INFINITY)).toBeCloseTo(16, 4);
    // Width of the valence band: 12.5 eV measured.
    const bottom = dos.energiesEv[dos.statesPerEv.findIndex((states) => states > 0.02)]!;
    expect(bottom).toBeGreaterThan(-14.5);
    expect(bottom).toBeLessThan(-10);
  });

  it('has silicon at Γ where Harrison’s formulas put it', () => {
    const [bands] = bandEnergies(silicon, [[0, 0, 0]]);
    const { sEv, pEv } = termValuesOf(14);
    const unit = 7.62 / ((5.431 * Math.sqrt(3)) / 4) ** 2;
    const p = (4 * (2.22 - 2 * 0.63) * unit) / 3;
    const expected = [sEv - 4 * 1.32 * unit, pEv! - p, pEv! - p, pEv! - p];
    expected.push(...[sEv + 4 * 1.32 * unit, pEv! + p, pEv! + p, pEv! + p].sort((a, b) => a - b));
    bands!.forEach((energy, n) => {
      expect(energy).toBeCloseTo(expected[n]!, 8);
    });
  });

  it('tells an ionic insulator from metals', () => {
    expect(simulatedElectronicStructure(rockSalt, { divisions: [5, 5, 5] }).gapEv).toBeGreaterThan(3);
    for (const metal of [tungsten, crystal(FCC(4.0495), [['Al', [0, 0, 0]]])]) {
      const { gapEv, energiesEv, statesPerEv } = simulatedElectronicStructure(metal, {
        divisions: [8, 8, 8],
      });
      expect(gapEv).toBe(0);
      const atFermi = energiesEv.findIndex((energy) => energy >= 0);
      expect(statesPerEv[atFermi]).toBeGreaterThan(0.1);
    }
  });

  it('does not change in a supercell', () => {
    const large = supercell(silicon, [2, 1, 1]);
    const one = simulatedElectronicDos(silicon, { divisions: [4, 4, 4] });
    const two = simulatedElectronicDos(large, { divisions: [2, 4, 4] });
    one.forEach((value, bin) => {
      expect(two[bin]).toBeCloseTo(value, 5);
    });
  });

  it('has bands that a rotation of the crystal leaves as they are', () => {
    const turned = rotated(tungsten, 0.7, -0.4);
    const k: [number, number, number][] = [
      [0.1, 0.2, 0.3],
      [0.37, -0.12, 0.05],
    ];
    const rotatedBands = bandEnergies(turned, k);
    bandEnergies(tungsten, k).forEach((bands, at) => {
      bands.forEach((energy, n) => {
        expect(rotatedBands[at]![n]).toBeCloseTo(energy, 8);
      });
    });
  });

  it('has a Hermitian Hamiltonian between unlike atoms with s, p and d', () => {
    const structure = crystal(
      [3.9, 0, 0, 0.3, 4.1, 0, 0.2, -0.1, 4.4],
      [
        ['Ti', [0, 0, 0]],
        ['W', [0.45, 0.4, 0.1]],
        ['O', [0.1, 0.5, 0.5]],
      ],
    );
    const { orbitals, couplings } = tightBindingModel(structure);
    const { order, re, im } = blochHamiltonian(orbitals, couplings, structure.fracCoords, [0.13, 0.27, -0.4]);
    for (let i = 0; i < order; i++) {
      for (let j = 0; j <= i; j++) {
        expect(re[i * order + j]).toBeCloseTo(re[j * order + i]!, 10);
        expect(im[i * order + j]).toBeCloseTo(-im[j * order + i]!, 10);
      }
    }
  });

  it('refuses elements it has no term values for', () => {
    const uranium = crystal([3.5, 0, 0, 0, 3.5, 0, 0, 0, 3.5], [['U', [0, 0, 0]]]);
    expect(() => simulatedElectronicDos(uranium)).toThrow(
      expect.objectContaining({ code: 'NO_TERM_VALUES', message: expect.stringMatching(/got U/) }),
    );
  });
});

describe('a chain of one orbital', () => {
  const chain: AtomicOrbitals = {
    count: 1,
    electrons: 1,
    energiesEv: Float64Array.of(-2),
    firstOfSite: [0, 1],
    blockOrbitals: [[0]],
    dRadiiAngstrom: Float64Array.of(0),
  };
  const hop = (step: number): Parameters<typeof blochHamiltonian>[1][number] => ({
    source: 0,
    target: 0,
    image: [step, 0, 0],
    block: Float64Array.of(-1.5),
  });
  const at = (k: number): HermitianMatrix => blochHamiltonian(chain, [hop(1), hop(-1)], [0, 0, 0], [k, 0, 0]);

  it('has the band ε + 2 V cos 2πk, half filled at ε', () => {
    const k = Array.from({ length: 200 }, (_, i) => (i + 0.5) / 200);
    const levels = k.map((point) => hermitianEigenvalues(at(point)));
    levels.forEach(([energy], i) => {
      expect(energy).toBeCloseTo(-2 - 3 * Math.cos(2 * Math.PI * k[i]!), 12);
    });
    const weights = k.map(() => 1);
    expect(fermiLevel(levels, weights, 1).fermiEv).toBeCloseTo(-2, 1);
    // A quarter of the band lies below ε − 2|V| cos(π/4).
    expect(fermiLevel(levels, weights, 0.5).fermiEv).toBeCloseTo(-2 - 3 * Math.SQRT1_2, 1);
  });
});

describe('term values', () => {
  it('deepen along every row of the p block and of the d block', () => {
    const rows: [number[], 'sEv' | 'pEv' | 'dEv'][] = [
      [[5, 6, 7, 8, 9], 'pEv'],
      [[13, 14, 15, 16, 17], 'pEv'],
      [[31, 32, 33, 34, 35], 'sEv'],
      [[49, 50, 51, 52, 53], 'pEv'],
      [[81, 82, 83, 84], 'sEv'],
      [[21, 22, 23, 24, 25, 26, 27, 28, 29], 'dEv'],
      [[39, 40, 41, 42, 43, 44, 45, 46, 47], 'dEv'],
      [[71, 72, 73, 74, 75, 76, 77, 78, 79], 'dEv'],
    ];
    for (const [row, level] of rows) {
      row.slice(1).forEach((z, i) => {
        expect(termValuesOf(z)[level]!).toBeLessThan(termValuesOf(row[i]!)[level]!);
      });
    }
  });

  it('bind hydrogen with half a hartree', () => {
    expect(termValuesOf(1).sEv).toBeCloseTo(-13.6057, 2);
  });
});

it('is settled on the default grid, of an insulator and of a metal', () => {
  expect(gridDivisions(silicon.latticeAngstrom, 40)).toEqual([11, 11, 11]);
  for (const structure of [silicon, tungsten]) {
    const coarse = simulatedElectronicDos(structure);
    const fine = simulatedElectronicDos(structure, { divisions: [18, 18, 18] });
    const area = fine.reduce((sum, value) => sum + value, 0);
    const difference = fine.reduce((sum, value, bin) => sum + Math.abs(value - coarse[bin]!), 0);
    expect(difference / area).toBeLessThan(0.1);
  }
});

function rotated(structure: Structure, alpha: number, beta: number): Structure {
  const [ca, sa, cb, sb] = [Math.cos(alpha), Math.sin(alpha), Math.cos(beta), Math.sin(beta)];
  const turn = [ca, -sa, 0, sa * cb, ca * cb, -sb, sa * sb, ca * sb, cb];
  const lattice = Array.from({ length: 9 }, (_, at) => {
    const [row, column] = [Math.floor(at / 3), at % 3];
    return [0, 1, 2].reduce(
      (sum, k) => sum + structure.latticeAngstrom[3 * row + k]! * turn[3 * column + k]!,
      0,
    );
  });
  return createStructure({
    latticeAngstrom: lattice,
    fracCoords: structure.fracCoords,
    atomicNumbers: structure.atomicNumbers,
  });
}
