import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { disorderedStructure, orderedStructure } from '../formats/testing/arbitrary-structure';
import { createStructure } from '../structure/create-structure';
import { siteSpecies } from '../structure/occupations';
import type { Structure } from '../structure/structure';
import { supercell } from '../structure/supercell';
import type { DiffractionOptions } from './diffraction-options';
import { formFactor } from './form-factor';
import { type PowderLine, simulatedPowderLines } from './powder-lines';
import { reciprocalLattice } from './reciprocal-lattice';

const tabulated = ({ atomicNumbers, occupations }: Structure): boolean =>
  [...(occupations?.atomicNumbers ?? atomicNumbers)].every((z) => z <= 98);
const crystals = fc.oneof(orderedStructure, disorderedStructure).filter(tabulated);
/** 5° to 40°: enough lines, and quick. */
const range: Partial<DiffractionOptions> = { firstDegrees: 5.05, stepDegrees: 0.1, count: 350 };

/** The same lines, weak and merged ones aside. */
function expectSame(one: readonly PowderLine[], other: readonly PowderLine[]): void {
  const total = (lines: readonly PowderLine[], below: number): number =>
    lines.filter((line) => line.twoThetaDegrees < below).reduce((sum, line) => sum + line.intensity, 0);
  for (const { twoThetaDegrees } of one) {
    const edge = twoThetaDegrees + 1e-3;
    expect(Math.abs(total(one, edge) - total(other, edge))).toBeLessThan(1e-3 * total(one, 180));
  }
}

/** Σ over all h, k, l in a box of sines and cosines, one at a time. */
function direct(structure: Structure, b: number): [number, number][] {
  const reciprocal = reciprocalLattice(structure.latticeAngstrom);
  const found: [number, number][] = [];
  for (let at = 0; at < 9 ** 3; at++) {
    const h = [Math.floor(at / 81) - 4, (Math.floor(at / 9) % 9) - 4, (at % 9) - 4];
    const g = [0, 1, 2].map((axis) =>
      h.reduce((sum, index, row) => sum + index * reciprocal[3 * row + axis]!, 0),
    );
    const length = Math.hypot(...g);
    const sine = (1.5406 * length) / 2;
    if (length === 0 || sine >= 1) continue;
    let [real, imaginary] = [0, 0];
    structure.atomicNumbers.forEach((_, site) => {
      const angle =
        2 * Math.PI * h.reduce((sum, index, axis) => sum + index * structure.fracCoords[3 * site + axis]!, 0);
      for (const { atomicNumber, occupancy } of siteSpecies(structure, site)) {
        const f = occupancy * formFactor(atomicNumber, length / 2) * Math.exp((-b * length * length) / 4);
        real += f * Math.cos(angle);
        imaginary += f * Math.sin(angle);
      }
    });
    const theta = Math.asin(sine);
    const lorentzPolarisation = (1 + Math.cos(2 * theta) ** 2) / (sine ** 2 * Math.cos(theta));
    found.push([(360 / Math.PI) * theta, (real ** 2 + imaginary ** 2) * lorentzPolarisation]);
  }
  return found;
}

describe('the lines of a powder', () => {
  test.prop([crystals, fc.double({ min: 0, max: 3, noNaN: true })], { numRuns: 15 })(
    'hold the sum over all h, k, l, one at a time',
    (structure, bIsoAngstrom2) => {
      const short = { ...range, count: 150 };
      const lines = simulatedPowderLines(structure, { ...short, bIsoAngstrom2 });
      const terms = direct(structure, bIsoAngstrom2).filter(([angle]) => angle >= 5 && angle <= 20);
      const scale = terms.reduce((sum, [, intensity]) => sum + intensity, 0);
      const found = lines.reduce((sum, { intensity }) => sum + intensity, 0);
      for (const { twoThetaDegrees } of lines) {
        const below = terms.filter(([angle]) => angle < twoThetaDegrees + 1e-3);
        const share = below.reduce((sum, [, intensity]) => sum + intensity, 0) / scale;
        const given = lines.filter((line) => line.twoThetaDegrees < twoThetaDegrees + 1e-3);
        expect(given.reduce((sum, { intensity }) => sum + intensity, 0) / found).toBeCloseTo(share, 3);
      }
    },
  );

  test.prop([crystals, fc.constantFrom([2, 1, 1], [1, 0, 0, 1, 1, 0, 0, -1, 1], [1, 3, 1])], { numRuns: 15 })(
    'do not depend on the choice of the cell',
    (structure, cell) => {
      expectSame(
        simulatedPowderLines(structure, range),
        simulatedPowderLines(supercell(structure, cell), range),
      );
    },
  );

  test.prop([crystals, fc.tuple(...[1, 2, 3].map(() => fc.double({ min: 0, max: 1, noNaN: true })))], {
    numRuns: 15,
  })('do not see where the origin lies', (structure, by) => {
    const fracCoords = structure.fracCoords.map((x, k) => (((x + by[k % 3]!) % 1) + 1) % 1);
    expectSame(
      simulatedPowderLines(structure, range),
      simulatedPowderLines({ ...structure, fracCoords }, range),
    );
  });

  it('have the multiplicities of the group, and are named by their indices', () => {
    const simple = createStructure({
      latticeAngstrom: [3, 0, 0, 0, 3, 0, 0, 0, 3],
      fracCoords: [0, 0, 0],
      atomicNumbers: ['Po'],
    });
    const lines = simulatedPowderLines(simple);
    expect(lines.map(({ hkl, multiplicity }) => `${hkl.join('')} ${multiplicity}`)).toEqual([
      '100 6',
      '110 12',
      '111 8',
      '200 6',
      '210 24',
      '211 24',
    ]);
    expect(Math.max(...lines.map(({ intensity }) => intensity))).toBe(100);
  });

  it('come twice with the Kα doublet, the second half as strong but for the angle', () => {
    const cell = {
      latticeAngstrom: [4, 0, 0, 0, 4, 0, 0, 0, 4],
      fracCoords: [0, 0, 0],
      atomicNumbers: ['Fe'],
    };
    const [one, two] = simulatedPowderLines(createStructure(cell), {
      lines: [
        { wavelengthAngstrom: 1.5406, weight: 2 },
        { wavelengthAngstrom: 1.54439, weight: 1 },
      ],
    });
    expect(two!.wavelengthAngstrom).toBe(1.54439);
    expect(two!.twoThetaDegrees / one!.twoThetaDegrees).toBeCloseTo(1.54439 / 1.5406, 3);
    expect(two!.intensity / one!.intensity).toBeCloseTo(0.5, 2);
  });

  it('are refused for elements without form factors, cells without bounds and bad options', () => {
    const einsteinium = createStructure({
      latticeAngstrom: [4, 0, 0, 0, 4, 0, 0, 0, 4],
      fracCoords: [0, 0, 0],
      atomicNumbers: ['Es'],
    });
    expect(() => simulatedPowderLines(einsteinium, {}, 'es.cif')).toThrow(
      'es.cif elements 1 to 98 expected, got Es',
    );
    const vast = { ...einsteinium, latticeAngstrom: Float64Array.of(900, 0, 0, 0, 900, 0, 0, 0, 900) };
    expect(() => simulatedPowderLines(vast)).toThrow('at most 500000 reflections');
    const needle = { ...einsteinium, latticeAngstrom: Float64Array.of(1e5, 0, 0, 0, 3, 0, 0, 0, 3) };
    expect(() => simulatedPowderLines(needle)).toThrow(DataError);
    for (const [options, named] of [
      [{ lines: [] }, 'options.lines'],
      [{ lines: [{ wavelengthAngstrom: 0, weight: 1 }] }, 'options.lines'],
      [{ count: 1e9 }, 'options.count'],
      [{ stepDegrees: Number.NaN }, 'options.stepDegrees'],
      [{ firstDegrees: 170 }, 'options.firstDegrees'],
      [{ fwhmDegrees: 0 }, 'options.fwhmDegrees'],
      [{ lorentzShare: 2 }, 'options.lorentzShare'],
      [{ bIsoAngstrom2: -1 }, 'options.bIsoAngstrom2'],
      [{ monochromatorDegrees: 180 }, 'options.monochromatorDegrees'],
    ] as const) {
      expect(() => simulatedPowderLines(einsteinium, options)).toThrow(named);
    }
  });
});
