import { excerpt, FormatError } from '../formats/format-error';

/** Bytes of a text that is read whole; 16 MiB by default. */
const MAX_TEXT_BYTES = 16 * 2 ** 20;

/**
 * Text of UTF-8 bytes, byte order mark removed; unlike a structure file, where stray bytes stand in names of authors, a text that is
 * learned from must be valid.
 *
 * @param file names the bytes in errors
 * @throws FormatError `DATA_CORRUPT` for bytes that are not UTF-8 (with the place of the first), `DATA_INVALID` for a text of
 * nothing but spaces, `DATA_TOO_LARGE`
 * @example
 * ```ts no-run
 * textFromBytes(await readFile('recipe.txt'), 'recipe.txt');
 * ```
 */
export function textFromBytes(bytes: Uint8Array, file: string, maxBytes: number = MAX_TEXT_BYTES): string {
  if (bytes.length > maxBytes) {
    throw new FormatError(
      'DATA_TOO_LARGE',
      { file },
      {
        expected: `a text of at most ${maxBytes} bytes expected`,
        got: `${bytes.length}`,
        remedy: 'Split it, or raise maxBytes if it is trusted.',
      },
    );
  }
  const text = decode(bytes, file);
  if (text.trim() === '') {
    throw new FormatError(
      'DATA_INVALID',
      { file },
      { expected: 'a text expected', got: excerpt(text), remedy: 'Leave out materials without a text.' },
    );
  }
  return text;
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    const at = firstInvalidByte(bytes);
    throw new FormatError(
      'DATA_CORRUPT',
      { file },
      {
        expected: 'UTF-8 text expected',
        got: `byte 0x${bytes[at]!.toString(16).padStart(2, '0')} at ${at}`,
        remedy: 'Convert the file to UTF-8 (iconv -f latin1 -t utf-8).',
      },
      { cause },
    );
  }
}

/** Where decoding first differs: valid text comes back as the same bytes. */
function firstInvalidByte(bytes: Uint8Array): number {
  const back = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  let at = 0;
  while (at < bytes.length - 1 && bytes[at] === back[at]) at++;
  return at;
}
