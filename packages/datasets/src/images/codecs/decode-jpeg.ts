import { decode } from 'jpeg-js';
import { cutShort, decoderFailure } from '../image-failure';
import { jpegHeader } from './jpeg-header';
import type { Pixels } from './to-grey';

/** Coefficients (4 bytes), lines and colours of a pixel and channel: what jpeg-js counts, rounded up. */
const BYTES_PER_SAMPLE = 8;
const SPARE_MEGABYTES = 16;

/**
 * Pixels of a JPEG as colours. A file that ends before its last row is refused rather than filled up with grey.
 *
 * @throws FormatError `DATA_TRUNCATED`, `DATA_CORRUPT`, `DATA_UNSUPPORTED`
 */
export function decodeJpeg(bytes: Uint8Array, file: string): Pixels {
  const { header, frameAt } = jpegHeader(bytes, file);
  if (!endsAfter(bytes, frameAt)) throw cutShort(file, 'JPEG', 'no end-of-image marker');
  // Blocks are whole and up to 4 × 4 of them are coded together: sides are rounded up to 32 pixels.
  const samples = roundedUp(header.width) * roundedUp(header.height) * (header.channels + 4);
  try {
    const { width, height, data } = decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: (header.width * header.height) / 1e6 + 1,
      maxMemoryUsageInMB: (samples * BYTES_PER_SAMPLE) / 2 ** 20 + SPARE_MEGABYTES,
    });
    return { width, height, data, channels: 3, white: 255 };
  } catch (error) {
    throw decoderFailure(error, file, 'JPEG');
  }
}

function roundedUp(side: number): number {
  return 32 * Math.ceil(side / 32);
}

/** Whether an end-of-image marker FF D9 follows the frame header; thumbnails before it have one of their own. */
function endsAfter(bytes: Uint8Array, frameAt: number): boolean {
  for (let at = bytes.lastIndexOf(0xd9); at > frameAt; at = bytes.lastIndexOf(0xd9, at - 1)) {
    if (bytes[at - 1] === 0xff) return true;
  }
  return false;
}
