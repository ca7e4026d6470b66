import { simulatedDiffraction } from '../diffraction/index';
import type { GridView, ImageView, MaterialViews } from '../material-record';
import { densityFeatures } from '../modalities/density-features';
import { ELECTRONIC_DOS_BINS } from '../modalities/electronic-dos';
import { PHONON_DOS_BINS } from '../modalities/phonon-dos';
import { promoleculeDensity } from '../promolecule/index';
import { stemGrey } from '../stem/index';
import { settingsOfNumber } from '../symmetry/group/hall-settings';
import { describeStructure } from '../text/describe/describe-structure';
import type { ReferenceCrystal } from './reference-crystals';
import { decodeSpectrum, hasSpectrum } from './simulated-spectra';
import { isImaged, referenceStemImage } from './stem-views';

/** Views of a crystal of the reference set; each is worked out when it is first read. All are simulated. */
export interface ReferenceViews extends MaterialViews {
  /** Lattice dynamics of masses and springs. */
  readonly phononDos: Float32Array;
  /** Tight binding; absent where an element has no parameters (actinides). */
  readonly electronicDos?: Float32Array;
  /** Features of the promolecule. */
  readonly chargeDensity: Float32Array;
  /** Promolecule on 16³ points, log(1 + ρ / mean ρ): how many electrons there are is not in it. */
  readonly densityGrid: GridView;
  /** Powder pattern of Cu Kα on the bins of `DIFFRACTION_DEFAULTS`, maximum 1. */
  readonly diffraction: Float32Array;
  /** {@link describeStructure} of the crystal. */
  readonly description: string;
  /** STEM image number 0; only for structure types that are imaged. */
  readonly image?: ImageView;
}

/**
 * The views of one crystal, each an enumerable property that computes its value at the first reading and keeps it.
 *
 * A further view of the set is one more line here and one in {@link ReferenceViews}.
 */
export function referenceViews(
  crystal: ReferenceCrystal,
  phononLine: string,
  electronicLine: string,
): ReferenceViews {
  const { structure } = crystal;
  return lazily({
    phononDos: () => decodeSpectrum(phononLine, PHONON_DOS_BINS.count),
    ...(hasSpectrum(electronicLine)
      ? { electronicDos: () => decodeSpectrum(electronicLine, ELECTRONIC_DOS_BINS.count) }
      : {}),
    chargeDensity: () => {
      const { size, values } = promoleculeDensity(structure);
      return densityFeatures({ shape: [size, size, size], values }, crystal.id);
    },
    densityGrid: () => promoleculeDensity(structure, { scale: 'logRelative' }),
    diffraction: () => simulatedDiffraction(structure, {}, crystal.id),
    description: () => {
      const number = crystal.prototype.spaceGroupNumber;
      const symbol = settingsOfNumber(number)[0]!.symbols[0]!;
      return describeStructure(structure, { symmetry: { number, symbol, primitive: structure } });
    },
    ...(isImaged(crystal.prototype.name)
      ? { image: () => stemGrey(referenceStemImage({ ...crystal, prototype: crystal.prototype.name })) }
      : {}),
  });
}

type Computed<Views> = { readonly [Name in keyof Views]: () => NonNullable<Views[Name]> };

function lazily(views: Computed<ReferenceViews>): ReferenceViews {
  const properties = Object.entries(views).map(
    ([name, compute]) => [name, { enumerable: true, get: once<unknown>(compute) }] as const,
  );
  return Object.defineProperties({} as ReferenceViews, Object.fromEntries(properties));
}

function once<Value>(compute: () => Value): () => Value {
  let kept: { readonly value: Value } | undefined;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}
