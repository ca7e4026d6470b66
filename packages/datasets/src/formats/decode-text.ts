import { FormatError } from './format-error';

/** Bytes of a text file that is read whole, 64 MiB: a CIF or POSCAR of 100,000 sites has 10. */
export const MAX_TEXT_BYTES: number = 64 * 2 ** 20;

/**
 * Text of an untrusted file: UTF-8 (UTF-16 where a byte order mark says so), mark removed.
 *
 * Bytes that are not UTF-8, as in old Latin-1 files, become U+FFFD: they stand in names of authors, not in numbers.
 *
 * @throws FormatError `DATA_TOO_LARGE`, `DATA_CORRUPT` where it holds NUL, which no text does
 */
export function decodeText(
  source: string | Uint8Array,
  file: string,
  maxBytes: number = MAX_TEXT_BYTES,
): string {
  if (source.length > maxBytes) {
    throw new FormatError(
      'DATA_TOO_LARGE',
      { file },
      {
        expected: `a text file of at most ${maxBytes} bytes expected`,
        got: `${source.length}`,
        remedy: 'Remove what is not needed, or raise maxBytes if the file is trusted.',
      },
    );
  }
  const text = typeof source === 'string' ? source : new TextDecoder(encodingOf(source)).decode(source);
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    throw new FormatError(
      'DATA_CORRUPT',
      { file },
      {
        expected: 'a text file expected',
        got: `a NUL character at position ${nul}`,
        remedy: 'This is a binary or damaged file: export it again as text.',
      },
    );
  }
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
