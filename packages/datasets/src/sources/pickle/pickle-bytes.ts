import { type PicklePlace, pickleError } from './pickle-error';

/** Digits of a number written as text, and bytes of a long integer. */
const MAX_NUMBER_BYTES = 1024;

/** Reads the parts of opcodes; nothing beyond the end, nothing larger than what is left. */
export class PickleBytes {
  readonly #view: DataView;
  at = 0;

  constructor(
    readonly bytes: Uint8Array,
    readonly place: PicklePlace,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the next `count` bytes begin; they are passed. */
  skip(count: number): number {
    const start = this.at;
    if (count > this.bytes.length - start) {
      const got = `${this.bytes.length - start}`;
      throw pickleError('DATA_TRUNCATED', this.place, `${count} more bytes expected`, got);
    }
    this.at += count;
    return start;
  }

  uint8(): number {
    return this.bytes[this.skip(1)]!;
  }

  uint16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.skip(4), true);
  }

  /** A length of 8 bytes. */
  uint64(): number {
    const value = this.#view.getBigUint64(this.skip(8), true);
    if (value > BigInt(this.bytes.length)) {
      throw pickleError(
        'DATA_TRUNCATED',
        this.place,
        `${value} more bytes expected`,
        `${this.bytes.length - this.at}`,
      );
    }
    return Number(value);
  }

  /** Big-endian, as BINFLOAT has it. */
  float64(): number {
    return this.#view.getFloat64(this.skip(8), false);
  }

  /** A copy of the next bytes. */
  slice(count: number): Uint8Array {
    const start = this.skip(count);
    return Uint8Array.from(this.bytes.subarray(start, start + count));
  }

  utf8(count: number): string {
    const start = this.skip(count);
    return new TextDecoder().decode(this.bytes.subarray(start, start + count));
  }

  latin1(count: number): string {
    const start = this.skip(count);
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, count).toString('latin1');
  }

  /** Text up to a newline. */
  line(maxBytes: number = MAX_NUMBER_BYTES): string {
    const end = this.bytes.indexOf(10, this.at);
    if (end < 0 || end - this.at > maxBytes) {
      throw pickleError(
        'DATA_INVALID',
        this.place,
        `a line of at most ${maxBytes} bytes expected`,
        'a longer one',
      );
    }
    const text = this.latin1(end - this.at);
    this.at = end + 1;
    return text;
  }

  /** Little-endian two's complement of any length; a number where that is exact. */
  long(count: number): number | bigint {
    if (count > MAX_NUMBER_BYTES) {
      throw pickleError(
        'DATA_TOO_LARGE',
        this.place,
        `an integer of at most ${MAX_NUMBER_BYTES} bytes expected`,
        `${count}`,
      );
    }
    const start = this.skip(count);
    let value = 0n;
    for (let k = count - 1; k >= 0; k--) value = value * 256n + BigInt(this.bytes[start + k]!);
    if (count > 0 && this.bytes[start + count - 1]! >= 128) value -= 1n << BigInt(8 * count);
    return exactNumber(value);
  }
}

/** An integer as a number where that is exact. */
export function exactNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
