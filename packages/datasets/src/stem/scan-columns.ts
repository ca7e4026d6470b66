import type { FilledStemOptions } from './stem-options';
import type { TiledColumn } from './tiled-columns';

/** The probe counts up to this many deviations. */
export const PROBE_REACH: 5 = 5;

/**
 * I(p) = Σ_c I_c exp(−|p − r_c − d t_p|² / 2σ²): the probe's Gaussian over every column, at the middle of each pixel, with the
 * sample displaced by the drift d times the share t_p of the image's time that has passed when the beam reaches the row of p (rows are
 * scanned from the top).
 *
 * @returns [pixels, pixels], row by row
 */
export function scanColumns(
  columns: readonly TiledColumn[],
  { pixels, pixelAngstrom, probeAngstrom, driftAngstrom }: FilledStemOptions,
): Float64Array {
  const image = new Float64Array(pixels * pixels);
  const reach = (PROBE_REACH * probeAngstrom) / pixelAngstrom;
  const halfInverseVariance = 0.5 * (pixelAngstrom / probeAngstrom) ** 2;
  for (let row = 0; row < pixels; row++) {
    const time = (row + 0.5) / pixels;
    const [driftX, driftY] = [time * driftAngstrom[0], time * driftAngstrom[1]];
    for (const { x, y, intensity } of columns) {
      const centerY = (y + driftY) / pixelAngstrom - 0.5;
      if (Math.abs(row - centerY) > reach) continue;
      const centerX = (x + driftX) / pixelAngstrom - 0.5;
      const height = intensity * Math.exp(-halfInverseVariance * (row - centerY) ** 2);
      const last = Math.min(pixels - 1, Math.floor(centerX + reach));
      for (let column = Math.max(0, Math.ceil(centerX - reach)); column <= last; column++) {
        image[row * pixels + column]! += height * Math.exp(-halfInverseVariance * (column - centerX) ** 2);
      }
    }
  }
  return image;
}
