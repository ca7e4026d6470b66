import { DataError } from '../data-error';
import { checkImage, type GreyImage } from './grey-image';
import { checkSides, resizeImage } from './resize-image';

/** How images become arrays of fixed size: plain JSON, stored with a model so that training and use cannot differ. */
export interface ImageOptions {
  readonly width: number;
  readonly height: number;
  /**
   * `stretch` changes the aspect ratio; `crop` keeps the largest part of the right ratio from the middle; `pad` keeps all of the image and
   * puts its mean brightness around it.
   */
  readonly fit: 'stretch' | 'crop' | 'pad';
  /** `none` leaves 0 to 1; `standard` gives every image mean 0 and standard deviation 1 (a constant image is 0). */
  readonly contrast: 'none' | 'standard';
}

export const DEFAULT_IMAGE_OPTIONS: ImageOptions = {
  width: 96,
  height: 96,
  fit: 'stretch',
  contrast: 'none',
};

/**
 * A function from images of any size to [height, width] values, by area average.
 *
 * @throws DataError `DATA_INVALID` for options out of range; the function throws the same for images that are none
 * @example
 * ```ts no-run
 * const toArray = imageModality({ width: 96, height: 96, fit: 'crop', contrast: 'standard' });
 * toArray(await decodeImage(bytes, 'steel.png'), 'steel.png'); // Float32Array(9216)
 * ```
 */
export function imageModality(
  options: ImageOptions = DEFAULT_IMAGE_OPTIONS,
): (image: GreyImage, where: string) => Float32Array {
  const { width, height, fit, contrast } = options;
  checkSides(width, height, 'imageModality:');
  if (!['stretch', 'crop', 'pad'].includes(fit) || !['none', 'standard'].includes(contrast)) {
    throw new DataError(
      'DATA_INVALID',
      'imageModality:',
      `fit stretch, crop or pad and contrast none or standard expected, got ${JSON.stringify(options)}. Correct the options.`,
    );
  }
  return (image, where) => {
    checkImage(image, where);
    const ratio = width / height;
    const shaped =
      fit === 'stretch' ? image : fit === 'crop' ? middle(image, ratio) : surrounded(image, ratio);
    const { values } = resizeImage(shaped, width, height, where);
    return contrast === 'standard' ? standardised(values) : values;
  };
}

/** The largest part from the middle whose width / height is `ratio`, in whole pixels. */
function middle(image: GreyImage, ratio: number): GreyImage {
  const width = Math.max(1, Math.min(image.width, Math.round(image.height * ratio)));
  const height = Math.max(1, Math.min(image.height, Math.round(image.width / ratio)));
  return placed(
    image,
    width,
    height,
    -Math.floor((image.width - width) / 2),
    -Math.floor((image.height - height) / 2),
  );
}

/** The image in the middle of the smallest frame whose width / height is `ratio`. */
function surrounded(image: GreyImage, ratio: number): GreyImage {
  const width = Math.max(image.width, Math.round(image.height * ratio));
  const height = Math.max(image.height, Math.round(image.width / ratio));
  checkSides(width, height, 'imageModality:');
  return placed(
    image,
    width,
    height,
    Math.floor((width - image.width) / 2),
    Math.floor((height - image.height) / 2),
  );
}

/** The image laid on a ground of its mean brightness with its upper left corner at (left, top). */
function placed(image: GreyImage, width: number, height: number, left: number, top: number): GreyImage {
  const mean = image.values.reduce((sum, value) => sum + value, 0) / image.values.length;
  const values = new Float32Array(width * height).fill(mean);
  for (let y = Math.max(0, top); y < Math.min(height, top + image.height); y++) {
    const from = (y - top) * image.width;
    const [begin, end] = [Math.max(0, left), Math.min(width, left + image.width)];
    values.set(image.values.subarray(from + begin - left, from + end - left), y * width + begin);
  }
  return { width, height, values };
}

function standardised(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const scale = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  return values.map((value) => (value - mean) * scale);
}
