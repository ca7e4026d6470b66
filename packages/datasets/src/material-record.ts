import type { Structure } from './structure/structure';

/** Part of a dataset a record belongs to: fitted on, selected on, reported on. */
export type Split = 'train' | 'val' | 'test';

/** Spectra of one material; a missing key is a modality that this material does not have. */
export interface MaterialSpectra {
  /** [66] phonon density of states on {@link PHONON_DOS_BINS}, scaled to maximum 1. */
  readonly phononDos?: Float32Array;
}

/** One material with the modalities known for it: what every source of this package hands out. */
export interface MaterialRecord {
  /** Stable within its source, e.g. `mp-149` or `JVASP-1002`. */
  readonly id: string;
  /** Reduced formula as the source writes it. */
  readonly formula: string;
  readonly structure: Structure;
  readonly split: Split;
  readonly spectra: MaterialSpectra;
  /** Scalar properties by the name (and in the unit) of the source; a property that is not known is absent. */
  readonly scalars: Readonly<Record<string, number>>;
}

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
