import { FormatError } from '../../formats/format-error';

/** One file of a zip archive, as its central directory says. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: 0 | 8;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly crc32: number;
  /** Of the local header in the file. */
  readonly offset: number;
}

/** Bounds on an untrusted archive. */
export interface ZipLimits {
  /** Files in it; 100,000 by default. */
  readonly maxEntries?: number;
  /** Bytes of all files after unpacking; 4 GiB by default. */
  readonly maxTotalBytes?: number;
}

/** The error for an archive. */
export function zipError(
  code: FormatError['code'],
  file: string,
  expected: string,
  got: string,
): FormatError {
  const remedy =
    code === 'DATA_TOO_LARGE'
      ? 'Unpack it by hand if it is trusted.'
      : 'Download or write the archive again.';
  return new FormatError(code, { file }, { expected, got, remedy });
}

/**
 * Entries of a central directory.
 *
 * @param directory its bytes
 * @param count of entries that the end record announces
 * @throws FormatError for names that lead out of a folder, encrypted entries, unknown methods, entries that overlap
 */
export function zipEntries(directory: Buffer, count: number, file: string, limits: ZipLimits): ZipEntry[] {
  const { maxEntries = 100_000, maxTotalBytes = 4 * 2 ** 30 } = limits;
  if (count > maxEntries) {
    throw zipError('DATA_TOO_LARGE', file, `an archive of at most ${maxEntries} files expected`, `${count}`);
  }
  const entries: ZipEntry[] = [];
  let [at, total] = [0, 0];
  while (entries.length < count) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) {
      throw zipError(
        'DATA_CORRUPT',
        file,
        `${count} entries of a zip directory expected`,
        `${entries.length}`,
      );
    }
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((k) =>
      directory.readUInt16LE(at + k),
    ) as [number, number, number];
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > directory.length)
      throw zipError('DATA_TRUNCATED', file, 'a whole zip directory expected', 'an early end');
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength);
    checkName(name, file);
    const method = directory.readUInt16LE(at + 10);
    if ((directory.readUInt16LE(at + 8) & 1) !== 0)
      throw zipError('DATA_UNSUPPORTED', file, `plain data in ${name} expected`, 'encryption');
    if (method !== 0 && method !== 8) {
      throw zipError('DATA_UNSUPPORTED', file, `${name} stored or deflated expected`, `method ${method}`);
    }
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    const [bytes, compressedBytes, offset] = wideSizes(
      [24, 20, 42].map((k) => directory.readUInt32LE(at + k)),
      extra,
      file,
    ) as [number, number, number];
    total += bytes;
    if (total > maxTotalBytes) {
      throw zipError(
        'DATA_TOO_LARGE',
        file,
        `at most ${maxTotalBytes} bytes after unpacking expected`,
        'more',
      );
    }
    entries.push({ name, method, compressedBytes, bytes, crc32: directory.readUInt32LE(at + 16), offset });
    at = next;
  }
  refuseOverlap(entries, file);
  return entries;
}

/** Size, packed size and offset; those that do not fit 32 bits stand in the extra field 1, in this order. */
function wideSizes(narrow: readonly number[], extra: Buffer, file: string): number[] {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  let cursor = at + 4;
  return narrow.map((value) => {
    if (value !== 0xffffffff) return value;
    if (cursor + 8 > extra.length) throw zipError('DATA_CORRUPT', file, 'a zip64 size expected', 'none');
    const wide = extra.readBigUInt64LE(cursor);
    cursor += 8;
    if (wide > 2n ** 53n - 1n) throw zipError('DATA_CORRUPT', file, 'a size below 2^53 expected', `${wide}`);
    return Number(wide);
  });
}

function checkName(name: string, file: string): void {
  const parts = name.split('/');
  const leaves =
    name.startsWith('/') || /^[A-Za-z]:/.test(name) || /[\\\0]/.test(name) || parts.includes('..');
  if (leaves || name === '') {
    const got = JSON.stringify(name.slice(0, 80));
    throw zipError('DATA_INVALID', file, 'relative names without ".." expected', got);
  }
}

/** Overlapping entries make small archives of huge contents. */
function refuseOverlap(entries: readonly ZipEntry[], file: string): void {
  let end = 0;
  for (const { name, offset, compressedBytes } of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (offset < end)
      throw zipError('DATA_CORRUPT', file, 'files side by side expected', `${name} inside of another`);
    end = offset + 30 + compressedBytes;
  }
}
