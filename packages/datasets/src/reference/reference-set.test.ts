import { beforeAll, describe, expect, it } from 'vitest';
import { elementOf } from '../elements/element';
import { atomPairs } from '../lattice-dynamics/atom-pairs';
import { simulatedPhononDos } from '../lattice-dynamics/index';
import { DENSITY_FEATURES } from '../modalities/density-features';
import { ELECTRONIC_DOS_BINS } from '../modalities/electronic-dos';
import { PHONON_DOS_BINS } from '../modalities/phonon-dos';
import { promoleculeDensity } from '../promolecule/index';
import { STEM_DEFECTS } from '../stem/index';
import { latticeVolume } from '../structure/lattice';
import { simulatedElectronicDos } from '../tight-binding/index';
import type { ReferenceRecord } from './reference-record';
import { referenceSet } from './reference-set';
import { SIMULATED_ELECTRONIC_SPECTRA } from './simulated-electronic-spectra.generated';
import { decodeSpectrum, encodeSpectrum, spectrumLines } from './simulated-spectra';
import { SIMULATED_SPECTRA } from './simulated-spectra.generated';
import { isImaged, referenceStemImage } from './stem-views';

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
      expect(record.viewsOrigin).toBe('simulated');
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

  it('ships the spectra that the models compute today, bit for bit', () => {
    const phonons = spectrumLines(SIMULATED_SPECTRA, records.length);
    const electrons = spectrumLines(SIMULATED_ELECTRONIC_SPECTRA, records.length);
    let compared = 0;
    records.forEach(({ id, structure, views }, index) => {
      if (index % 60 !== 7) return;
      expect(encodeSpectrum(simulatedPhononDos(structure)), id).toBe(phonons[index]);
      compared++;
      if (index % 180 !== 7 || views.electronicDos === undefined) return;
      expect(encodeSpectrum(simulatedElectronicDos(structure)), id).toBe(electrons[index]);
    });
    expect(compared).toBeGreaterThan(20);
  });

  it('gives every crystal without actinides an electronic density of states of 200 bins with maximum 1', () => {
    for (const { structure, views, id } of records) {
      const covered = Array.from(structure.atomicNumbers).every((z) => z <= 84);
      expect('electronicDos' in views, id).toBe(covered);
      if (views.electronicDos === undefined) continue;
      expect(views.electronicDos).toHaveLength(ELECTRONIC_DOS_BINS.count);
      expect(Math.max(...views.electronicDos)).toBe(1);
    }
    expect(records.filter(({ views }) => 'electronicDos' in views).length).toBe(1449);
  });

  it('gives a promolecule that holds the electrons of the cell, and its features', () => {
    for (const { structure, views, id } of records.filter((_, index) => index % 50 === 3)) {
      const { size, metric } = views.densityGrid;
      const { values } = promoleculeDensity(structure);
      expect([size, views.densityGrid.values.length, metric.length]).toEqual([16, 4096, 6]);
      expect(views.densityGrid.values[7]).toBeCloseTo(
        Math.log1p(values[7]! / (values.reduce((sum, value) => sum + value, 0) / values.length)),
        4,
      );
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const electrons = structure.atomicNumbers.reduce((sum, z) => sum + z, 0);
      expect((mean * latticeVolume(structure.latticeAngstrom)) / electrons, id).toBeCloseTo(1, 2);
      expect(views.chargeDensity).toHaveLength(DENSITY_FEATURES);
    }
  });

  it('gives simple types a STEM image, with every class of defect among them', () => {
    const imaged = records.filter(({ prototype }) => isImaged(prototype));
    expect(imaged.length).toBeGreaterThan(300);
    expect(records.filter(({ views }) => 'image' in views)).toEqual(imaged);
    const sample = imaged.filter((_, index) => index % 8 === 0);
    const classes = new Set(
      sample.map((record) => {
        const { width, height, values } = record.views.image!;
        expect([width, height, values.length]).toEqual([64, 64, 4096]);
        expect(Math.max(...values)).toBe(1);
        expect(referenceStemImage(record, 1).counts).not.toEqual(referenceStemImage(record, 0).counts);
        return referenceStemImage(record).defect;
      }),
    );
    expect(classes).toEqual(new Set(STEM_DEFECTS));
    const other = records.find(({ prototype }) => !isImaged(prototype))!;
    expect(() => referenceStemImage(other)).toThrow(/structure type with images expected/);
  });

  it('works each view out once, when it is read', () => {
    const [record] = records;
    expect(Object.keys(record!.views)).toContain('densityGrid');
    expect(record!.views.densityGrid).toBe(record!.views.densityGrid);
  });

  it('has measured values as scalars, with their source', () => {
    const silicon = records.find(({ id }) => id === 'ref-diamond-Si')!;
    expect(silicon.scalars.bandGapEv).toBe(1.12);
    expect(silicon.measured.bandGapEv?.source).toMatch(/Madelung/);
    expect(silicon.scalars.mohsHardness).toBeUndefined();
    expect(records.filter(({ scalars }) => scalars.bandGapEv !== undefined).length).toBeGreaterThan(150);
  });
});

describe('stored spectra', () => {
  it('come back to within half a step', () => {
    const spectrum = Float32Array.from({ length: 66 }, (_, i) => i / 65);
    decodeSpectrum(encodeSpectrum(spectrum), 66).forEach((value, i) => {
      expect(Math.abs(value - spectrum[i]!)).toBeLessThanOrEqual(0.5 / 255 + 1e-7);
    });
  });

  it('refuse a wrong number of crystals or bins', () => {
    expect(() => spectrumLines('AAAA\nAAAA', 1)).toThrow(/each of 1 crystals expected, got 2/);
    expect(() => decodeSpectrum('AAAA', 66)).toThrow(/66 bins expected/);
  });
});
