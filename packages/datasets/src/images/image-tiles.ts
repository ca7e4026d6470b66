import { DataError } from '../data-error';
import { checkImage, type GreyImage } from './grey-image';
import { mirroredIndex } from './mirrored-index';
import { checkSides } from './resize-image';

/** How an image is cut into tiles. */
export interface TileOptions {
  /** Pixels along both sides of a tile. */
  readonly size: number;
  /** Pixels that neighbouring tiles share at least; 0 by default, less than `size`. */
  readonly overlap?: number;
  /** Tiles of one image; 65,536 by default. */
  readonly maxTiles?: number;
}

/** A tile and the pixel of the image at its upper left corner. */
export interface ImageTile extends GreyImage {
  readonly left: number;
  readonly top: number;
}

const DEFAULT_MAX_TILES = 65_536;

/**
 * Square tiles that cover an image, row by row: as few as overlap by `overlap` or more, spread evenly, the first and the last flush with
 * the edges. Where the image is smaller than a tile, one tile begins at 0 and the image goes on beyond its end as in a mirror.
 *
 * @param where names the image in errors
 * @throws DataError `DATA_INVALID`, `DATA_TOO_LARGE` (more than `maxTiles`)
 * @example
 * ```ts
 * imageTiles(image, { size: 128, overlap: 16 }, 'map.tif').length;
 * ```
 */
export function imageTiles(image: GreyImage, options: TileOptions, where: string): ImageTile[] {
  const { size, overlap = 0, maxTiles = DEFAULT_MAX_TILES } = options;
  checkImage(image, where);
  checkSides(size, size, where);
  if (!(Number.isInteger(overlap) && overlap >= 0 && overlap < size)) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `an overlap from 0 to ${size - 1} pixels expected, got ${overlap}. Choose another.`,
    );
  }
  const [lefts, tops] = [starts(image.width, size, overlap), starts(image.height, size, overlap)];
  if (lefts.length * tops.length > maxTiles) {
    throw new DataError(
      'DATA_TOO_LARGE',
      where,
      `at most ${maxTiles} tiles expected, got ${lefts.length} × ${tops.length}. Choose larger tiles or less overlap.`,
    );
  }
  return tops.flatMap((top) => lefts.map((left) => tileAt(image, left, top, size)));
}

function starts(length: number, size: number, overlap: number): number[] {
  if (length <= size) return [0];
  const count = Math.ceil((length - size) / (size - overlap)) + 1;
  return Array.from({ length: count }, (_, i) => Math.round((i * (length - size)) / (count - 1)));
}

function tileAt(image: GreyImage, left: number, top: number, size: number): ImageTile {
  const values = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    const row = mirroredIndex(top + y, image.height) * image.width;
    for (let x = 0; x < size; x++) {
      values[y * size + x] = image.values[row + mirroredIndex(left + x, image.width)]!;
    }
  }
  return { left, top, width: size, height: size, values };
}
