import { imageFailure } from '../image-failure';
import type { ImageHeader } from '../image-header';
import { TIFF_TAG, type TiffDirectory, type TiffFile } from './tiff-directory';

/** How the pixels of one page are stored. */
export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  readonly samples: number;
  readonly bits: number;
  /** 1 unsigned, 3 floating point. */
  readonly sampleFormat: number;
  /** 0 white is zero, 1 black is zero, 2 colours, 3 palette. */
  readonly photometric: number;
  /** 1 none, 5 LZW, 8 or 32946 deflate. */
  readonly compression: number;
  /** What the first sample beyond brightness or colours is: 1 alpha multiplied in, 2 alpha, null something else or none. */
  readonly alpha: 1 | 2 | null;
  /** Strips or tiles: place, packed and unpacked bytes of each. */
  readonly blocks: readonly { readonly at: number; readonly packed: number; readonly unpacked: number }[];
}

/** The header of a page of a TIFF. */
export function tiffHeader(tiff: TiffFile, page: TiffDirectory, file: string): ImageHeader {
  const [width, height] = [tiff.value(page, TIFF_TAG.width), tiff.value(page, TIFF_TAG.height)];
  if (width === 0 || height === 0) {
    throw imageFailure(
      'DATA_CORRUPT',
      file,
      'a TIFF of at least one pixel expected',
      `${width} × ${height}`,
      'Export it again.',
    );
  }
  return {
    format: 'tiff',
    width,
    height,
    channels: tiff.value(page, TIFF_TAG.samplesPerPixel, 1),
    bitsPerChannel: tiff.value(page, TIFF_TAG.bitsPerSample, 1),
    pages: tiff.pages.length,
  };
}

/**
 * The layout of a page.
 *
 * @throws FormatError `DATA_UNSUPPORTED` for what the decoder would read wrongly or not at all (separate planes, tiles of colours, turned
 * images, signed numbers, other depths, colour spaces and compressions), `DATA_CORRUPT` where strips or tiles do not fit the image
 */
export function tiffLayout(tiff: TiffFile, page: TiffDirectory, file: string): TiffLayout {
  const { width, height, channels: samples, bitsPerChannel: bits } = tiffHeader(tiff, page, file);
  const value = (tag: number, otherwise?: number) => tiff.value(page, tag, otherwise);
  const sampleFormat = value(TIFF_TAG.sampleFormat, 1);
  const photometric = value(TIFF_TAG.photometric);
  const compression = value(TIFF_TAG.compression, 1);
  const tiled = page.entries.has(TIFF_TAG.tileWidth);
  const allowed: readonly (readonly [what: string, fits: boolean, got: number | string])[] = [
    ['one plane', value(TIFF_TAG.planar, 1) === 1 || samples === 1, 'separate planes'],
    ['strips, or tiles of one sample', !tiled || samples === 1, `tiles of ${samples} samples`],
    ['upright pixels', value(TIFF_TAG.orientation, 1) === 1, `orientation ${value(TIFF_TAG.orientation, 1)}`],
    ['high bits first', value(TIFF_TAG.fillOrder, 1) === 1, 'low bits first'],
    [
      'unsigned samples of 1, 8 or 16 bits, or floats of 32 or 64',
      (sampleFormat === 1 && [1, 8, 16].includes(bits)) || (sampleFormat === 3 && [32, 64].includes(bits)),
      `${bits} bits of sample format ${sampleFormat}`,
    ],
    [
      'the same bits in every sample',
      sameValues(tiff.values(page, TIFF_TAG.bitsPerSample)),
      'several depths',
    ],
    [
      'grey, RGB or palette',
      photometric <= 3 && (sampleFormat === 1 || photometric === 1 || photometric === 2),
      `colour space ${photometric}`,
    ],
    ['enough samples', samples >= (photometric === 2 ? 3 : 1) && samples <= 16, `${samples} samples`],
    ['no compression, LZW or deflate', [1, 5, 8, 32946].includes(compression), `compression ${compression}`],
    ['no prediction for floats', value(TIFF_TAG.predictor, 1) <= (sampleFormat === 3 ? 1 : 2), 'a predictor'],
  ];
  const refused = allowed.find(([, fits]) => !fits);
  if (refused !== undefined) {
    const [what, , got] = refused;
    throw imageFailure(
      'DATA_UNSUPPORTED',
      file,
      `a TIFF with ${what} expected`,
      String(got),
      'Save it as PNG, or as TIFF without compression.',
    );
  }
  const extra = tiff.values(page, TIFF_TAG.extraSamples)?.[0];
  const shape = { width, height, rowBytes: (columns: number) => Math.ceil((columns * samples * bits) / 8) };
  return {
    width,
    height,
    samples,
    bits,
    sampleFormat,
    photometric,
    compression,
    // Floats have no white, so no share of it either.
    alpha: sampleFormat === 1 && (extra === 1 || extra === 2) ? extra : null,
    blocks: tiled ? tiles(tiff, page, shape, file) : strips(tiff, page, shape, file),
  };
}

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly rowBytes: (columns: number) => number;
}

function sameValues(values: readonly number[] | null): boolean {
  return values === null || values.every((value) => value === values[0]);
}

function strips(
  tiff: TiffFile,
  page: TiffDirectory,
  { width, height, rowBytes }: Shape,
  file: string,
): TiffLayout['blocks'] {
  const rows = Math.min(height, tiff.value(page, TIFF_TAG.rowsPerStrip, height)) || height;
  const count = Math.ceil(height / rows);
  return blocks(
    tiff.values(page, TIFF_TAG.stripOffsets),
    tiff.values(page, TIFF_TAG.stripByteCounts),
    Array.from({ length: count }, (_, i) => Math.min(rows, height - i * rows) * rowBytes(width)),
    tiff.view.byteLength,
    file,
  );
}

function tiles(
  tiff: TiffFile,
  page: TiffDirectory,
  { width, height, rowBytes }: Shape,
  file: string,
): TiffLayout['blocks'] {
  const [across, down] = [tiff.value(page, TIFF_TAG.tileWidth), tiff.value(page, TIFF_TAG.tileHeight)];
  const sensible = across > 0 && down > 0 && across <= width + 4096 && down <= height + 4096;
  const count = sensible ? Math.ceil(width / across) * Math.ceil(height / down) : 0;
  return blocks(
    tiff.values(page, TIFF_TAG.tileOffsets),
    tiff.values(page, TIFF_TAG.tileByteCounts),
    Array.from({ length: count }, () => down * rowBytes(across)),
    tiff.view.byteLength,
    file,
  );
}

function blocks(
  offsets: readonly number[] | null,
  packed: readonly number[] | null,
  unpacked: readonly number[],
  fileBytes: number,
  file: string,
): TiffLayout['blocks'] {
  const count = unpacked.length;
  const complete = count > 0 && offsets?.length === count && packed?.length === count;
  if (!complete || offsets.some((at, i) => at + packed[i]! > fileBytes)) {
    throw imageFailure(
      complete ? 'DATA_TRUNCATED' : 'DATA_CORRUPT',
      file,
      `${count} strips or tiles inside the file expected`,
      complete
        ? `one beyond its ${fileBytes} bytes`
        : `${offsets?.length ?? 0} places, ${packed?.length ?? 0} lengths`,
      'Download or export it again.',
    );
  }
  return unpacked.map((bytes, i) => ({ at: offsets[i]!, packed: packed[i]!, unpacked: bytes }));
}
