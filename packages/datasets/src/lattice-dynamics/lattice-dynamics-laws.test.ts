import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCrystal, tableRows } from '../reference/build-crystal';
import { PROTOTYPES } from '../reference/prototype-list';
import { createStructure } from '../structure/create-structure';
import type { Structure } from '../structure/structure';
import { supercell } from '../structure/supercell';
import { simulatedSprings } from './bond-stiffness';
import { simulatedDynamicalMatrix } from './dynamical-matrix';
import { simulatedPhononDos, simulatedWavenumbers, siteMassesU } from './simulated-phonons';

/** First crystal of every structure type with at most eight atoms. */
const crystals: readonly Structure[] = PROTOTYPES.map(
  (prototype) => buildCrystal(prototype, tableRows(prototype)[0]!).structure,
).filter(({ atomicNumbers }) => atomicNumbers.length <= 8);
const crystal = fc.constantFrom(...crystals);
const component = fc.double({ min: -0.5, max: 0.5, noNaN: true });
const waveVector = fc.tuple(component, component, component);

function rotated(
  structure: Structure,
  [x, y, z]: readonly [number, number, number],
  turn: number,
): Structure {
  // Rodrigues' rotation about a unit axis.
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const axis = [x, y, z];
  const skew = [0, -z, y, z, 0, -x, -y, x, 0];
  const r = skew.map(
    (s, k) => (k % 4 === 0 ? cos : 0) + sin * s + (1 - cos) * axis[Math.floor(k / 3)]! * axis[k % 3]!,
  );
  const l = structure.latticeAngstrom;
  const latticeAngstrom = l.map((_, k) => {
    const row = 3 * Math.floor(k / 3);
    return [0, 1, 2].reduce((sum, j) => sum + r[3 * (k % 3) + j]! * l[row + j]!, 0);
  });
  return createStructure({ ...structure, latticeAngstrom });
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((max, value, i) => Math.max(max, Math.abs(value - b[i]!)), 0);
}

describe('simulated lattice dynamics', () => {
  it('has springs that pull back equally: (i, j, R) and (j, i, −R) are the same spring', () => {
    for (const structure of crystals) {
      const key = (i: number, j: number, image: readonly number[], k: number): string =>
        `${i} ${j} ${image.map((m) => m + 0).join()} ${k.toPrecision(10)}`;
      const springs = simulatedSprings(structure);
      const there = springs.map((s) => key(s.source, s.target, s.image, s.longitudinalNewtonPerMeter)).sort();
      const back = springs
        .map((s) =>
          key(
            s.target,
            s.source,
            s.image.map((m) => 0 - m),
            s.longitudinalNewtonPerMeter,
          ),
        )
        .sort();
      expect(there).toEqual(back);
    }
  });

  it('has a Hermitian dynamical matrix', () => {
    fc.assert(
      fc.property(crystal, waveVector, (structure, q) => {
        const { order, re, im } = simulatedDynamicalMatrix(
          simulatedSprings(structure),
          siteMassesU(structure),
          structure.fracCoords,
          q,
        );
        const scale = Math.max(1e-3, ...re);
        for (let i = 0; i < order; i++) {
          for (let j = 0; j <= i; j++) {
            expect(Math.abs(re[i * order + j]! - re[j * order + i]!)).toBeLessThan(1e-12 * scale);
            expect(Math.abs(im[i * order + j]! + im[j * order + i]!)).toBeLessThan(1e-12 * scale);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has exactly three zero modes at Γ (acoustic sum rule) and none imaginary anywhere', () => {
    fc.assert(
      fc.property(crystal, waveVector, (structure, q) => {
        const [gamma, general] = simulatedWavenumbers(structure, [[0, 0, 0], q]);
        expect(Math.max(...gamma!.subarray(0, 3).map(Math.abs))).toBeLessThan(1e-3);
        if (gamma!.length > 3) expect(gamma![3]).toBeGreaterThan(1);
        expect(general![0]).toBeGreaterThan(-1e-3);
      }),
      { numRuns: 60 },
    );
  });

  it('repeats in reciprocal space and under q → −q', () => {
    fc.assert(
      fc.property(crystal, waveVector, (structure, q) => {
        const [x, y, z] = q;
        const [here, next, opposite] = simulatedWavenumbers(structure, [q, [x + 1, y - 2, z], [-x, -y, -z]]);
        expect(largestDifference(here!, next!)).toBeLessThan(1e-2);
        expect(largestDifference(here!, opposite!)).toBeLessThan(1e-2);
      }),
      { numRuns: 30 },
    );
  });

  it('has sound: the acoustic branches rise from Γ in proportion to |q|', () => {
    for (const structure of crystals) {
      const direction = [0.31, 0.23, 0.17] as const;
      const at = (t: number): [number, number, number] => [
        t * direction[0],
        t * direction[1],
        t * direction[2],
      ];
      const [near, far] = simulatedWavenumbers(structure, [at(0.01), at(0.02)]);
      for (let mode = 0; mode < 3; mode++) expect(far![mode]! / near![mode]!).toBeCloseTo(2, 1);
    }
  });

  it('scales every frequency by 1/√c when all masses grow by c', () => {
    fc.assert(
      fc.property(
        crystal,
        waveVector,
        fc.double({ min: 0.5, max: 4, noNaN: true }),
        (structure, q, factor) => {
          const masses = siteMassesU(structure);
          const [light] = simulatedWavenumbers(structure, [q], masses);
          const [heavy] = simulatedWavenumbers(
            structure,
            [q],
            masses.map((mass) => mass * factor),
          );
          expect(
            largestDifference(
              light!.map((value) => value / Math.sqrt(factor)),
              heavy!,
            ),
          ).toBeLessThan(1e-2);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('raises no frequency when one atom gets a heavier isotope', () => {
    fc.assert(
      fc.property(crystal, waveVector, fc.nat(), (structure, q, pick) => {
        const masses = siteMassesU(structure);
        const heavier = masses.map((mass, i) => (i === pick % masses.length ? mass * 1.3 : mass));
        const [light] = simulatedWavenumbers(structure, [q], masses);
        const [heavy] = simulatedWavenumbers(structure, [q], heavier);
        light!.forEach((value, mode) => {
          expect(heavy![mode]).toBeLessThanOrEqual(value + 1e-2);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('lowers Σω² when one atom gets a heavier isotope', () => {
    const sumOfSquares = (modes: Float64Array): number => modes.reduce((sum, value) => sum + value ** 2, 0);
    for (const structure of crystals) {
      const masses = siteMassesU(structure);
      const heavier = masses.map((mass, i) => (i === 0 ? mass * 1.3 : mass));
      const [light] = simulatedWavenumbers(structure, [[0.3, 0.2, 0.1]], masses);
      const [heavy] = simulatedWavenumbers(structure, [[0.3, 0.2, 0.1]], heavier);
      expect(sumOfSquares(heavy!)).toBeLessThan(sumOfSquares(light!));
    }
  });
});

describe('simulatedPhononDos', () => {
  it('does not change with the cell: supercell with the folded q grid', () => {
    for (const structure of crystals.filter(({ atomicNumbers }) => atomicNumbers.length <= 3).slice(0, 12)) {
      const small = simulatedPhononDos(structure, { divisions: [4, 3, 6] });
      const large = simulatedPhononDos(supercell(structure, [2, 1, 2]), { divisions: [2, 3, 3] });
      expect(largestDifference(small, large)).toBeLessThan(1e-5);
    }
  });

  it('does not change with the orientation', () => {
    const angle = fc.double({ min: 0.1, max: 6, noNaN: true });
    fc.assert(
      fc.property(crystal, angle, angle, angle, (structure, polar, azimuth, turn) => {
        const axis = [
          Math.sin(polar) * Math.cos(azimuth),
          Math.sin(polar) * Math.sin(azimuth),
          Math.cos(polar),
        ] as const;
        const divisions = [2, 2, 2] as const;
        const before = simulatedPhononDos(structure, { divisions });
        const after = simulatedPhononDos(rotated(structure, axis, turn), { divisions });
        expect(largestDifference(before, after)).toBeLessThan(1e-5);
      }),
      { numRuns: 15 },
    );
  });

  it('puts textbook maxima about where they are (simulated: within 15 %)', () => {
    const highest = (prototype: string, symbols: string): number => {
      const found = PROTOTYPES.find(({ name }) => name === prototype)!;
      const row = tableRows(found).find((fields) => fields.join(' ').startsWith(`${symbols} `))!;
      const grid = [0, 0.25, 0.5].flatMap((x) =>
        [0, 0.25, 0.5].flatMap((y) => [0, 0.25, 0.5].map((z) => [x, y, z] as const)),
      );
      return Math.max(
        ...simulatedWavenumbers(buildCrystal(found, row).structure, grid).map((modes) => modes.at(-1)!),
      );
    };
    const textbook: [string, string, number][] = [
      ['diamond', 'Si', 520],
      ['diamond', 'C', 1332],
      ['diamond', 'Ge', 301],
      ['rock-salt', 'Na Cl', 264],
      ['zincblende', 'Ga As', 292],
      ['fcc', 'Cu', 240],
      ['bcc', 'W', 230],
    ];
    for (const [prototype, symbols, perCm] of textbook) {
      expect(Math.abs(highest(prototype, symbols) / perCm - 1), symbols).toBeLessThan(0.15);
    }
  });
});
