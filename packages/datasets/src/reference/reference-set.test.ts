import { beforeAll, describe, expect, it } from 'vitest';
import { elementOf } from '../elements/element';
import { atomPairs } from '../lattice-dynamics/atom-pairs';
import { simulatedPhononDos } from '../lattice-dynamics/index';
import { PHONON_DOS_BINS } from '../modalities/phonon-dos';
import type { ReferenceRecord } from './reference-record';
import { referenceSet } from './reference-set';
import { decodeSpectra, encodeSpectrum } from './simulated-spectra';

let records: ReferenceRecord[];
beforeAll(() => {
  records = referenceSet();
});

describe('referenceSet', () => {
  it('holds at least 300 crystals, each once, in the same order every time', () => {
    const ids = records.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(300);
    expect(new Set(ids).size).toBe(ids.length);
    expect(referenceSet().map(({ id }) => id)).toEqual(ids);
  });

  it('splits about 70/10/20 and keeps polymorphs together', () => {
    const share = (split: string): number =>
      records.filter((record) => record.split === split).length / records.length;
    expect(share('train')).toBeGreaterThan(0.66);
    expect(share('train')).toBeLessThan(0.74);
    expect(share('val')).toBeGreaterThan(0.08);
    expect(share('test')).toBeGreaterThan(0.17);
    const splits = new Map<string, Set<string>>();
    for (const { formula, split } of records)
      splits.set(formula, (splits.get(formula) ?? new Set()).add(split));
    expect([...splits].filter(([, seen]) => seen.size > 1)).toEqual([]);
    expect(records.filter(({ formula }) => formula === 'TiO2').length).toBeGreaterThan(2);
  });

  it('states a source and that the spectrum is simulated', () => {
    for (const record of records) {
      expect(record.source).toMatch(/CRC|Landolt|Pearson|Wyckoff/);
      expect(record.phononDosOrigin).toBe('simulated');
    }
  });

  it('has spectra of 66 values in [0, 1] with maximum 1 and nothing imaginary', () => {
    for (const {
      views: { phononDos },
    } of records) {
      expect(phononDos).toHaveLength(PHONON_DOS_BINS.count);
      expect(Math.max(...phononDos)).toBe(1);
      expect(Math.min(...phononDos)).toBeGreaterThanOrEqual(0);
      // Zero is bin 15; smearing reaches two bins below.
      expect(phononDos.subarray(0, 13).every((value) => value === 0)).toBe(true);
    }
  });

  it('has nearest neighbours at chemical distances: 0.7 to 1.35 times the sum of covalent radii', () => {
    const odd = records.filter(({ structure }) => {
      const radius = (i: number): number => elementOf(structure.atomicNumbers[i]!)!.covalentRadiusAngstrom;
      const ratios = new Float64Array(structure.atomicNumbers.length).fill(Number.POSITIVE_INFINITY);
      for (const { source, target, distanceAngstrom } of atomPairs(
        structure,
        (i, j) => 1.5 * (radius(i) + radius(j)),
      )) {
        ratios[source] = Math.min(ratios[source]!, distanceAngstrom / (radius(source) + radius(target)));
      }
      return ratios.some((ratio) => ratio < 0.7 || ratio > 1.35);
    });
    expect(odd.map(({ id }) => id)).toEqual([]);
  });

  it('ships the spectra that the lattice dynamics computes today', () => {
    const sample = records.filter((_, index) => index % 60 === 7);
    for (const { structure, views, id } of sample) {
      const fresh = simulatedPhononDos(structure);
      const worst = fresh.reduce(
        (max, value, bin) => Math.max(max, Math.abs(value - views.phononDos[bin]!)),
        0,
      );
      // Half a step of the stored byte, and rounding.
      expect(worst, id).toBeLessThan(0.5 / 255 + 1e-6);
    }
    expect(sample.length).toBeGreaterThan(20);
  });
});

describe('stored spectra', () => {
  it('come back to within half a step', () => {
    const spectrum = Float32Array.from({ length: 66 }, (_, i) => i / 65);
    const [decoded] = decodeSpectra(`\n${encodeSpectrum(spectrum)}\n`, 1);
    decoded!.forEach((value, i) => {
      expect(Math.abs(value - spectrum[i]!)).toBeLessThanOrEqual(0.5 / 255 + 1e-7);
    });
  });

  it('refuse a wrong number of crystals or bins', () => {
    expect(() => decodeSpectra('AAAA\nAAAA', 1)).toThrow(/each of 1 crystals expected, got 2/);
    expect(() => decodeSpectra('AAAA', 1)).toThrow(/66 bins expected/);
  });
});
