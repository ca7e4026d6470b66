import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { createStructure } from '../structure/create-structure';
import { PHONON_DOS_BINS, type PhononDosSource, phononDosModality } from './phonon-dos';

const { defaults, prepare } = phononDosModality;
const halfFull = createStructure({
  latticeAngstrom: [4, 0, 0, 0, 4, 0, 0, 0, 4],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  species: [[{ element: 'Na', occupancy: 0.5 }], [{ element: 'Cl', occupancy: 1 }]],
});

describe('a phonon density of states', () => {
  test.prop([fc.constantFrom(['THz', 33.35641] as const, ['meV', 8.065544] as const)])(
    'is the same in any unit of frequency, with the same number of modes',
    ([unit, factor]) => {
      const frequencies = [0, 100, 250, 251, 700];
      const densities = [0, 0.01, 0.02, 0.004, 0];
      const inPerCm = { frequencies, densities, unit: 'cm-1' } as const;
      const converted = {
        frequencies: frequencies.map((each) => each / factor),
        densities: densities.map((each) => each * factor),
        unit,
      };
      const [one, other] = [inPerCm, converted].map((raw) =>
        prepare(raw, { ...defaults, per: 'cell' }, 'law'),
      );
      one!.view.forEach((value, bin) => {
        expect(Math.abs(value - other!.view[bin]!)).toBeLessThan(1e-7);
      });
      const modes = one!.view.reduce((sum, value) => sum + value * PHONON_DOS_BINS.stepPerCm, 0);
      expect(modes).toBeCloseTo(0.5 + 2.25 + 0.012 + 0.898, 5);
    },
  );

  it('counts atoms by occupancy', () => {
    const raw = { frequencies: [0, 500], densities: [3, 3], unit: 'cm-1', structure: halfFull } as const;
    const { view } = prepare(raw, { ...defaults, per: 'atom' }, 'x');
    expect(view[20]).toBe(2);
  });

  it.each<[string, Partial<PhononDosSource>, string]>([
    ['an unknown unit', { unit: 'GHz' as 'THz' }, 'one of cm-1, THz, meV expected, got GHz'],
    ['negative densities', { densities: [1, -1] }, 'densities of 0 and more'],
    ['frequencies in Hz', { frequencies: [1e12, 2e12] }, 'got 1000000000000 to 2000000000000'],
  ])('is refused with %s', (_, change, complaint) => {
    const raw = { frequencies: [0, 500], densities: [1, 1], unit: 'cm-1' as const, ...change };
    const make = () => prepare(raw, defaults, 'total_dos.dat');
    expect(make).toThrow(DataError);
    expect(make).toThrow(`total_dos.dat`);
    expect(make).toThrow(complaint);
  });
});
