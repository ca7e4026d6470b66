import { DataError } from '../../data-error';
import type { GreyImage } from '../grey-image';

/** A part of an image, in pixels from the upper left corner. */
export interface CropBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The part of an image inside a box.
 *
 * @throws DataError `DATA_INVALID` where the box reaches beyond the image
 */
export function cropImage(image: GreyImage, { left, top, width, height }: CropBox): GreyImage {
  const whole = [left, top, width, height].every(Number.isInteger);
  const inside =
    left >= 0 &&
    top >= 0 &&
    width > 0 &&
    height > 0 &&
    left + width <= image.width &&
    top + height <= image.height;
  if (!(whole && inside)) {
    throw new DataError(
      'DATA_INVALID',
      'cropImage:',
      `a box inside ${image.width} × ${image.height} pixels expected, got ${width} × ${height} at (${left}, ${top}). Make it smaller.`,
    );
  }
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * image.width + left;
    values.set(image.values.subarray(from, from + width), y * width);
  }
  return { width, height, values };
}
