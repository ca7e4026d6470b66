import { DENSITY_FEATURES } from './modalities/density-features';
import { ELECTRONIC_DOS_BINS } from './modalities/electronic-dos';
import { PHONON_DOS_BINS } from './modalities/phonon-dos';
import type { Structure } from './structure/structure';

/** Part of a dataset a record belongs to: fitted on, selected on, reported on. */
export type Split = 'train' | 'val' | 'test';

/** A field on a regular grid over the cell, with the shape of the cell. */
export interface GridView {
  /** Points along each axis, n. */
  readonly size: number;
  /** [n³], c fastest, a slowest. */
  readonly values: Float32Array;
  /** [6] a·a, b·b, c·c, b·c, a·c, a·b in Å². */
  readonly metric: Float32Array;
}

/** A grey image. */
export interface ImageView {
  readonly width: number;
  readonly height: number;
  /** [height · width], row after row, 0 black … 1 white. */
  readonly values: Float32Array;
}

/** Views of one material besides its structure; a missing key is a view that it does not have. */
export interface MaterialViews {
  /** [66] phonon density of states on {@link PHONON_DOS_BINS}, scaled to maximum 1. */
  readonly phononDos?: Float32Array;
  /** [200] electronic density of states on {@link ELECTRONIC_DOS_BINS}, scaled to maximum 1. */
  readonly electronicDos?: Float32Array;
  /** [{@link DENSITY_FEATURES}] charge density as {@link densityFeatures} of its grid. */
  readonly chargeDensity?: Float32Array;
  /** [768] vector of a text by a language model. */
  readonly text?: Float32Array;
  /** Charge density on a grid. */
  readonly densityGrid?: GridView;
  /** [bins] powder diffraction pattern, scaled to maximum 1. */
  readonly diffraction?: Float32Array;
  /** Text about the material. */
  readonly description?: string;
  readonly image?: ImageView;
}

/** Name of a view besides the structure. */
export type ViewName = keyof MaterialViews;

/** What a view is made of, which decides on the encoders that take it. */
export type ViewForm =
  /** Intensities of maximum 1 on an axis that all materials share; `length: null`: as many bins as the data has. */
  | { readonly kind: 'spectrum'; readonly length: number | null; readonly axis?: SpectrumAxis }
  /** Numbers of any scale and sign, each with a meaning of its own. */
  | { readonly kind: 'vector'; readonly length: number }
  /** {@link GridView}. */
  | { readonly kind: 'grid' }
  /** Words. */
  | { readonly kind: 'text' }
  /** {@link ImageView}. */
  | { readonly kind: 'image' };

/** Bin i of a spectrum is first + i · step. */
export interface SpectrumAxis {
  readonly first: number;
  readonly step: number;
  readonly unit: 'cm⁻¹' | 'eV';
}

/** Every view besides the structure with its form, in the order of reports. */
export const VIEW_FORMS: Readonly<Record<ViewName, ViewForm>> = {
  phononDos: {
    kind: 'spectrum',
    length: PHONON_DOS_BINS.count,
    axis: { first: PHONON_DOS_BINS.firstPerCm, step: PHONON_DOS_BINS.stepPerCm, unit: 'cm⁻¹' },
  },
  electronicDos: {
    kind: 'spectrum',
    length: ELECTRONIC_DOS_BINS.count,
    axis: { first: ELECTRONIC_DOS_BINS.first, step: ELECTRONIC_DOS_BINS.step, unit: 'eV' },
  },
  chargeDensity: { kind: 'vector', length: DENSITY_FEATURES },
  text: { kind: 'vector', length: 768 },
  densityGrid: { kind: 'grid' },
  diffraction: { kind: 'spectrum', length: null },
  description: { kind: 'text' },
  image: { kind: 'image' },
};

/** One material with the modalities known for it: what every source of this package hands out. */
export interface MaterialRecord {
  /** Stable within its source, e.g. `mp-149` or `JVASP-1002`. */
  readonly id: string;
  /** Reduced formula as the source writes it; empty where the source does not say. */
  readonly formula: string;
  /** Absent where only other views of the material are known. */
  readonly structure?: Structure;
  readonly split: Split;
  readonly views: MaterialViews;
  /** Scalar properties by the name (and in the unit) of the source; a property that is not known is absent. */
  readonly scalars: Readonly<Record<string, number>>;
}

/** A material whose structure is known. */
export interface CrystalRecord extends MaterialRecord {
  readonly structure: Structure;
}
