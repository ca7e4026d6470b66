const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** A whole number of at least 0 as a field of a protobuf message. */
export function varintField(field: number, value: number): Uint8Array<ArrayBuffer> {
  return joined([key(field, VARINT), varint(value)]);
}

/** A float64 as a field. */
export function doubleField(field: number, value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return joined([key(field, FIXED_64), bytes]);
}

/** A number, rounded to float32, as a field. */
export function floatField(field: number, value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joined([key(field, FIXED_32), bytes]);
}

/** Text in UTF-8 as a field. */
export function textField(field: number, text: string): Uint8Array<ArrayBuffer> {
  return messageField(field, [new TextEncoder().encode(text)]);
}

/** A message of these fields as a field of another. */
export function messageField(field: number, fields: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = joined(fields);
  return joined([key(field, LENGTH_DELIMITED), varint(bytes.length), bytes]);
}

/** Fields one after the other: a message. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function key(field: number, wireType: number): Uint8Array {
  return varint(field * 8 + wireType);
}

/** Seven bits a byte, the lowest first; all but the last byte have their highest bit set. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  while (value >= 128) {
    bytes.push((value % 128) + 128);
    value = Math.floor(value / 128);
  }
  return Uint8Array.of(...bytes, value);
}
