/** An event as a reader sees it. */
export interface DecodedEvent {
  readonly wallTimeSeconds: number;
  readonly step: number;
  readonly fileVersion: string | null;
  readonly sessionStatus: number | null;
  readonly scalars: readonly { readonly tag: string; readonly value: number }[];
}

/** The events of a TFRecord file, every checksum checked; written for tests apart from the encoder. */
export function decodeEvents(file: Uint8Array): DecodedEvent[] {
  const events: DecodedEvent[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at < file.length; ) {
    const length = Number(view.getBigUint64(at, true));
    checkCrc(file.subarray(at, at + 8), view.getUint32(at + 8, true));
    const data = file.subarray(at + 12, at + 12 + length);
    checkCrc(data, view.getUint32(at + 12 + length, true));
    events.push(decodeEvent(data));
    at += length + 16;
  }
  return events;
}

/** One `Event` message. */
export function decodeEvent(bytes: Uint8Array): DecodedEvent {
  const fields = fieldsOf(bytes);
  const summary = fields.find(({ field }) => field === 5);
  const session = fields.find(({ field }) => field === 7);
  const version = fields.find(({ field }) => field === 3);
  return {
    wallTimeSeconds: viewOf(fields.find(({ field }) => field === 1)!.bytes).getFloat64(0, true),
    step: fields.find(({ field }) => field === 2)?.number ?? 0,
    fileVersion: version ? new TextDecoder().decode(version.bytes) : null,
    sessionStatus: session ? fieldsOf(session.bytes)[0]!.number : null,
    scalars: fieldsOf(summary?.bytes ?? new Uint8Array()).map((value) => {
      const [tag, simple] = fieldsOf(value.bytes);
      return {
        tag: new TextDecoder().decode(tag!.bytes),
        value: viewOf(simple!.bytes).getFloat32(0, true),
      };
    }),
  };
}

interface Field {
  readonly field: number;
  readonly number: number;
  readonly bytes: Uint8Array;
}

function fieldsOf(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      if (byte === undefined) throw new Error('a message that ends inside a number');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  while (at < message.length) {
    const key = varint();
    const wire = key % 8;
    const number = wire === 0 ? varint() : 0;
    const length = wire === 2 ? varint() : ({ 0: 0, 1: 8, 5: 4 }[wire] ?? Number.NaN);
    if (!(at + length <= message.length)) throw new Error(`a message that ends inside field ${key >> 3}`);
    fields.push({ field: key >> 3, number, bytes: message.subarray(at, at + length) });
    at += length;
  }
  return fields;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** CRC-32C bit by bit, most significant polynomial bit first over mirrored input. */
function checkCrc(bytes: Uint8Array, masked: number): void {
  let crc = 0xffff_ffffn;
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) {
      const top = ((crc >> 31n) & 1n) ^ BigInt((byte >> bit) & 1);
      crc = ((crc << 1n) & 0xffff_ffffn) ^ (top ? 0x1edc_6f41n : 0n);
    }
  }
  let mirrored = 0n;
  for (let bit = 0n; bit < 32n; bit++) mirrored |= ((crc >> bit) & 1n) << (31n - bit);
  mirrored ^= 0xffff_ffffn;
  const rotated = ((mirrored >> 15n) | (mirrored << 17n)) & 0xffff_ffffn;
  if (Number((rotated + 0xa282_ead8n) & 0xffff_ffffn) !== masked) throw new Error('another checksum');
}
