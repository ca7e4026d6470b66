import { cutShort, imageFailure } from '../image-failure';
import type { ImageHeader } from '../image-header';

/** Start-of-frame markers C0 to CF but those of tables (C4, CC) and extensions (C8). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Markers without a length: fill, restarts, start of image. */
function isBare(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

/**
 * Size of a JPEG from its frame header, before any pixel is decoded.
 *
 * @throws FormatError `DATA_TRUNCATED`, `DATA_CORRUPT`, `DATA_UNSUPPORTED` (arithmetic coding, lossless, 12 bits, a number of
 * components other than 1, 3, 4)
 */
export function jpegHeader(bytes: Uint8Array, file: string): { header: ImageHeader; frameAt: number } {
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) {
      throw imageFailure(
        'DATA_CORRUPT',
        file,
        `a JPEG marker at byte ${at} expected`,
        `0x${bytes[at]!.toString(16)}`,
        'Export the image again.',
      );
    }
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    if (isFrame(marker)) return { header: frameHeader(bytes.subarray(at), marker, file), frameAt: at };
    if (marker === 0xda || marker === 0xd9) break;
    const length = bytes[at + 2]! * 256 + bytes[at + 3]!;
    at += 2 + Math.max(2, length);
  }
  throw cutShort(file, 'JPEG', 'no frame header');
}

/** `segment` begins at its marker: marker 2, length 2, precision 1, height 2, width 2, components 1 and 3 each. */
function frameHeader(segment: Uint8Array, marker: number, file: string): ImageHeader {
  const channels = segment[9];
  if (channels === undefined || segment.length < 10 + 3 * channels) {
    throw cutShort(file, 'JPEG', 'half a frame header');
  }
  const [height, width] = [segment[5]! * 256 + segment[6]!, segment[7]! * 256 + segment[8]!];
  const bitsPerChannel = segment[4]!;
  if (marker > 0xc2 || bitsPerChannel !== 8 || ![1, 3, 4].includes(channels)) {
    throw imageFailure(
      'DATA_UNSUPPORTED',
      file,
      'a baseline or progressive JPEG of 8 bits with 1, 3 or 4 components expected',
      `frame type ${marker.toString(16)}, ${bitsPerChannel} bits, ${channels} components`,
      'Save it as PNG.',
    );
  }
  if (width === 0 || height === 0) {
    throw imageFailure(
      'DATA_CORRUPT',
      file,
      'a JPEG of at least one pixel expected',
      `${width} × ${height}`,
      'Export it again.',
    );
  }
  return { format: 'jpeg', width, height, channels, bitsPerChannel, pages: 1 };
}
