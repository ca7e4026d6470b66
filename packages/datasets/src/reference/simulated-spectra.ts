import { PHONON_DOS_BINS } from '../modalities/phonon-dos';

/** Steps of the stored spectra: value / 255, so they are exact to 0.2 % of their maximum. */
const LEVELS = 255;

/** A simulated spectrum (values in [0, 1]) as base64 of one byte a bin: 66 bins make 88 characters. */
export function encodeSpectrum(spectrum: ArrayLike<number>): string {
  return btoa(Array.from(spectrum, (value) => String.fromCharCode(Math.round(value * LEVELS))).join(''));
}

/**
 * Inverse of {@link encodeSpectrum}, one spectrum a line.
 *
 * @throws RangeError where the number of lines or their length does not fit
 */
export function decodeSpectra(text: string, count: number): Float32Array[] {
  const lines = text.trim().split('\n');
  if (lines.length !== count) {
    throw new RangeError(
      `spectra: one simulated spectrum for each of ${count} crystals expected, got ${lines.length}. Run scripts/simulate-spectra.mjs.`,
    );
  }
  return lines.map((line, index) => {
    const bytes = atob(line);
    if (bytes.length !== PHONON_DOS_BINS.count) {
      throw new RangeError(
        `spectra: ${PHONON_DOS_BINS.count} bins expected in spectrum ${index}, got ${bytes.length}.`,
      );
    }
    return Float32Array.from(bytes, (byte) => byte.charCodeAt(0) / LEVELS);
  });
}
