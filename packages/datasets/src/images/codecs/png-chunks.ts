import { cutShort, imageFailure } from '../image-failure';
import type { ImageHeader } from '../image-header';

/** A PNG taken apart. */
export interface PngChunks {
  readonly header: ImageHeader;
  readonly interlaced: boolean;
  readonly palette: boolean;
  /** Compressed pixels. */
  readonly data: readonly Uint8Array[];
  /** Signature, header, palette, transparency, pixels and end with their checksums; profiles, texts and animation left out. */
  readonly essential: Uint8Array;
}

const SIGNATURE_BYTES = 8;
const ESSENTIAL = ['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'];
/** Channels by colour type: grey, colour, palette, grey and alpha, colour and alpha. */
const CHANNELS = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);
const DEPTHS = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

/**
 * The header of a PNG from its first 33 bytes.
 *
 * @throws FormatError `DATA_TRUNCATED`, `DATA_CORRUPT` (no IHDR, a size of 0), `DATA_UNSUPPORTED` (a colour type or depth that PNG
 * does not have)
 */
export function pngHeader(bytes: Uint8Array, file: string): { header: ImageHeader; colourType: number } {
  if (bytes.length < 33) throw cutShort(file, 'PNG', `${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (chunkType(bytes, 8) !== 'IHDR' || view.getUint32(8) !== 13) {
    throw imageFailure(
      'DATA_CORRUPT',
      file,
      'a PNG that begins with IHDR expected',
      chunkType(bytes, 8),
      'Export it again.',
    );
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colourType] = [bytes[24]!, bytes[25]!];
  if (width === 0 || height === 0) {
    throw imageFailure(
      'DATA_CORRUPT',
      file,
      'a PNG of at least one pixel expected',
      `${width} × ${height}`,
      'Export it again.',
    );
  }
  if (!DEPTHS.get(colourType)?.includes(depth)) {
    throw imageFailure(
      'DATA_UNSUPPORTED',
      file,
      'a PNG of colour type 0, 2, 3, 4 or 6 with a bit depth of it expected',
      `colour type ${colourType} with ${depth} bits`,
      'Export it again as 8 or 16 bit grey.',
    );
  }
  return {
    colourType,
    header: {
      format: 'png',
      width,
      height,
      channels: CHANNELS.get(colourType)!,
      bitsPerChannel: depth,
      pages: 1,
    },
  };
}

/**
 * Walks over the chunks of a PNG without decoding any.
 *
 * @throws FormatError as {@link pngHeader}, and where a chunk runs over the end or pixels are missing
 */
export function pngChunks(bytes: Uint8Array, file: string): PngChunks {
  const { header, colourType } = pngHeader(bytes, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, SIGNATURE_BYTES)];
  const data: Uint8Array[] = [];
  const seen = new Set<string>();
  for (let at = SIGNATURE_BYTES; !seen.has('IEND'); ) {
    const length = at + 8 <= bytes.length ? view.getUint32(at) : Number.POSITIVE_INFINITY;
    const end = at + 12 + length;
    if (end > bytes.length) throw cutShort(file, 'PNG', `an end after ${bytes.length} bytes`);
    const type = chunkType(bytes, at);
    if (ESSENTIAL.includes(type)) parts.push(bytes.subarray(at, end));
    if (type === 'IDAT') data.push(bytes.subarray(at + 8, end - 4));
    seen.add(type);
    at = end;
  }
  const missing = (colourType === 3 ? ['PLTE', 'IDAT'] : ['IDAT']).find((type) => !seen.has(type));
  if (missing !== undefined) {
    throw imageFailure(
      'DATA_CORRUPT',
      file,
      `a PNG with ${missing} expected`,
      'none',
      'Export the image again.',
    );
  }
  return {
    header,
    interlaced: bytes[28] === 1,
    palette: colourType === 3,
    data,
    essential: joined(parts),
  };
}

/** Bytes of all rows of a PNG before compression, one filter byte a row; seven reduced images where interlaced (Adam7). */
export function pngDataBytes(
  { width, height, channels, bitsPerChannel }: ImageHeader,
  interlaced: boolean,
): number {
  const bytes = (columns: number, rows: number): number =>
    columns === 0 ? 0 : rows * (1 + Math.ceil((columns * channels * bitsPerChannel) / 8));
  if (!interlaced) return bytes(width, height);
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  return passes.reduce(
    (sum, [x, y, dx, dy]) =>
      sum + bytes(Math.max(0, Math.ceil((width - x) / dx)), Math.max(0, Math.ceil((height - y) / dy))),
    0,
  );
}

function chunkType(bytes: Uint8Array, at: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(at + 4, at + 8));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
