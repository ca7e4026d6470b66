import { resampleSpectrum } from './resample-spectrum';
import type { SampledSpectrum } from './sampled-spectrum';

/** Bin i of every electronic density of states is the energy −9.95 + 0.1 i eV about the Fermi level, i = 0..199. */
export const ELECTRONIC_DOS_BINS: { readonly count: 200; readonly first: -9.95; readonly step: 0.1 } = {
  count: 200,
  first: -9.95,
  step: 0.1,
};

/** Standard deviation of the Gaussian that levels what different codes broaden differently, in eV. */
const BROADENING_EV = 0.1;

/**
 * [200] electronic density of states on {@link ELECTRONIC_DOS_BINS}: both spins, broadened by 0.1 eV, scaled to maximum 1.
 *
 * The scale is lost on purpose: states per cell tell how large the cell is, and with it which crystal it is.
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
