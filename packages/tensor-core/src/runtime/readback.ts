import { sizeClass } from './buffer-pool';

/** Staging buffers for reading device memory, reused by size class. */
export class StagingPool {
  readonly #gpu: GPUDevice;
  readonly #free = new Map<number, GPUBuffer[]>();

  constructor(gpu: GPUDevice) {
    this.#gpu = gpu;
  }

  acquire(bytes: number): GPUBuffer {
    const size = sizeClass(bytes);
    return (
      this.#free.get(size)?.pop() ??
      this.#gpu.createBuffer({
        label: 'readback',
        size,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      })
    );
  }

  /** Copies the mapped bytes out and takes the buffer back. */
  collect(buffer: GPUBuffer, bytes: number): ArrayBuffer {
    const copy = buffer.getMappedRange(0, Math.ceil(bytes / 4) * 4).slice(0, bytes);
    buffer.unmap();
    const shelf = this.#free.get(buffer.size);
    if (shelf) shelf.push(buffer);
    else this.#free.set(buffer.size, [buffer]);
    return copy;
  }
}
