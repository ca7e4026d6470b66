const CLEAR = 256;
const END = 257;
const FIRST_FREE = 258;

/**
 * How many bytes TIFF's LZW data (most significant bit first) unpack to, counted by lengths alone up to `limit`: a bomb is known
 * before anything is unpacked.
 */
export function lzwBytes(packed: Uint8Array, limit: number): number {
  const lengths = new Uint32Array(4096).fill(1, 0, 256);
  let [used, width, previous, total] = [FIRST_FREE, 9, 0, 0];
  let [bits, held, at] = [0, 0, 0];
  while (total <= limit) {
    while (held < width && at < packed.length) {
      bits = ((bits << 8) | packed[at++]!) & 0xffffff;
      held += 8;
    }
    if (held < width) break;
    const code = (bits >> (held - width)) & (2 ** width - 1);
    held -= width;
    if (code === END) break;
    if (code === CLEAR) {
      [used, width, previous] = [FIRST_FREE, 9, 0];
      continue;
    }
    const length = code < used ? lengths[code]! : previous + 1;
    total += length;
    if (previous > 0 && used < lengths.length) {
      lengths[used++] = previous + 1;
      // The width grows one code early: a peculiarity of TIFF.
      if (used === 2 ** width - 1 && width < 12) width++;
    }
    previous = length;
  }
  return total;
}
