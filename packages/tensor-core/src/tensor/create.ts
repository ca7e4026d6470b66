import type { Device } from '../device';
import { bytesPerElement, type DType, dtypeOf, type HostArray } from '../dtype';
import { TensorError } from '../errors';
import type { Storage } from '../runtime/storage';
import { checkShape, type Shape, showShape, sizeOf } from '../shape';
import { padToWords, Tensor } from './tensor';

/**
 * A tensor with unspecified values, for ops to write into.
 *
 * @throws {TensorError} `TOO_LARGE` where one storage binding of the adapter cannot hold it
 */
export function empty(device: Device, shape: Shape, dtype: DType = 'f32', label = 'tensor'): Tensor {
  return allocate(device, shape, dtype, label, (bytes, name) => device.allocate(bytes, name));
}

function allocate(
  device: Device,
  shape: Shape,
  dtype: DType,
  label: string,
  from: (bytes: number, name: string) => Storage,
): Tensor {
  const bytes = checkedBytes(device, shape, dtype, label);
  return new Tensor(device, from(bytes, tensorLabel(label, dtype, shape)), 0, dtype, [...shape], null);
}

/** How errors name a tensor's memory: `matmul f32 [64, 128]`. */
export function tensorLabel(label: string, dtype: DType, shape: Shape): string {
  return `${label} ${dtype} ${showShape(shape)}`;
}

/** Bytes of a tensor that the device can hold. @throws {TensorError} `SHAPE`, `TOO_LARGE`, `DTYPE` */
export function checkedBytes(device: Device, shape: Shape, dtype: DType, label: string): number {
  checkShape(label, shape);
  const bytes = sizeOf(shape) * bytesPerElement(dtype);
  if (bytes > device.largestTensorBytes) {
    throw new TensorError(
      'TOO_LARGE',
      `${label}: a tensor must fit one storage binding of ${device.largestTensorBytes} bytes on this adapter, got ${dtype} ${showShape(shape)} with ${bytes} bytes. Split it, for example into smaller batches.`,
    );
  }
  if (dtype === 'f16' && !device.gpu.features.has('shader-f16')) {
    throw new TensorError(
      'DTYPE',
      `${label}: f16 needs the adapter feature shader-f16, and this adapter has not got it. Use f32.`,
    );
  }
  return bytes;
}

/** Nested arrays of numbers, the literal form of a tensor. */
export type NestedNumbers = number | readonly NestedNumbers[];

/**
 * Host values on the device.
 *
 * @param values a typed array (its type becomes the tensor's, `Uint16Array` holding raw f16 bits), or nested
 * arrays of numbers, stored as f32
 * @param shape extents; where omitted, the nesting's, or one axis for a typed array
 *
 * @example
 * ```ts
 * const a = tensor(device, [[1, 2], [3, 4]]);
 * const ids = tensor(device, new Int32Array([2, 0, 1]));
 * ```
 */
export function tensor(device: Device, values: HostArray | NestedNumbers, shape?: Shape): Tensor {
  const host = ArrayBuffer.isView(values) ? values : flatten(values);
  const extents = shape ?? (ArrayBuffer.isView(values) ? [values.length] : nesting(values));
  if (sizeOf(extents) !== host.length) {
    throw new TensorError(
      'SHAPE',
      `tensor: shape ${showShape(extents)} holds ${sizeOf(extents)} values, got ${host.length}.`,
    );
  }
  return upload(device, host, extents, 'tensor');
}

/** Host values of the right number on the device; `label` names them in errors. */
export function upload(device: Device, values: HostArray, shape: Shape, label: string): Tensor {
  const created = allocate(device, shape, dtypeOf(values), label, (bytes, name) =>
    device.allocateForWrite(bytes, name),
  );
  device.write(created.binding.storage, 0, padToWords(values));
  return created;
}

/** All zeros. */
export function zeros(device: Device, shape: Shape, dtype: DType = 'f32'): Tensor {
  const created = empty(device, shape, dtype, 'zeros');
  created.clear();
  return created;
}

function nesting(values: NestedNumbers): number[] {
  if (typeof values === 'number') return [];
  const first = values[0];
  return first === undefined ? [0] : [values.length, ...nesting(first)];
}

function flatten(values: NestedNumbers): Float32Array {
  const shape = nesting(values);
  const flat = new Float32Array(sizeOf(shape));
  let next = 0;
  const visit = (part: NestedNumbers, depth: number): void => {
    if (typeof part === 'number') {
      if (depth !== shape.length) throw ragged(shape);
      flat[next++] = part;
      return;
    }
    if (part.length !== shape[depth]) throw ragged(shape);
    for (const item of part) visit(item, depth + 1);
  };
  visit(values, 0);
  return flat;
}

function ragged(shape: Shape): TensorError {
  return new TensorError(
    'SHAPE',
    `tensor: nested arrays must be rectangular, here ${showShape(shape)} by their first elements, got rows of other lengths.`,
  );
}
