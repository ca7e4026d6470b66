import { DataError } from '../data-error';
import { checkImage, type GreyImage } from './grey-image';

/** Source pixels under one target pixel along one axis, with the share of the target that each covers. */
interface Cover {
  readonly first: number;
  readonly shares: readonly number[];
}

/** Largest side: an axis of that many pixels is no image. */
const MAX_SIDE = 65_536;

/**
 * Area average: each new pixel is the mean of what lies under it, parts of pixels counted by their area.
 *
 * Keeps the mean brightness; halving an even size is the mean of 2 × 2 pixels; enlarging repeats pixels.
 *
 * @param where names the image in errors
 * @throws DataError `DATA_INVALID`
 * @example
 * ```ts
 * resizeImage(image, 96, 96, 'steel.png');
 * ```
 */
export function resizeImage(image: GreyImage, width: number, height: number, where: string): GreyImage {
  checkImage(image, where);
  checkSides(width, height, where);
  const columns = covers(image.width, width);
  const rows = covers(image.height, height);
  const narrow = new Float64Array(width * image.height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      const { first, shares } = columns[x]!;
      let sum = 0;
      for (let k = 0; k < shares.length; k++) sum += shares[k]! * image.values[y * image.width + first + k]!;
      narrow[y * width + x] = sum;
    }
  }
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const { first, shares } = rows[y]!;
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < shares.length; k++) sum += shares[k]! * narrow[(first + k) * width + x]!;
      values[y * width + x] = sum;
    }
  }
  return { width, height, values };
}

/** Throws unless both sides are whole numbers of 1 to 65,536. */
export function checkSides(width: number, height: number, where: string): void {
  const fits = [width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= MAX_SIDE);
  if (fits) return;
  throw new DataError(
    'DATA_INVALID',
    where,
    `width and height from 1 to ${MAX_SIDE} expected, got ${width} × ${height}. Choose another size.`,
  );
}

function covers(from: number, to: number): Cover[] {
  return Array.from({ length: to }, (_, target) => {
    const [begin, end] = [(target * from) / to, ((target + 1) * from) / to];
    const first = Math.floor(begin);
    // An end that rounding put a hair beyond a whole number must not reach into the next pixel.
    const last = Math.min(from, Math.max(first + 1, Math.ceil(end - 1e-9)));
    const lengths = Array.from({ length: last - first }, (_, k) => {
      return Math.max(0, Math.min(end, first + k + 1) - Math.max(begin, first + k));
    });
    const total = lengths.reduce((sum, length) => sum + length, 0);
    return { first, shares: lengths.map((length) => length / total) };
  });
}
