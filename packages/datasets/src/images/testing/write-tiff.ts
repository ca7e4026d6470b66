/** One page for {@link writeTiff}. */
export interface TiffPage {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly samples?: number;
  readonly photometric: number;
  readonly compression?: number;
  /** Pixels as stored, one strip. */
  readonly strip: Uint8Array;
  /** Further or other entries: tag to values (written as LONG). */
  readonly tags?: Readonly<Record<number, readonly number[]>>;
}

/** The bytes of a TIFF 6.0 file, for tests. */
export function writeTiff(pages: readonly TiffPage[], littleEndian = true): Uint8Array {
  const bytes: number[] = littleEndian ? [0x49, 0x49, 42, 0] : [0x4d, 0x4d, 0, 42];
  const long = (value: number): number[] => {
    const of = [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >>> 24) & 255];
    return littleEndian ? of : of.reverse();
  };
  const short = (value: number): number[] => {
    const of = [value & 255, (value >> 8) & 255];
    return littleEndian ? of : of.reverse();
  };
  let link = bytes.length;
  bytes.push(0, 0, 0, 0);
  for (const { width, height, bits, samples = 1, photometric, compression = 1, strip, tags = {} } of pages) {
    const stripAt = bytes.length;
    for (const byte of strip) bytes.push(byte);
    const entries: Record<number, readonly number[]> = {
      256: [width],
      257: [height],
      258: Array.from({ length: samples }, () => bits),
      259: [compression],
      262: [photometric],
      273: [stripAt],
      277: [samples],
      278: [height],
      279: [strip.length],
      ...tags,
    };
    const written = Object.entries(entries).map(([tag, values]) => {
      const at = bytes.length;
      if (values.length > 1) for (const value of values) bytes.push(...long(value));
      return [
        ...short(Number(tag)),
        ...short(4),
        ...long(values.length),
        ...long(values.length > 1 ? at : values[0]!),
      ];
    });
    long(bytes.length).forEach((byte, i) => {
      bytes[link + i] = byte;
    });
    bytes.push(...short(written.length), ...written.flat());
    link = bytes.length;
    bytes.push(0, 0, 0, 0);
  }
  return Uint8Array.from(bytes);
}
