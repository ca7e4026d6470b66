import { decode } from 'tiff';
import { cutShort, decoderFailure, imageFailure } from '../image-failure';
import { inflatedBytes } from './inflated-bytes';
import { lzwBytes } from './lzw-bytes';
import { TIFF_TAG, type TiffDirectory, type TiffFile } from './tiff-directory';
import { type TiffLayout, tiffLayout } from './tiff-layout';
import type { Pixels } from './to-grey';

/** What encoders may write beyond a strip. */
const SPARE_BYTES = 2 ** 16;
/** Tags the decoder needs; alpha is dealt with here, the rest (names, dates, thumbnails, private data) is left out. */
const ESSENTIAL = new Set<number>(Object.values(TIFF_TAG).filter((tag) => tag !== TIFF_TAG.extraSamples));

/**
 * Pixels of one page of a TIFF: 1, 8 and 16 bits, floats (stretched from the least to the largest value, since they have no white).
 * Every strip or tile is counted before it is unpacked, so memory is bounded by the size of the image.
 *
 * @throws FormatError `DATA_TRUNCATED`, `DATA_CORRUPT`, `DATA_UNSUPPORTED`, `DATA_TOO_LARGE`
 */
export async function decodeTiff(
  bytes: Uint8Array,
  tiff: TiffFile,
  page: TiffDirectory,
  file: string,
): Promise<Pixels> {
  const layout = tiffLayout(tiff, page, file);
  await checkBlocks(bytes, layout, file);
  try {
    const [image] = decode(onlyPage(bytes, tiff, page), { pages: [0] });
    if (layout.sampleFormat === 3) return stretched(selected(image!.data, layout), file);
    if (layout.photometric === 3) return coloured(image!.data, layout, image!.palette!);
    return selected(image!.data, layout);
  } catch (error) {
    throw decoderFailure(error, file, 'TIFF');
  }
}

async function checkBlocks(
  bytes: Uint8Array,
  { blocks, compression }: TiffLayout,
  file: string,
): Promise<void> {
  for (const { at, packed, unpacked } of blocks) {
    const block = bytes.subarray(at, at + packed);
    const limit = unpacked + SPARE_BYTES;
    const got =
      compression === 1
        ? Math.min(packed, unpacked)
        : compression === 5
          ? lzwBytes(block, limit)
          : (await inflatedBytes([block], limit)).bytes;
    if (got > limit) {
      throw imageFailure(
        'DATA_TOO_LARGE',
        file,
        `a strip of ${unpacked} bytes expected`,
        'more',
        'This is not an image of that size.',
      );
    }
    if (got < unpacked) throw cutShort(file, 'TIFF', `${got} of ${unpacked} bytes of a strip`);
  }
}

/** The file with one page that has the essential tags only: its entries copied behind the end, the first page pointing there. */
function onlyPage(bytes: Uint8Array, { littleEndian }: TiffFile, { entries }: TiffDirectory): Uint8Array {
  const kept = [...entries].filter(([tag]) => ESSENTIAL.has(tag)).sort(([a], [b]) => a - b);
  const start = bytes.length + (bytes.length % 2);
  const result = new Uint8Array(start + 2 + 12 * kept.length + 4);
  const view = new DataView(result.buffer);
  result.set(bytes);
  view.setUint32(4, start, littleEndian);
  view.setUint16(start, kept.length, littleEndian);
  for (const [i, [, entry]] of kept.entries()) {
    result.set(bytes.subarray(entry, entry + 12), start + 2 + 12 * i);
  }
  return result;
}

/** Brightness or colours and alpha of all samples. */
function selected(data: ArrayLike<number>, layout: TiffLayout): Pixels {
  const { width, height, samples, bits, photometric, alpha } = layout;
  const base = photometric === 2 ? 3 : 1;
  const channels = base + (alpha !== null && samples > base ? 1 : 0);
  const pixels = {
    width,
    height,
    channels,
    white: 2 ** bits - 1,
    premultiplied: alpha === 1,
  };
  if (channels === samples) return { ...pixels, data };
  const kept = new Float64Array(width * height * channels);
  for (let i = 0; i < kept.length; i++) {
    kept[i] = data[Math.floor(i / channels) * samples + (i % channels)]!;
  }
  return { ...pixels, data: kept };
}

function coloured(
  data: ArrayLike<number>,
  { width, height, samples }: TiffLayout,
  palette: readonly (readonly number[])[],
): Pixels {
  const colours = new Uint16Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    colours.set(palette[data[pixel * samples]!]!, 3 * pixel);
  }
  return { width, height, data: colours, channels: 3, white: 65_535 };
}

/** Floats from least to largest as 0 to 1; a constant image is 0. */
function stretched(pixels: Pixels, file: string): Pixels {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < pixels.data.length; i++) {
    const value = pixels.data[i]!;
    if (!Number.isFinite(value)) {
      throw imageFailure(
        'DATA_INVALID',
        file,
        'finite samples expected',
        `${value} in sample ${i}`,
        'Repair or leave out the image.',
      );
    }
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  const range = largest - least || 1;
  return { ...pixels, data: Float64Array.from(pixels.data, (value) => (value - least) / range), white: 1 };
}
