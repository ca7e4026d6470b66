import { describe, expect, it } from 'vitest';
import { createStructure } from '../structure/create-structure';
import { latticeFromParameters } from '../structure/lattice';
import type { Structure } from '../structure/structure';
import { COPPER_K_ALPHA } from './diffraction-options';
import { simulatedDiffraction } from './diffraction-pattern';
import { type PowderLine, simulatedPowderLines } from './powder-lines';

/** A measured line: indices, position as printed (d in Å, or 2θ in degrees), height of the peak on a scale of 100. */
type Measured = readonly [hkl: string, position: string, height: number];

interface Pattern {
  readonly name: string;
  readonly structure: Structure;
  /** Isotropic B at room temperature in Å², the mean of the atoms. */
  readonly bIsoAngstrom2: number;
  readonly lines: readonly Measured[];
  /** Points of 100. */
  readonly within: number;
}

const FACE_CENTRES = [0, 0, 0, 0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0];
const cubic = (a: number): number[] => [a, 0, 0, 0, a, 0, 0, 0, a];
const moved = (by: readonly number[]): number[] => FACE_CENTRES.map((x, k) => (x + by[k % 3]!) % 1);
const repeat = (symbol: string, count: number): string[] => new Array<string>(count).fill(symbol);

/** R -3 c, hexagonal axes: Al on 12c (0, 0, z), O on 18e (x, 0, ¼). */
function corundum(a: number, c: number, z: number, x: number): Structure {
  const aluminium = [
    [0, 0, z],
    [0, 0, 0.5 - z],
    [0, 0, 1 - z],
    [0, 0, 0.5 + z],
  ];
  const oxygen = [
    [x, 0, 0.25],
    [0, x, 0.25],
    [-x, -x, 0.25],
    [-x, 0, 0.75],
    [0, -x, 0.75],
    [x, x, 0.75],
  ];
  const centring = [
    [0, 0, 0],
    [2 / 3, 1 / 3, 1 / 3],
    [1 / 3, 2 / 3, 2 / 3],
  ];
  const sites = [...aluminium, ...oxygen].flatMap((site) =>
    centring.map((shift) => site.map((coordinate, axis) => coordinate + shift[axis]!)),
  );
  return createStructure({
    latticeAngstrom: latticeFromParameters(a, a, c, 90, 90, 120),
    fracCoords: sites.flat(),
    atomicNumbers: [...repeat('Al', 12), ...repeat('O', 18)],
  });
}

/** Measured at room temperature with copper Kα by the National Bureau of Standards; numbers are those of the ICDD cards. */
const patterns: readonly Pattern[] = [
  {
    // 27-1402, Monograph 25, section 13 (1976); a of SRM 640.
    name: 'Si',
    structure: createStructure({
      latticeAngstrom: cubic(5.43088),
      fracCoords: [...FACE_CENTRES, ...moved([0.25, 0.25, 0.25])],
      atomicNumbers: repeat('Si', 8),
    }),
    bIsoAngstrom2: 0.46,
    lines: [
      ['111', '3.13550', 100],
      ['220', '1.92011', 55],
      ['311', '1.63747', 30],
      ['400', '1.35772', 6],
      ['331', '1.24593', 11],
      ['422', '1.10860', 12],
    ],
    within: 5,
  },
  {
    // 5-628, Circular 539, volume II (1953).
    name: 'NaCl',
    structure: createStructure({
      latticeAngstrom: cubic(5.6402),
      fracCoords: [...FACE_CENTRES, ...moved([0.5, 0.5, 0.5])],
      atomicNumbers: [...repeat('Na', 4), ...repeat('Cl', 4)],
    }),
    bIsoAngstrom2: 1.6,
    lines: [
      ['111', '3.26', 13],
      ['200', '2.821', 100],
      ['220', '1.994', 55],
      ['311', '1.701', 2],
      ['222', '1.628', 15],
      ['400', '1.410', 6],
      ['331', '1.294', 1],
      ['420', '1.261', 11],
      ['422', '1.1515', 7],
    ],
    within: 5,
  },
  {
    // 5-607, Circular 539, volume II (1953).
    name: 'CsCl',
    structure: createStructure({
      latticeAngstrom: cubic(4.123),
      fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
      atomicNumbers: ['Cs', 'Cl'],
    }),
    bIsoAngstrom2: 1.9,
    lines: [
      ['100', '4.12', 45],
      ['110', '2.917', 100],
      ['111', '2.380', 13],
      ['200', '2.062', 17],
      ['210', '1.844', 14],
      ['211', '1.683', 25],
    ],
    within: 5,
  },
  {
    // Positions of 46-1212, heights of 10-173 (Circular 539, volume 9, 1960); cell and positions of Lutterotti and Scardi, J. Appl. Cryst. 23, 246 (1990).
    // Cards of corundum disagree more than those of cubic salts, because its grains align: (1 1 6) is 80 here, 92.5(26) of SRM 674.
    name: 'Al2O3',
    structure: corundum(4.7592, 12.9918, 0.35216, 0.30668),
    bIsoAngstrom2: 0.25,
    lines: [
      ['012', '25.578°', 75],
      ['104', '35.152°', 90],
      ['110', '37.776°', 40],
      ['113', '43.355°', 100],
      ['024', '52.549°', 45],
      ['116', '57.496°', 80],
      ['018', '61.298°', 8],
      ['214', '66.519°', 30],
      ['300', '68.212°', 50],
    ],
    within: 14,
  },
];

/** Height of the peak of a line, as read off a chart: both Kα lines, 0.12° wide as on a laboratory diffractometer. */
function heights(structure: Structure, bIsoAngstrom2: number, lines: readonly PowderLine[]): number[] {
  const chart = simulatedDiffraction(structure, {
    bIsoAngstrom2,
    lines: COPPER_K_ALPHA,
    fwhmDegrees: 0.12,
    firstDegrees: 10,
    stepDegrees: 0.01,
    count: 8000,
  });
  const read = lines.map(({ twoThetaDegrees }) => {
    const bin = Math.round((twoThetaDegrees - 10) / 0.01);
    return Math.max(...chart.subarray(bin - 5, bin + 6));
  });
  return read.map((height) => (100 * height) / Math.max(...read));
}

/** 2θ of a printed position in degrees, and how far off half its last digit is. */
function printed(position: string): { degrees: number; rounding: number } {
  const value = Number.parseFloat(position);
  const digit = 0.5 * 10 ** -position.replace('°', '').split('.')[1]!.length;
  if (position.endsWith('°')) return { degrees: value, rounding: digit };
  const twoTheta = (d: number): number => (360 / Math.PI) * Math.asin(1.5406 / (2 * d));
  return { degrees: twoTheta(value), rounding: twoTheta(value - digit) - twoTheta(value) };
}

describe.each(patterns)('the powder pattern of $name', ({ structure, bIsoAngstrom2, lines, within }) => {
  const simulated = simulatedPowderLines(structure, { bIsoAngstrom2 });
  const found = lines.map(([hkl]) => simulated.find((line) => line.hkl.join('') === hkl)!);

  it.each(lines)('has the line %s at %s', (hkl, position) => {
    const line = found[lines.findIndex(([name]) => name === hkl)]!;
    const { degrees, rounding } = printed(position);
    expect(Math.abs(line.twoThetaDegrees - degrees)).toBeLessThan(Math.max(0.02, rounding));
  });

  it(`has the measured heights within ${within} of 100`, () => {
    const read = heights(structure, bIsoAngstrom2, found);
    for (const [at, [, , height]] of lines.entries()) {
      expect(Math.abs(read[at]! - height)).toBeLessThan(within);
    }
  });

  it('has no further line above 4 of 100 before the last of them', () => {
    const last = found.at(-1)!.twoThetaDegrees;
    const others = simulated.filter((line) => line.twoThetaDegrees < last && !found.includes(line));
    for (const { intensity } of others) expect(intensity).toBeLessThan(4);
  });
});

it('the certified integrated intensities of corundum, within 10 of 100', () => {
  // SRM 674, International Tables C, table 5.2.11.1: 92.5(26) and 87.4(19) of (1 1 3).
  const { structure, bIsoAngstrom2 } = patterns[3]!;
  const lines = simulatedPowderLines(structure, { bIsoAngstrom2 });
  const of = (hkl: string): number => lines.find((line) => line.hkl.join('') === hkl)!.intensity;
  expect(Math.abs((100 * of('116')) / of('113') - 92.5)).toBeLessThan(10);
  expect(Math.abs((100 * of('104')) / of('113') - 87.4)).toBeLessThan(10);
});
