import type { Projection } from './projected-columns';

/** Z-contrast of an atom: the cross-section for scattering to high angles grows as Z to this power. */
const CONTRAST_EXPONENT = 1.7;

/** One column under the beam. */
export interface TiledColumn {
  /** Å from the upper left corner of the image. */
  readonly x: number;
  readonly y: number;
  /** Atomic numbers of one repeat along the beam. */
  readonly atomicNumbers: readonly number[];
  /** Scattered intensity of one repeat, Σ Z^1.7. */
  readonly intensity: number;
}

/** Σ Z^1.7 of the atoms of a column (Pennycook and Jesson, Ultramicroscopy 37, 14 (1991); 1.7 for usual detectors). */
export function columnIntensity(atomicNumbers: readonly number[]): number {
  return atomicNumbers.reduce((sum, z) => sum + z ** CONTRAST_EXPONENT, 0);
}

/**
 * Every column within `marginAngstrom` of a square field, the projected cell repeated from an origin.
 *
 * @param origin Å, where the corner of a projected cell lies in the image
 */
export function tileColumns(
  { columns, first, second }: Projection,
  fieldAngstrom: number,
  marginAngstrom: number,
  origin: readonly [number, number],
): TiledColumn[] {
  const tiled: TiledColumn[] = [];
  const [low, high] = [-marginAngstrom, fieldAngstrom + marginAngstrom];
  for (const { x, y, atomicNumbers } of columns) {
    const intensity = columnIntensity(atomicNumbers);
    const [x0, y0] = [x + origin[0], y + origin[1]];
    const rows = [(low - y0) / second[1], (high - y0) / second[1]].sort((a, b) => a - b) as [number, number];
    for (let n = Math.ceil(rows[0]); n <= rows[1]; n++) {
      const start = x0 + n * second[0];
      for (let m = Math.ceil((low - start) / first[0]); m <= (high - start) / first[0]; m++) {
        tiled.push({ x: start + m * first[0], y: y0 + n * second[1], atomicNumbers, intensity });
      }
    }
  }
  return tiled;
}
