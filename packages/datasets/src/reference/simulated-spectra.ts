/** Steps of the stored spectra: value / 255, so they are exact to 0.2 % of their maximum. */
const LEVELS = 255;
/** Stands for a crystal that has no such spectrum. */
const ABSENT = '-';

/** A simulated spectrum (values in [0, 1]) as base64 of one byte a bin, or `-` for none. */
export function encodeSpectrum(spectrum: ArrayLike<number> | null): string {
  if (spectrum === null) return ABSENT;
  return btoa(Array.from(spectrum, (value) => String.fromCharCode(Math.round(value * LEVELS))).join(''));
}

/**
 * The stored lines, one for each crystal.
 *
 * @throws RangeError where their number does not fit
 */
export function spectrumLines(text: string, count: number): string[] {
  const lines = text.trim().split('\n');
  if (lines.length !== count) {
    throw new RangeError(
      `spectra: one simulated spectrum for each of ${count} crystals expected, got ${lines.length}. Run scripts/simulate-spectra.mjs.`,
    );
  }
  return lines;
}

/** Whether a stored line holds a spectrum. */
export function hasSpectrum(line: string): boolean {
  return line !== ABSENT;
}

/**
 * Inverse of {@link encodeSpectrum}.
 *
 * @throws RangeError where the number of bins does not fit
 */
export function decodeSpectrum(line: string, bins: number): Float32Array {
  const bytes = atob(line);
  if (bytes.length !== bins) {
    throw new RangeError(`spectra: ${bins} bins expected in a spectrum, got ${bytes.length}.`);
  }
  return Float32Array.from(bytes, (byte) => byte.charCodeAt(0) / LEVELS);
}
