import { crc32c } from './crc32c';

/** Added to a rotated checksum, so that checksums of data that holds checksums stay good ones. */
const MASK_DELTA = 0xa282_ead8;
const HEAD_BYTES = 12;
const TAIL_BYTES = 4;

/**
 * Data as one record of a TFRecord file, all numbers little-endian: length (u64), masked CRC-32C of the length, data, masked CRC-32C of the
 * data. The mask of a checksum is `(crc >>> 15 | crc << 17) + 0xa282ead8`.
 */
export function encodeTfRecord(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const record = new Uint8Array(HEAD_BYTES + data.length + TAIL_BYTES);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc(record.subarray(0, 8)), true);
  record.set(data, HEAD_BYTES);
  view.setUint32(HEAD_BYTES + data.length, maskedCrc(data), true);
  return record;
}

function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}
