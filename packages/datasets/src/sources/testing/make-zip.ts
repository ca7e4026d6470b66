import { crc32, deflateRawSync } from 'node:zlib';

/** A file for {@link makeZip}; `lies` overwrites fields of its directory entry. */
export interface ZipInput {
  readonly name: string;
  readonly data: Uint8Array | string;
  readonly deflate?: boolean;
  readonly lies?: {
    readonly bytes?: number;
    readonly crc32?: number;
    readonly method?: number;
    readonly offset?: number;
    readonly flags?: number;
  };
}

/** A zip archive, written by the APPNOTE of PKWARE; `wide` uses zip64 fields everywhere. */
export function makeZip(files: readonly ZipInput[], wide = false): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, deflate = false, lies = {} } of files) {
    const bytes = Buffer.from(data as Uint8Array);
    const packed = deflate ? deflateRawSync(bytes) : bytes;
    const nameBytes = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(nameBytes.length, 26);
    local.writeUInt16LE(4, 28);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(lies.flags ?? 0, 8);
    entry.writeUInt16LE(lies.method ?? (deflate ? 8 : 0), 10);
    entry.writeUInt32LE(lies.crc32 ?? crc32(bytes), 16);
    const sizes = [lies.bytes ?? bytes.length, packed.length, lies.offset ?? offset] as const;
    const extra = wide ? Buffer.alloc(28) : Buffer.alloc(0);
    if (wide) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      for (const [k, size] of sizes.entries()) extra.writeBigUInt64LE(BigInt(size), 4 + 8 * k);
    }
    for (const [k, at] of [24, 20, 42].entries()) entry.writeUInt32LE(wide ? 0xffffffff : sizes[k]!, at);
    entry.writeUInt16LE(nameBytes.length, 28);
    entry.writeUInt16LE(extra.length, 30);
    directory.push(entry, nameBytes, extra);
    parts.push(local, nameBytes, Buffer.alloc(4), packed);
    offset += 34 + nameBytes.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(wide ? 0xffff : files.length, 10);
  end.writeUInt32LE(wide ? 0xffffffff : listed.length, 12);
  end.writeUInt32LE(wide ? 0xffffffff : offset, 16);
  return Buffer.concat([
    ...parts,
    listed,
    ...(wide ? wideEnd(files.length, listed.length, offset) : []),
    end,
  ]);
}

function wideEnd(count: number, length: number, start: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  for (const [k, value] of [count, length, start].entries())
    record.writeBigUInt64LE(BigInt(value), 32 + 8 * k);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(start + length), 8);
  return [record, locator];
}
