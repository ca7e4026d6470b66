import { DataError } from '../data-error';
import { bfloat16Bits, float16Bits } from './half-precision';
import { elementCount, type StoredTensor, storedBytes } from './stored-tensor';

/** Tensors by name, as in a PyTorch state dict: `layers.0.weight`. */
export type NamedTensors = ReadonlyMap<string, StoredTensor>;

/**
 * Named tensors → bytes of a safetensors file: u64 header length, JSON header, then the arrays, little-endian.
 *
 * Wide elements come first, then by name, and the header is padded to 8 bytes, so every array lies aligned and the
 * same tensors give the same bytes in whatever order they are named. Layout: github.com/huggingface/safetensors.
 *
 * @throws DataError `DATA_INVALID` for a name that is empty or `__metadata__`, or where data and shape disagree.
 *
 * @example
 * const bytes = encodeSafetensors(new Map([['w', { dtype: 'F32', shape: [2], data: new Float32Array([1, 2]) }]]));
 */
export function encodeSafetensors(
  tensors: NamedTensors,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort(
    ([a, x], [b, y]) => storedBytes[y.dtype] - storedBytes[x.dtype] || (a < b ? -1 : a > b ? 1 : 0),
  );
  const entries: string[] =
    Object.keys(metadata).length > 0 ? [`"__metadata__":${JSON.stringify(metadata)}`] : [];
  let end = 0;
  for (const [name, tensor] of sorted) {
    checkTensor(name, tensor);
    const begin = end;
    end += tensor.data.length * storedBytes[tensor.dtype];
    entries.push(
      `${JSON.stringify(name)}:${JSON.stringify({ dtype: tensor.dtype, shape: tensor.shape, data_offsets: [begin, end] })}`,
    );
  }
  const json = new TextEncoder().encode(`{${entries.join(',')}}`);
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerBytes + end).fill(0x20, 8, 8 + headerBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.set(json, 8);
  let at = 8 + headerBytes;
  for (const [, tensor] of sorted) {
    const bytes = tensorBytes(tensor);
    file.set(bytes, at);
    at += bytes.length;
  }
  return file;
}

function checkTensor(name: string, { dtype, shape, data }: StoredTensor): void {
  if (name === '' || name === '__metadata__' || /\p{Surrogate}/u.test(name)) {
    const message = `a tensor name must be Unicode text other than "" and "__metadata__", got ${JSON.stringify(name)}. Rename the tensor.`;
    throw new DataError('DATA_INVALID', 'safetensors', message);
  }
  const wrong = shape.some((size) => !Number.isSafeInteger(size) || size < 0);
  if (wrong || elementCount(shape) !== data.length) {
    const message = `${name} (${dtype}) must have as many elements as its shape, got shape [${shape.join(', ')}] and ${data.length} elements. Pass the shape of the data.`;
    throw new DataError('DATA_INVALID', 'safetensors', message);
  }
}

// Typed arrays have the byte order of the machine; every machine with WebGPU is little-endian, as the format is.
function tensorBytes(tensor: StoredTensor): Uint8Array {
  const { dtype, data } = tensor;
  if (dtype === 'F16') return new Uint8Array(Uint16Array.from(data, float16Bits).buffer);
  if (dtype === 'BF16') return new Uint8Array(Uint16Array.from(data, bfloat16Bits).buffer);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
