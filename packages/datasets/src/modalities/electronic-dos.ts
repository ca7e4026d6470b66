import { DataError } from '../data-error';
import type { DensityOfStates } from '../formats/dos/density-of-states';
import type { Structure } from '../structure/structure';
import { mergeEqualPositions } from './merge-equal-positions';
import type { Modality } from './modality';
import { resampleSpectrum } from './resample-spectrum';
import { checkSpectrum, type SampledSpectrum } from './sampled-spectrum';
import { spectrumAugmentations } from './spectrum-augmentations';
import { type SpectrumScale, spectrumView } from './spectrum-view';

/** Bin i of every electronic density of states is the energy −9.95 + 0.1 i eV about the Fermi level, i = 0..199. */
export const ELECTRONIC_DOS_BINS: { readonly count: 200; readonly first: -9.95; readonly step: 0.1 } = {
  count: 200,
  first: -9.95,
  step: 0.1,
};

/** Standard deviation of the Gaussian that levels what different codes broaden differently, in eV. */
const BROADENING_EV = 0.1;

/** What {@link electronicDosModality} is prepared from: `readVasprun(…)`, or `{ dos: await readDoscar(…), structure }`. */
export interface ElectronicDosSource {
  /** Energies in eV, Fermi level, and the density of each spin in states per eV and cell. */
  readonly dos: Pick<DensityOfStates, 'energiesEv' | 'fermiEv' | 'total'> | null;
  /** Needed for states per atom or volume. */
  readonly structure?: Structure | null;
}

/** Options of {@link electronicDosModality}; plain JSON. */
export type ElectronicDosOptions = {
  /** Bin i covers firstEv + (i ± ½) stepEv about the Fermi level. */
  readonly count: number;
  readonly firstEv: number;
  readonly stepEv: number;
  /** Standard deviation of the Gaussian; 0 for none. */
  readonly smearingEv: number;
  readonly per: SpectrumScale;
};

const UNITS: Readonly<Record<SpectrumScale, string>> = {
  max: '',
  atom: 'states/eV/atom',
  volume: 'states/eV/Å³',
  cell: 'states/eV/cell',
};

/**
 * Electronic density of states, both spins summed, about the Fermi level: `[count]`.
 *
 * The source may have any rising energies, uniform or not, and cover part of the bins only; the mask says which. Projections are not
 * used.
 *
 * @example
 * ```ts no-run
 * const run = await readVasprun(bytes, { file: 'vasprun.xml' });
 * const { defaults } = electronicDosModality;
 * const { view, mask } = electronicDosModality.prepare(run, { ...defaults, per: 'atom' }, 'vasprun.xml');
 * ```
 */
export const electronicDosModality: Modality<ElectronicDosSource, ElectronicDosOptions> = {
  name: 'electronicDos',
  defaults: {
    count: ELECTRONIC_DOS_BINS.count,
    firstEv: ELECTRONIC_DOS_BINS.first,
    stepEv: ELECTRONIC_DOS_BINS.step,
    smearingEv: BROADENING_EV,
    per: 'max',
  },
  form: ({ count, per }) => ({ shape: [count], unit: UNITS[per], axis: 'E − E_F, eV' }),
  prepare({ dos, structure }, { count, firstEv, stepEv, smearingEv, per }, where) {
    const binning = { bins: { count, first: firstEv, step: stepEv }, smearing: smearingEv, per };
    return spectrumView(aboutFermiLevel(dos, where), binning, structure, where);
  },
  augmentations: spectrumAugmentations(
    ({ stepEv, per }) => ({ step: stepEv, toMaximum: per === 'max' }),
    'eV',
    { shift: 0.2, broadening: 0.1, noise: 0.01, scale: 0.1 },
  ),
};

/** Σ of the spins against E − E_F, each spin looked at for itself: one given as negative must not cancel the other. */
function aboutFermiLevel(dos: ElectronicDosSource['dos'], where: string): SampledSpectrum {
  if (dos === null || dos.total.length === 0) {
    throw new DataError('DATA_INVALID', where, 'a density of states expected, got none. Leave it out.');
  }
  const { energiesEv, fermiEv, total } = dos;
  if (!Number.isFinite(fermiEv)) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `fermiEv: a finite Fermi level in eV expected, got ${fermiEv}. Take it from the calculation.`,
    );
  }
  const positions = Float64Array.from(energiesEv, (energy) => energy - fermiEv);
  const spins = total.map((densities, spin) => {
    const named = total.length === 1 ? where : `${where} spin ${spin + 1}`;
    return checkSpectrum(mergeEqualPositions({ positions, densities }), named);
  });
  const [first, ...others] = spins;
  const densities = Float64Array.from(first!.densities, (density, i) =>
    others.reduce((sum, spin) => sum + spin.densities[i]!, density),
  );
  return { positions: first!.positions, densities };
}

/**
 * [200] electronic density of states on {@link ELECTRONIC_DOS_BINS}: both spins, broadened by 0.1 eV, scaled to maximum 1.
 *
 * The scale is lost on purpose: states per cell tell how large the cell is, and with it which crystal it is. With other options, and
 * from parsed files, {@link electronicDosModality}.
 *
 * @param spectrum energies in eV from the Fermi level; densities in any unit
 * @param where names the spectrum in errors
 * @throws {DataError} as `checkSpectrum`
 */
export function electronicDos(spectrum: SampledSpectrum, where: string): Float32Array {
  const { values } = resampleSpectrum(spectrum, ELECTRONIC_DOS_BINS, { where, broadening: BROADENING_EV });
  const largest = values.reduce((max, value) => Math.max(max, value), 0);
  return largest > 0 ? values.map((value) => value / largest) : values;
}
