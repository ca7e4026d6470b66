import { type FileHandle, open } from 'node:fs/promises';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { diskError } from '../store/disk-error';
import { type ZipEntry, type ZipLimits, zipEntries, zipError } from './zip-entry';

const END_BYTES = 22;
const MAX_COMMENT = 65_535;
const CHUNK_BYTES = 2 ** 18;
/** Bytes of a central directory. */
const MAX_DIRECTORY = 64 * 2 ** 20;

/**
 * A zip archive, read through its central directory; nothing is unpacked to disk. Close it after use.
 *
 * @example
 * ```ts no-run
 * const zip = await ZipFile.open('jdft_3d.json.zip');
 * try { for await (const chunk of zip.stream(zip.entries[0]!)) console.log(chunk.length); } finally { await zip.close(); }
 * ```
 */
export class ZipFile {
  private constructor(
    readonly path: string,
    readonly handle: FileHandle,
    readonly entries: readonly ZipEntry[],
  ) {}

  /**
   * @throws FormatError `DATA_INVALID` (no zip archive, names with `..`), `DATA_CORRUPT`, `DATA_TRUNCATED`, `DATA_TOO_LARGE`,
   * `DATA_UNSUPPORTED`; DataError `DATA_NOT_FOUND`
   */
  static async open(path: string, limits: ZipLimits = {}): Promise<ZipFile> {
    const handle = await open(path, 'r').catch((error: unknown) => {
      throw diskError(error, path);
    });
    try {
      const { size } = await handle.stat();
      const { start, length, count } = await findDirectory(handle, size, path);
      if (length > MAX_DIRECTORY || start + length > size) {
        throw zipError(
          'DATA_CORRUPT',
          path,
          'a zip directory inside of the file expected',
          `${length} bytes at ${start}`,
        );
      }
      const entries = zipEntries(await bytesAt(handle, start, length, path), count, path, limits);
      return new ZipFile(path, handle, entries);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The bytes of a file, checked against its checksum. */
  async read(entry: ZipEntry): Promise<Uint8Array> {
    const packed = await bytesAt(this.handle, await this.#dataStart(entry), entry.compressedBytes, this.path);
    const bytes = entry.method === 0 ? packed : this.#inflated(entry, packed);
    if (bytes.length !== entry.bytes || crc32(bytes) !== entry.crc32) throw this.#damaged(entry);
    return bytes;
  }

  /** The bytes of a file piece by piece; size and checksum are checked at its end. */
  async *stream(entry: ZipEntry): AsyncGenerator<Uint8Array, void, undefined> {
    const start = await this.#dataStart(entry);
    const packed = this.#packedChunks(entry, start);
    const inflate = entry.method === 0 ? undefined : createInflateRaw();
    let [length, sum] = [0, 0];
    try {
      const pumped = inflate && pump(packed, inflate);
      for await (const chunk of (inflate ?? packed) as AsyncIterable<Uint8Array>) {
        length += chunk.length;
        if (length > entry.bytes) throw this.#damaged(entry);
        sum = crc32(chunk, sum);
        yield chunk;
      }
      await pumped;
    } catch (error) {
      throw error instanceof Error && 'code' in error && /^Z_/.test(String(error.code))
        ? this.#damaged(entry)
        : error;
    } finally {
      inflate?.destroy();
    }
    if (length !== entry.bytes || sum !== entry.crc32) throw this.#damaged(entry);
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  async *#packedChunks(entry: ZipEntry, start: number): AsyncGenerator<Buffer, void, undefined> {
    for (let at = 0; at < entry.compressedBytes; at += CHUNK_BYTES) {
      const length = Math.min(CHUNK_BYTES, entry.compressedBytes - at);
      yield await bytesAt(this.handle, start + at, length, this.path);
    }
  }

  #inflated(entry: ZipEntry, packed: Buffer): Buffer {
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.bytes) });
    } catch {
      throw this.#damaged(entry);
    }
  }

  /** The local header repeats the name and has an extra field of its own length. */
  async #dataStart(entry: ZipEntry): Promise<number> {
    const header = await bytesAt(this.handle, entry.offset, 30, this.path);
    if (header.readUInt32LE(0) !== 0x04034b50) throw this.#damaged(entry);
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  }

  #damaged({ name }: ZipEntry): Error {
    return zipError('DATA_CORRUPT', this.path, `${name} as its directory entry says expected`, 'other bytes');
  }
}

async function pump(
  from: AsyncIterable<Buffer>,
  to: NodeJS.WritableStream & { destroyed?: boolean },
): Promise<void> {
  for await (const chunk of from) {
    if (to.destroyed) return;
    if (!to.write(chunk))
      await new Promise<void>((resolve) => to.once('drain', resolve).once('close', resolve));
  }
  to.end();
}

async function bytesAt(handle: FileHandle, position: number, length: number, path: string): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead === length) return buffer;
  throw zipError('DATA_TRUNCATED', path, `${length} bytes at ${position} expected`, `${bytesRead}`);
}

/** The end record stands at the end, before a comment; archives beyond 4 GiB or 65,535 files have a wide one before it. */
async function findDirectory(
  handle: FileHandle,
  size: number,
  path: string,
): Promise<{ start: number; length: number; count: number }> {
  const tailLength = Math.min(size, END_BYTES + MAX_COMMENT);
  const tail = await bytesAt(handle, size - tailLength, tailLength, path);
  let at = tailLength - END_BYTES;
  while (
    at >= 0 &&
    !(tail.readUInt32LE(at) === 0x06054b50 && at + END_BYTES + tail.readUInt16LE(at + 20) <= tailLength)
  )
    at--;
  if (at < 0)
    throw zipError(
      'DATA_INVALID',
      path,
      'a zip archive expected',
      size === 0 ? 'an empty file' : 'other bytes',
    );
  const narrow = {
    start: tail.readUInt32LE(at + 16),
    length: tail.readUInt32LE(at + 12),
    count: tail.readUInt16LE(at + 10),
  };
  const isWide = narrow.start === 0xffffffff || narrow.length === 0xffffffff || narrow.count === 0xffff;
  const locator = size - tailLength + at - 20;
  if (!isWide || locator < 0) return narrow;
  const pointer = await bytesAt(handle, locator, 20, path);
  if (pointer.readUInt32LE(0) !== 0x07064b50) return narrow;
  const record = await bytesAt(handle, wideNumber(pointer, 8, path), 56, path);
  if (record.readUInt32LE(0) !== 0x06064b50)
    throw zipError('DATA_CORRUPT', path, 'a zip64 end record expected', 'other bytes');
  return {
    count: wideNumber(record, 32, path),
    length: wideNumber(record, 40, path),
    start: wideNumber(record, 48, path),
  };
}

function wideNumber(bytes: Buffer, at: number, path: string): number {
  const value = bytes.readBigUInt64LE(at);
  if (value <= 2n ** 53n - 1n) return Number(value);
  throw zipError('DATA_CORRUPT', path, 'a number below 2^53 expected', `${value}`);
}
