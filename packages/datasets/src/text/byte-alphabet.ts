/** Bytes that stand for themselves in a byte-level vocabulary: the printable ones of Latin-1. */
function isPrintable(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
}

/**
 * The 256 characters that stand for bytes in byte-level tokenizers (GPT-2's table: printable bytes as they are, the others as
 * U+0100 and on in order), sorted by code point as Hugging Face's trainer numbers them.
 */
export const BYTE_ALPHABET: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte)
  .map((byte) => {
    if (isPrintable(byte)) return byte;
    return (
      0x100 + Array.from({ length: byte }, (_, earlier) => earlier).filter((b) => !isPrintable(b)).length
    );
  })
  .sort((a, b) => a - b)
  .map((codePoint) => String.fromCharCode(codePoint));
