import { convertIndexedToRgb, decode } from 'fast-png';
import { cutShort, decoderFailure, imageFailure } from '../image-failure';
import { inflatedBytes } from './inflated-bytes';
import { pngChunks, pngDataBytes } from './png-chunks';
import type { Pixels } from './to-grey';

/** Rows that some programs write too many are let pass up to this; more is a bomb. */
const SPARE_BYTES = 2 ** 16;

/**
 * Pixels of a PNG. The packed rows are counted first and must be as many as the header says, so memory is bounded by the size of the
 * image; checksums are checked.
 *
 * @throws FormatError `DATA_TRUNCATED`, `DATA_CORRUPT`, `DATA_UNSUPPORTED`, `DATA_TOO_LARGE` (more data than pixels)
 */
export async function decodePng(bytes: Uint8Array, file: string): Promise<Pixels> {
  const { header, interlaced, palette, data, essential } = pngChunks(bytes, file);
  if (interlaced && header.bitsPerChannel < 8) {
    throw imageFailure(
      'DATA_UNSUPPORTED',
      file,
      'an interlaced PNG of 8 or 16 bits expected',
      `${header.bitsPerChannel} bits`,
      'Save it without interlacing.',
    );
  }
  const wanted = pngDataBytes(header, interlaced);
  const { bytes: got, failure } = await inflatedBytes(data, wanted + SPARE_BYTES);
  if (got > wanted + SPARE_BYTES) {
    throw imageFailure(
      'DATA_TOO_LARGE',
      file,
      `${wanted} bytes of pixels expected from the header`,
      'more',
      'This is not an image of that size.',
    );
  }
  if (got < wanted && !/incorrect|invalid|checksum/i.test(failure ?? '')) {
    throw cutShort(file, 'PNG', `${got} of ${wanted} bytes of pixels`);
  }
  if (failure !== undefined) throw decoderFailure(new Error(failure), file, 'PNG');
  try {
    const png = decode(essential, { checkCrc: true });
    const { width, height, depth } = png;
    if (palette) {
      return { width, height, data: convertIndexedToRgb(png), channels: png.palette![0]!.length, white: 255 };
    }
    const white = 2 ** depth - 1;
    const pixels = depth < 8 ? unpacked(png.data, width, height, depth) : png.data;
    return keyed({ width, height, data: pixels, channels: png.channels, white }, png.transparency);
  } catch (error) {
    throw decoderFailure(error, file, 'PNG');
  }
}

/** One number a pixel from 1, 2 or 4 bits, rows beginning at whole bytes. */
function unpacked(data: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8);
  const mask = 2 ** depth - 1;
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const bit = (pixel % width) * depth;
    const byte = data[Math.floor(pixel / width) * rowBytes + (bit >> 3)]!;
    return (byte >> (8 - depth - (bit & 7))) & mask;
  });
}

/** tRNS of grey and colour images names one colour that is transparent: it becomes an alpha channel. */
function keyed(pixels: Pixels, key: Uint16Array | undefined): Pixels {
  const { data, channels, white } = pixels;
  if (key === undefined || key.length < channels || channels === 2 || channels === 4) return pixels;
  const count = pixels.width * pixels.height;
  const withAlpha = new Uint16Array(count * (channels + 1));
  for (let pixel = 0; pixel < count; pixel++) {
    let matches = true;
    for (let channel = 0; channel < channels; channel++) {
      const value = data[pixel * channels + channel]!;
      withAlpha[pixel * (channels + 1) + channel] = value;
      matches &&= value === key[channel];
    }
    withAlpha[pixel * (channels + 1) + channels] = matches ? 0 : white;
  }
  return { ...pixels, data: withAlpha, channels: channels + 1 };
}
