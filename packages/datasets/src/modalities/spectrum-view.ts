import { DataError } from '../data-error';
import { latticeVolume } from '../structure/lattice';
import type { Structure } from '../structure/structure';
import type { Prepared } from './modality';
import { resampleSpectrum } from './resample-spectrum';
import type { SampledSpectrum } from './sampled-spectrum';
import type { UniformBins } from './uniform-bins';

/** What a spectrum counts by: its own maximum (which hides the size of the cell), an atom, a volume of 1 Å³, or the cell. */
export type SpectrumScale = 'max' | 'atom' | 'volume' | 'cell';

const SCALES: readonly SpectrumScale[] = ['max', 'atom', 'volume', 'cell'];

/** How a spectrum of states per cell becomes a view. */
export interface SpectrumBinning {
  readonly bins: UniformBins;
  /** Standard deviation of a Gaussian in units of the axis; 0 for none. */
  readonly smearing: number;
  readonly per: SpectrumScale;
}

const MOST_BINS = 65_536;

/**
 * A spectrum of states per cell on uniform bins, resampled conservatively (see {@link resampleSpectrum}) and scaled.
 *
 * @param structure needed where `per` is `atom` (counted by occupancy) or `volume`
 * @param where names the spectrum in errors
 * @returns mask null where the samples cover every bin
 * @throws {DataError} `DATA_INVALID` for options out of range, a structure that is needed and missing, samples that miss every
 * bin, and as `checkSpectrum`
 */
export function spectrumView(
  spectrum: SampledSpectrum,
  binning: SpectrumBinning,
  structure: Structure | null | undefined,
  where: string,
): Prepared<Float32Array> {
  checkBinning(binning, where);
  const { bins, smearing, per } = binning;
  const { values, covered } = resampleSpectrum(spectrum, bins, { where, broadening: smearing });
  // Bin edges and sums round, so a bin is known where all but a millionth of it is.
  const known = covered.filter((share) => share > 1 - 1e-6).length;
  if (covered.every((share) => share === 0)) {
    const { positions } = spectrum;
    throw new DataError(
      'DATA_INVALID',
      where,
      `samples from ${bins.first} to ${bins.first + (bins.count - 1) * bins.step} expected, got ${positions[0]} to ${positions[positions.length - 1]}. Check unit and zero of the axis, or choose other bins.`,
    );
  }
  const divisor = divisorOf(per, values, structure, where);
  const whole = known === bins.count;
  return {
    view: divisor === 1 ? values : values.map((value) => value / divisor),
    mask: whole ? null : covered,
    notes: whole ? [] : [`the source covers ${known} of ${bins.count} bins whole`],
  };
}

function divisorOf(
  per: SpectrumScale,
  values: Float32Array,
  structure: Structure | null | undefined,
  where: string,
): number {
  if (per === 'cell') return 1;
  if (per === 'max') return values.reduce((max, value) => Math.max(max, value), 0) || 1;
  if (structure === undefined || structure === null) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `a structure for states per ${per} expected, got none. Hand it over, or choose per: max.`,
    );
  }
  if (per === 'volume') return latticeVolume(structure.latticeAngstrom);
  const { occupations, atomicNumbers } = structure;
  return occupations?.occupancies.reduce((sum, share) => sum + share, 0) ?? atomicNumbers.length;
}

function checkBinning({ bins: { count, first, step }, smearing, per }: SpectrumBinning, where: string): void {
  const rules: readonly (readonly [boolean, string, unknown])[] = [
    [
      Number.isInteger(count) && count >= 1 && count <= MOST_BINS,
      `options.count: an integer from 1 to ${MOST_BINS}`,
      count,
    ],
    [step > 0 && Number.isFinite(step), 'options.step…: a width above 0', step],
    [Number.isFinite(first), 'options.first…: a finite number', first],
    [smearing >= 0 && Number.isFinite(smearing), 'options.smearing…: 0 or more', smearing],
    [SCALES.includes(per), `options.per: one of ${SCALES.join(', ')}`, per],
  ];
  for (const [holds, expected, got] of rules) {
    if (holds) continue;
    throw new DataError('DATA_INVALID', where, `${expected} expected, got ${got}. Correct the option.`);
  }
}
