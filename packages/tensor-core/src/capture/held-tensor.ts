import type { Device } from '../device';
import type { DType } from '../dtype';
import type { BufferPool } from '../runtime/buffer-pool';
import type { Storage } from '../runtime/storage';
import type { Shape } from '../shape';
import { Tensor } from '../tensor';
import { checkedBytes, tensorLabel } from '../tensor/create';

/** A tensor's memory kept alive for a captured step, whatever becomes of the tensors over it. */
export class HeldTensor {
  readonly storage: Storage;
  readonly #device: Device;
  readonly #byteOffset: number;
  readonly #dtype: DType;
  readonly #shape: Shape;

  private constructor(device: Device, storage: Storage, byteOffset: number, dtype: DType, shape: Shape) {
    this.#device = device;
    this.storage = storage;
    this.#byteOffset = byteOffset;
    this.#dtype = dtype;
    this.#shape = shape;
  }

  /** Holds the memory of a tensor. */
  static of({ device, binding, dtype, shape }: Tensor): HeldTensor {
    binding.storage.users++;
    return new HeldTensor(device, binding.storage, binding.byteOffset, dtype, shape);
  }

  /** Takes memory for a tensor from a pool. @throws {TensorError} `TOO_LARGE`, `DTYPE` */
  static from(pool: BufferPool, device: Device, label: string, dtype: DType, shape: Shape): HeldTensor {
    const bytes = checkedBytes(device, shape, dtype, label);
    const storage = pool.acquire(bytes, tensorLabel(label, dtype, shape));
    return new HeldTensor(device, storage, 0, dtype, shape);
  }

  /** A tensor over the memory; it belongs to the innermost scope. */
  open(): Tensor {
    this.storage.users++;
    return new Tensor(this.#device, this.storage, this.#byteOffset, this.#dtype, this.#shape, null);
  }

  release(): void {
    this.storage.pool.release(this.storage);
  }
}
