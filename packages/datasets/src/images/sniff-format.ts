import { imageFailure } from './image-failure';
import type { ImageFormat } from './image-header';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const BEGINNINGS: readonly (readonly [format: ImageFormat, bytes: readonly number[]])[] = [
  ['png', PNG],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['tiff', [0x49, 0x49, 42, 0]],
  ['tiff', [0x4d, 0x4d, 0, 42]],
];
/** What is often found under the name of an image. */
const IMPOSTORS: readonly (readonly [name: string, beginning: RegExp])[] = [
  ['an HTML page', /^\s*<(!doctype|html|head|body)/i],
  ['an SVG or XML file', /^\s*<(\?xml|svg)/i],
  ['a GIF image', /^GIF8/],
  ['a BMP image', /^BM/],
  ['a WebP image', /^RIFF....WEBP/s],
  ['a BigTIFF image', /^(II\+\0|MM\0\+)/],
  ['a PDF document', /^%PDF/],
  ['a zip archive', /^PK/],
  ['a Git LFS pointer', /^version https:\/\/git-lfs/],
];

/**
 * The format that the first bytes say, whatever the name of the file.
 *
 * @throws FormatError `DATA_TRUNCATED` (0 bytes), `DATA_UNSUPPORTED` (anything else, named where known)
 */
export function sniffFormat(bytes: Uint8Array, file: string): ImageFormat {
  const remedy = 'Save it as PNG, JPEG or TIFF, or leave it out.';
  if (bytes.length === 0) {
    throw imageFailure(
      'DATA_TRUNCATED',
      file,
      'a PNG, JPEG or TIFF image expected',
      '0 bytes',
      'Download or export it again.',
    );
  }
  const found = BEGINNINGS.find(([, beginning]) => beginning.every((byte, i) => bytes[i] === byte));
  if (found !== undefined) return found[0];
  const beginning = new TextDecoder('latin1').decode(bytes.subarray(0, 64));
  const impostor = IMPOSTORS.find(([, pattern]) => pattern.test(beginning))?.[0];
  const cut = BEGINNINGS.some(
    ([, start]) => bytes.length < start.length && bytes.every((b, i) => b === start[i]),
  );
  const first = Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw imageFailure(
    cut ? 'DATA_TRUNCATED' : 'DATA_UNSUPPORTED',
    file,
    'a PNG, JPEG or TIFF image expected',
    impostor ?? `bytes ${first}`,
    remedy,
  );
}
