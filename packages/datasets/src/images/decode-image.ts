import { DataError } from '../data-error';
import { decodeJpeg } from './codecs/decode-jpeg';
import { decodePng } from './codecs/decode-png';
import { decodeTiff } from './codecs/decode-tiff';
import { jpegHeader } from './codecs/jpeg-header';
import { pngHeader } from './codecs/png-chunks';
import { TiffFile } from './codecs/tiff-directory';
import { tiffHeader } from './codecs/tiff-layout';
import { type Pixels, toGrey } from './codecs/to-grey';
import type { GreyImage } from './grey-image';
import { imageFailure } from './image-failure';
import type { ImageHeader } from './image-header';
import { sniffFormat } from './sniff-format';

/** Options of {@link decodeImage}. */
export interface DecodeOptions {
  /** Page of a TIFF, from 0; the first by default. */
  readonly page?: number;
  /** Pixels of one image, 64 Mi by default: the header is asked before anything is decoded. */
  readonly maxPixels?: number;
  /** Brightness behind transparent pixels; 1 (white) by default. */
  readonly background?: number;
}

const DEFAULT_MAX_PIXELS = 64 * 2 ** 20;

/**
 * Format, size and depth of a PNG, JPEG or TIFF from its header; nothing is decoded.
 *
 * @param file names the image in errors
 * @throws FormatError `DATA_TRUNCATED` (0 bytes, cut), `DATA_UNSUPPORTED` (other files, HTML under the name of an image),
 * `DATA_CORRUPT`, `DATA_INVALID` (no such page)
 */
export function readImageHeader(bytes: Uint8Array, file: string, page = 0): ImageHeader {
  switch (sniffFormat(bytes, file)) {
    case 'png':
      return pngHeader(bytes, file).header;
    case 'jpeg':
      return jpegHeader(bytes, file).header;
    case 'tiff':
      return tiffPage(bytes, file, page).header;
  }
}

/**
 * The image in a PNG (8, 16 bits and fewer, palette, interlaced), JPEG (baseline, progressive) or TIFF (1, 8, 16 bits, float; strips,
 * tiles of grey; none, LZW, deflate) as brightness 0 to 1: values by white of the depth, colours by ITU-R BT.601, transparent pixels over
 * a background. The format is read from the bytes, not from the name.
 *
 * @param file names the image in errors
 * @throws FormatError `DATA_TRUNCATED`, `DATA_CORRUPT`, `DATA_UNSUPPORTED`, `DATA_TOO_LARGE` (more pixels than `maxPixels`, or more
 * data than pixels), `DATA_INVALID`
 * @example
 * ```ts no-run
 * const { width, height, values } = await decodeImage(await readFile('steel.png'), 'steel.png');
 * ```
 */
export async function decodeImage(
  bytes: Uint8Array,
  file: string,
  options: DecodeOptions = {},
): Promise<GreyImage> {
  const { page = 0, maxPixels = DEFAULT_MAX_PIXELS, background = 1 } = options;
  if (!(background >= 0 && background <= 1)) {
    throw new DataError(
      'DATA_INVALID',
      file,
      `a background from 0 to 1 expected, got ${background}. Choose one.`,
    );
  }
  const { width, height } = readImageHeader(bytes, file, page);
  if (width * height > maxPixels) {
    throw imageFailure(
      'DATA_TOO_LARGE',
      file,
      `an image of at most ${maxPixels} pixels expected`,
      `${width} × ${height}`,
      'Cut it into parts, or raise maxPixels if it is trusted.',
    );
  }
  return toGrey(await decodePixels(bytes, file, page), background);
}

async function decodePixels(bytes: Uint8Array, file: string, page: number): Promise<Pixels> {
  switch (sniffFormat(bytes, file)) {
    case 'png':
      return decodePng(bytes, file);
    case 'jpeg':
      return decodeJpeg(bytes, file);
    case 'tiff': {
      const { tiff, directory } = tiffPage(bytes, file, page);
      return decodeTiff(bytes, tiff, directory, file);
    }
  }
}

function tiffPage(bytes: Uint8Array, file: string, page: number) {
  const tiff = new TiffFile(bytes, file);
  const directory = tiff.pages[page];
  if (directory === undefined) {
    throw imageFailure(
      'DATA_INVALID',
      file,
      `a page from 0 to ${tiff.pages.length - 1} expected`,
      `${page}`,
      'Choose another page.',
    );
  }
  return { tiff, directory, header: tiffHeader(tiff, directory, file) };
}
