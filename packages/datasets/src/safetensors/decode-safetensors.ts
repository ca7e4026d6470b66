import type { NamedTensors } from './encode-safetensors';
import { bfloat16Value, float16Value } from './half-precision';
import { type HeaderEntry, readHeader } from './safetensors-header';
import type { StoredTensor } from './stored-tensor';

/** What a safetensors file holds. */
export interface Safetensors {
  /** By name, in file order; the arrays are copies. */
  readonly tensors: NamedTensors;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Bytes of a safetensors file → named tensors, after every claim of the header was checked against the file.
 *
 * `file` names it in messages.
 *
 * @throws DataError `DATA_TRUNCATED`, `DATA_INVALID`, `DATA_UNSUPPORTED` (number format) or `DATA_CORRUPT` (byte ranges).
 *
 * @example
 * const { tensors } = decodeSafetensors(bytes, 'model.safetensors');
 * tensors.get('layers.0.weight')?.shape;
 */
export function decodeSafetensors(bytes: Uint8Array, file = 'safetensors'): Safetensors {
  const { entries, metadata, dataStart } = readHeader(bytes, file);
  const tensors = new Map(entries.map((entry) => [entry.name, readTensor(bytes, dataStart, entry)]));
  return { tensors, metadata };
}

function readTensor(
  bytes: Uint8Array,
  dataStart: number,
  { dtype, shape, begin, end }: HeaderEntry,
): StoredTensor {
  const buffer = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end)).buffer;
  switch (dtype) {
    case 'F32':
      return { dtype, shape, data: new Float32Array(buffer) };
    case 'F16':
      return { dtype, shape, data: Float32Array.from(new Uint16Array(buffer), float16Value) };
    case 'BF16':
      return { dtype, shape, data: Float32Array.from(new Uint16Array(buffer), bfloat16Value) };
    case 'I32':
      return { dtype, shape, data: new Int32Array(buffer) };
    case 'U32':
      return { dtype, shape, data: new Uint32Array(buffer) };
    case 'I64':
      return { dtype, shape, data: new BigInt64Array(buffer) };
  }
}
