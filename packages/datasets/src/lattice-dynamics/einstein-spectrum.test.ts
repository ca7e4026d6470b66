import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHONON_DOS_BINS } from '../modalities/phonon-dos';
import { referenceSet } from '../reference';
import { supercell } from '../structure/supercell';
import { simulatedSprings } from './bond-stiffness';
import { einsteinSpectrum } from './einstein-spectrum';
import { simulatedWavenumbers, siteMassesU } from './simulated-phonons';

const structures = referenceSet()
  .map(({ structure }) => structure)
  .filter(({ atomicNumbers, occupations }) => atomicNumbers.length <= 6 && !occupations)
  .slice(0, 120);
const crystal = fc.constantFrom(...structures);

/** Wavenumbers at which the spectrum has its mass, the mean square of them: what smearing leaves, but for its own width. */
function meanSquare(spectrum: Float32Array): number {
  const { firstPerCm, stepPerCm } = PHONON_DOS_BINS;
  const total = spectrum.reduce((sum, value) => sum + value, 0);
  return spectrum.reduce((sum, value, bin) => sum + (value * (firstPerCm + stepPerCm * bin) ** 2) / total, 0);
}

describe('einsteinSpectrum', () => {
  it('is the same for a primitive cell and a supercell of it', () => {
    fc.assert(
      fc.property(crystal, fc.constantFrom([2, 1, 1], [1, 3, 2]), (structure, times) => {
        const [small, large] = [structure, supercell(structure, times as [number, number, number])].map(
          (each) => einsteinSpectrum(each),
        );
        small!.forEach((value, bin) => {
          expect(large![bin]).toBeCloseTo(value, 5);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('has the mean of ω² that the whole crystal has: the trace of its dynamical matrix', () => {
    const inside = structures.filter((structure) => {
      const [waves] = simulatedWavenumbers(structure, [[0.25, 0.3, 0.4]]);
      return Math.max(...waves!) < 800 && einsteinSpectrum(structure).at(-1)! < 1e-6;
    });
    expect(inside.length).toBeGreaterThan(50);
    for (const structure of inside) {
      const masses = siteMassesU(structure);
      const trace = simulatedSprings(structure).reduce(
        (sum, { source, longitudinalNewtonPerMeter: kL, transverseNewtonPerMeter: kT }) =>
          sum + (kL + 2 * kT) / masses[source]!,
        0,
      );
      const expected = (trace / (3 * masses.length)) * 130.2791 ** 2;
      const smearing = 20;
      expect(meanSquare(einsteinSpectrum(structure)) - smearing ** 2).toBeGreaterThan(0.98 * expected);
      expect(meanSquare(einsteinSpectrum(structure)) - smearing ** 2).toBeLessThan(1.02 * expected);
    }
  });

  it('lies within [0, 1], reaches 1, and holds nothing below 0 but smearing', () => {
    for (const structure of structures) {
      const spectrum = einsteinSpectrum(structure, { smearingPerCm: 5 });
      expect(Math.max(...spectrum)).toBe(1);
      const zero = -PHONON_DOS_BINS.firstPerCm / PHONON_DOS_BINS.stepPerCm;
      expect(Math.max(...spectrum.subarray(0, zero - 1))).toBeLessThan(1e-3);
    }
  });
});
