import { binEdge } from '../modalities/uniform-bins';
import type { Structure } from '../structure/structure';
import {
  checkDiffractionOptions,
  DIFFRACTION_DEFAULTS,
  type DiffractionOptions,
} from './diffraction-options';
import { linesWithin } from './powder-lines';
import { pseudoVoigtShare } from './pseudo-voigt';

/** Widths of a peak on either side that are drawn; 1 % of a Lorentzian lies beyond. */
const REACH_FWHM = 30;
/** Widths beyond the range from which peaks still reach into it. */
const MARGIN_FWHM = 5;

/**
 * [bins] simulated powder diffraction pattern, maximum 1: the lines of {@link simulatedPowderLines}, each drawn as a pseudo-Voigt
 * peak. A bin holds the integral of the profile over it, so narrow peaks never fall between bins.
 *
 * Simulated from the structure, not measured: no background, texture, absorption or noise.
 *
 * @param options {@link DIFFRACTION_DEFAULTS} where left out
 * @param where names the structure in errors
 * @returns zeros where no line lies in the range
 * @throws {DataError} as {@link simulatedPowderLines}
 *
 * @example
 * ```ts
 * const pattern = simulatedDiffraction(silicon, { fwhmDegrees: 0.1 }); // Float32Array(800)
 * ```
 */
export function simulatedDiffraction(
  structure: Structure,
  options: Partial<DiffractionOptions> = {},
  where = 'structure',
): Float32Array {
  const complete = { ...DIFFRACTION_DEFAULTS, ...options };
  checkDiffractionOptions(complete, where);
  const { count, firstDegrees: first, stepDegrees: step, fwhmDegrees, lorentzShare } = complete;
  const bins = { count, first, step };
  const margin = MARGIN_FWHM * fwhmDegrees;
  const range = [binEdge(bins, 0) - margin, Math.min(179.9, binEdge(bins, count) + margin)] as const;
  const pattern = new Float64Array(count);
  for (const { twoThetaDegrees, intensity } of linesWithin(structure, complete, range, where)) {
    const reach = REACH_FWHM * fwhmDegrees;
    const from = Math.max(0, Math.floor((twoThetaDegrees - reach - first) / step));
    const to = Math.min(count - 1, Math.ceil((twoThetaDegrees + reach - first) / step));
    let begin = (binEdge(bins, from) - twoThetaDegrees) / fwhmDegrees;
    for (let bin = from; bin <= to; bin++) {
      const end = (binEdge(bins, bin + 1) - twoThetaDegrees) / fwhmDegrees;
      pattern[bin]! += intensity * pseudoVoigtShare(begin, end, lorentzShare);
      begin = end;
    }
  }
  const highest = pattern.reduce((max, value) => Math.max(max, value), 0);
  return Float32Array.from(pattern, (value) => (highest > 0 ? value / highest : 0));
}
