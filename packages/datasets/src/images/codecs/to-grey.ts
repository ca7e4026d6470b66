import type { GreyImage } from '../grey-image';

/** Pixels as a decoder gives them, channels interleaved. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
  /** 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha. */
  readonly channels: number;
  /** Value of white. */
  readonly white: number;
  /** Colours are multiplied with alpha already. */
  readonly premultiplied?: boolean;
}

/**
 * Brightness of pixels, 0 to 1: Y' = 0.299 R' + 0.587 G' + 0.114 B' (ITU-R BT.601, on the values as stored), and
 * α Y' + (1 − α) background where there is transparency.
 *
 * @param background brightness behind transparent pixels, 0 to 1
 */
export function toGrey(pixels: Pixels, background: number): GreyImage {
  const { width, height, data, channels, white, premultiplied = false } = pixels;
  const values = new Float32Array(width * height);
  const colour = channels >= 3;
  const transparent = channels === 2 || channels === 4;
  for (let pixel = 0; pixel < values.length; pixel++) {
    const at = pixel * channels;
    const luma = colour ? 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]! : data[at]!;
    const alpha = transparent ? data[at + channels - 1]! / white : 1;
    const covered = premultiplied ? luma / white : (alpha * luma) / white;
    values[pixel] = Math.min(1, covered + (1 - alpha) * background);
  }
  return { width, height, values };
}
