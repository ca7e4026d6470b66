import { DataError } from '../data-error';

/** A grey image, row by row from the top. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  /** [height, width] brightness, 0 black to 1 white. */
  readonly values: Float32Array;
}

/**
 * Throws unless both sides are whole numbers from 1 and there is a finite value for each pixel.
 *
 * @param where names the image in errors
 * @throws DataError `DATA_INVALID`
 */
export function checkImage({ width, height, values }: GreyImage, where: string): void {
  const fits = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (!fits || values.length !== width * height) {
    throw invalid(
      where,
      `width × height values expected, got ${width} × ${height} with ${values.length}. Check how it was made.`,
    );
  }
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) {
    throw invalid(
      where,
      `finite values expected, got ${values[at]} in pixel ${at}. Repair or leave out the image.`,
    );
  }
}

function invalid(where: string, message: string): DataError {
  return new DataError('DATA_INVALID', where, message);
}
