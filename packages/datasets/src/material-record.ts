import { DENSITY_FEATURES } from './modalities/density-features';
import { ELECTRONIC_DOS_BINS } from './modalities/electronic-dos';
import { PHONON_DOS_BINS } from './modalities/phonon-dos';
import type { Structure } from './structure/structure';

/** Part of a dataset a record belongs to: fitted on, selected on, reported on. */
export type Split = 'train' | 'val' | 'test';

/** Views of one material besides its structure, each of a fixed length; a missing key is a view that it does not have. */
export interface MaterialViews {
  /** [66] phonon density of states on {@link PHONON_DOS_BINS}, scaled to maximum 1. */
  readonly phononDos?: Float32Array;
  /** [200] electronic density of states on {@link ELECTRONIC_DOS_BINS}, scaled to maximum 1. */
  readonly electronicDos?: Float32Array;
  /** [{@link DENSITY_FEATURES}] charge density as {@link densityFeatures} of its grid. */
  readonly chargeDensity?: Float32Array;
  /** [768] vector of a text by a language model. */
  readonly text?: Float32Array;
}

/** Name of a view besides the structure. */
export type ViewName = keyof MaterialViews;

/** Every view besides the structure with its length, in the order of reports. */
export const VIEW_LENGTHS: Readonly<Record<ViewName, number>> = {
  phononDos: PHONON_DOS_BINS.count,
  electronicDos: ELECTRONIC_DOS_BINS.count,
  chargeDensity: DENSITY_FEATURES,
  text: 768,
};

/** One material with the modalities known for it: what every source of this package hands out. */
export interface MaterialRecord {
  /** Stable within its source, e.g. `mp-149` or `JVASP-1002`. */
  readonly id: string;
  /** Reduced formula as the source writes it. */
  readonly formula: string;
  readonly structure: Structure;
  readonly split: Split;
  readonly views: MaterialViews;
  /** Scalar properties by the name (and in the unit) of the source; a property that is not known is absent. */
  readonly scalars: Readonly<Record<string, number>>;
}
