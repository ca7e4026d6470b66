import { DataError } from '../data-error';
import type { Structure } from '../structure/structure';
import type { Modality } from './modality';
import { spectrumAugmentations } from './spectrum-augmentations';
import { type SpectrumScale, spectrumView } from './spectrum-view';

/**
 * Bin i of every phonon density of states is the wavenumber −300 + 20 i cm⁻¹, i = 0..65.
 *
 * Negative wavenumbers stand for imaginary modes; bin 15 is zero; the grid ends at 1000 cm⁻¹, so the top of
 * diamond (1332 cm⁻¹) and of hydrides is cut off. It is the grid of the JARVIS phonon set, which makes the
 * two comparable.
 */
export const PHONON_DOS_BINS: {
  readonly count: 66;
  readonly firstPerCm: -300;
  readonly stepPerCm: 20;
} = { count: 66, firstPerCm: -300, stepPerCm: 20 };

/** cm⁻¹ in one of each unit of frequency; CODATA 2018, exact up to the digits. */
const PER_CM: Readonly<Record<PhononDosSource['unit'], number>> = {
  'cm-1': 1,
  THz: 33.3564095198152,
  meV: 8.06554393734921,
};

/** What {@link phononDosModality} is prepared from. */
export interface PhononDosSource {
  /** Rising; imaginary modes as negative numbers. */
  readonly frequencies: ArrayLike<number>;
  /** States per unit of frequency and cell. */
  readonly densities: ArrayLike<number>;
  readonly unit: 'cm-1' | 'THz' | 'meV';
  /** Needed for states per atom or volume. */
  readonly structure?: Structure | null;
}

/** Options of {@link phononDosModality}; plain JSON. */
export type PhononDosOptions = {
  /** Bin i covers firstPerCm + (i ± ½) stepPerCm. */
  readonly count: number;
  readonly firstPerCm: number;
  readonly stepPerCm: number;
  /** Standard deviation of the Gaussian; 0 for none. */
  readonly smearingPerCm: number;
  readonly per: SpectrumScale;
};

const UNITS: Readonly<Record<SpectrumScale, string>> = {
  max: '',
  atom: 'states/cm⁻¹/atom',
  volume: 'states/cm⁻¹/Å³',
  cell: 'states/cm⁻¹/cell',
};

/**
 * Phonon density of states against the wavenumber: `[count]`.
 *
 * Frequencies in THz or meV are converted, and densities with them, so that the integral stays what it is (3 per atom).
 *
 * @example
 * ```ts
 * const raw = { frequencies: thz, densities, unit: 'THz', structure } as const;
 * const { view } = phononDosModality.prepare(raw, { ...phononDosModality.defaults, per: 'atom' }, 'total_dos.dat');
 * ```
 */
export const phononDosModality: Modality<PhononDosSource, PhononDosOptions> = {
  name: 'phononDos',
  defaults: { ...PHONON_DOS_BINS, smearingPerCm: 0, per: 'max' },
  form: ({ count, per }) => ({ shape: [count], unit: UNITS[per], axis: 'wavenumber, cm⁻¹' }),
  prepare(raw, { count, firstPerCm, stepPerCm, smearingPerCm, per }, where) {
    const { frequencies, densities, unit, structure } = raw;
    const factor = Object.hasOwn(PER_CM, unit) ? PER_CM[unit] : undefined;
    if (factor === undefined) {
      throw new DataError(
        'DATA_INVALID',
        where,
        `unit: one of ${Object.keys(PER_CM).join(', ')} expected, got ${unit}. Convert the frequencies.`,
      );
    }
    const spectrum = {
      positions: Float64Array.from(frequencies, (frequency) => frequency * factor),
      densities: Float64Array.from(densities, (density) => density / factor),
    };
    const bins = { count, first: firstPerCm, step: stepPerCm };
    return spectrumView(spectrum, { bins, smearing: smearingPerCm, per }, structure, where);
  },
  augmentations: spectrumAugmentations(
    ({ stepPerCm, per }) => ({ step: stepPerCm, toMaximum: per === 'max' }),
    'cm⁻¹',
    { shift: 10, broadening: 10, noise: 0.01, scale: 0.1 },
  ),
};
