import type { Device } from '../device';
import { bytesPerElement, type DType, type HostArray, hostArray } from '../dtype';
import { TensorError } from '../errors';
import type { Binding } from '../runtime/bind-groups';
import type { Storage } from '../runtime/storage';
import { type Shape, showShape, sizeOf } from '../shape';
import { adopt } from './scope';

/** A step of the computation that gradients flow back through; made by the autograd layer. */
export interface GradNode {
  readonly parents: readonly (GradNode | null)[];
  /** Position in the order of computation: greater than that of every parent. */
  readonly order: number;
}

/** Alignment of a view inside a larger buffer, WebGPU's default for storage bindings. */
export const VIEW_ALIGNMENT_BYTES = 256;

/**
 * A dense, row-major array on the GPU. Its values are computed when the device gets to it and waited for by
 * {@link Tensor.read}. It belongs to the innermost open scope, or to whoever disposes of it.
 */
export class Tensor implements Disposable {
  readonly device: Device;
  readonly dtype: DType;
  readonly shape: Shape;
  /** Number of elements. */
  readonly size: number;
  /** Where gradients go from here; `null` for values that do not depend on a tracked tensor. */
  readonly node: GradNode | null;
  readonly #storage: Storage;
  readonly #byteOffset: number;
  #disposed = false;

  constructor(
    device: Device,
    storage: Storage,
    byteOffset: number,
    dtype: DType,
    shape: Shape,
    node: GradNode | null,
  ) {
    this.device = device;
    this.dtype = dtype;
    this.shape = shape;
    this.size = sizeOf(shape);
    this.node = node;
    this.#storage = storage;
    this.#byteOffset = byteOffset;
    adopt(this);
  }

  get rank(): number {
    return this.shape.length;
  }

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Bytes of the values. */
  get byteLength(): number {
    return this.size * bytesPerElement(this.dtype);
  }

  /** The memory as a kernel sees it. @throws {TensorError} `DISPOSED` */
  get binding(): Binding {
    const storage = this.#live();
    if (this.#byteOffset === 0) return { storage, byteOffset: 0, byteLength: undefined };
    const byteLength = Math.max(16, Math.ceil(this.byteLength / 16) * 16);
    return { storage, byteOffset: this.#byteOffset, byteLength };
  }

  /**
   * Another tensor over the same memory.
   * @param byteOffset start of the view relative to this tensor, a multiple of {@link VIEW_ALIGNMENT_BYTES}
   */
  view(shape: Shape, node: GradNode | null = null, byteOffset = 0): Tensor {
    const storage = this.#live();
    storage.users++;
    return new Tensor(this.device, storage, this.#byteOffset + byteOffset, this.dtype, shape, node);
  }

  /** The same values cut off from the gradient graph. */
  detach(): Tensor {
    return this.view(this.shape);
  }

  /** Waits for the values. Reading several tensors together is cheaper: {@link readAll}. */
  async read(): Promise<HostArray> {
    const [values] = await readAll([this]);
    return values!;
  }

  /** The value of a tensor with one element. */
  async item(): Promise<number> {
    if (this.size !== 1) {
      throw new TensorError(
        'SHAPE',
        `item: expected one element, got shape ${showShape(this.shape)}. Use read().`,
      );
    }
    return (await this.read())[0]!;
  }

  /** Overwrites the values from the host. */
  write(values: HostArray): void {
    if (values.length !== this.size || values.BYTES_PER_ELEMENT !== bytesPerElement(this.dtype)) {
      throw new TensorError(
        'SHAPE',
        `write: expected ${this.size} values of ${this.dtype}, got ${values.length} of ${values.constructor.name}.`,
      );
    }
    this.device.write(this.#live(), this.#byteOffset, padToWords(values));
  }

  /** Copies the values of a tensor of the same size and type into this one. */
  assign(source: Tensor): void {
    if (source.size !== this.size || source.dtype !== this.dtype) {
      throw new TensorError(
        'SHAPE',
        `assign: expected ${this.dtype} ${showShape(this.shape)}, got ${source.dtype} ${showShape(source.shape)}.`,
      );
    }
    const from = source.binding;
    this.device.copy(
      from.storage,
      from.byteOffset,
      this.#live(),
      this.#byteOffset,
      Math.ceil(this.byteLength / 4) * 4,
    );
  }

  /** Sets every value to zero. */
  clear(): void {
    this.device.clear(this.#live(), this.#byteOffset, Math.ceil(this.byteLength / 4) * 4);
  }

  /** Gives the memory back; the tensor must not be used afterwards. Disposing twice is harmless. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.device.release(this.#storage);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #live(): Storage {
    if (this.#disposed) {
      throw new TensorError(
        'DISPOSED',
        `tensor: expected a live tensor, got ${this.dtype} ${showShape(this.shape)} after its disposal. Keep it out of the scope that ended, or return it from there.`,
      );
    }
    return this.#storage;
  }
}

/** Waits for the values of several tensors with one round trip to the GPU. */
export async function readAll(tensors: readonly Tensor[]): Promise<HostArray[]> {
  const device = tensors[0]?.device;
  if (!device) return [];
  const ranges = tensors.map((tensor) => {
    const { storage, byteOffset } = tensor.binding;
    return { storage, byteOffset, bytes: tensor.byteLength };
  });
  const bytes = await device.read(ranges);
  return tensors.map((tensor, index) => hostArray(tensor.dtype, bytes[index]!));
}

/** Host values as bytes whose length is a multiple of 4, as WebGPU's copies ask. */
export function padToWords(values: HostArray): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength);
  if (bytes.byteLength % 4 === 0) return bytes;
  const padded = new Uint8Array(Math.ceil(bytes.byteLength / 4) * 4);
  padded.set(bytes);
  return padded;
}
