import type { Storage } from './storage';

const SMALLEST_BYTES = 256;

/**
 * Capacity that a request is rounded up to: quarter steps between powers of two, so at most a quarter is
 * wasted and tensors of nearly equal size (graph batches) share buffers.
 */
export function sizeClass(bytes: number): number {
  if (bytes <= SMALLEST_BYTES) return SMALLEST_BYTES;
  const step = 2 ** Math.max(6, Math.ceil(Math.log2(bytes)) - 3);
  return Math.ceil(bytes / step) * step;
}

/** What the pool holds, in buffers and bytes. */
export interface PoolUsage {
  liveBuffers: number;
  liveBytes: number;
  freeBuffers: number;
  freeBytes: number;
  peakLiveBytes: number;
}

/**
 * Recycles GPU buffers by size class. WebGPU frees a dropped buffer only when the JavaScript garbage
 * collector happens to see it, so memory is owned here and destroyed here.
 */
export class BufferPool {
  readonly #create: (bytes: number, label: string) => GPUBuffer;
  readonly #onDestroy: (storage: Storage) => void;
  readonly #freeBudgetBytes: number;
  readonly #largestBytes: number;
  readonly #free = new Map<number, Storage[]>();
  #nextId = 1;
  readonly usage: PoolUsage = {
    liveBuffers: 0,
    liveBytes: 0,
    freeBuffers: 0,
    freeBytes: 0,
    peakLiveBytes: 0,
  };

  constructor(options: {
    create: (bytes: number, label: string) => GPUBuffer;
    onDestroy: (storage: Storage) => void;
    freeBudgetBytes: number;
    largestBytes: number;
  }) {
    this.#create = options.create;
    this.#onDestroy = options.onDestroy;
    this.#freeBudgetBytes = options.freeBudgetBytes;
    this.#largestBytes = options.largestBytes;
  }

  /**
   * Memory of at least `bytes`, with unspecified contents.
   *
   * @param unlessInBatch passes over memory that this batch of commands refers to: a host write into it would
   * have to submit the batch first
   */
  acquire(bytes: number, label: string, unlessInBatch = -1): Storage {
    const capacity = Math.min(sizeClass(bytes), Math.max(this.#largestBytes, bytes));
    const recycled = this.#recycle(capacity, unlessInBatch);
    if (recycled) {
      this.usage.freeBuffers--;
      this.usage.freeBytes -= capacity;
    }
    const storage = recycled ?? {
      id: this.#nextId++,
      buffer: this.#create(capacity, label),
      capacity,
      users: 0,
      lastBatch: -1,
    };
    storage.users = 1;
    this.usage.liveBuffers++;
    this.usage.liveBytes += capacity;
    this.usage.peakLiveBytes = Math.max(this.usage.peakLiveBytes, this.usage.liveBytes);
    return storage;
  }

  #recycle(capacity: number, unlessInBatch: number): Storage | undefined {
    const shelf = this.#free.get(capacity);
    if (!shelf) return undefined;
    const at =
      unlessInBatch < 0
        ? shelf.length - 1
        : shelf.findLastIndex(({ lastBatch }) => lastBatch !== unlessInBatch);
    return at < 0 ? undefined : shelf.splice(at, 1)[0];
  }

  /** Lets go of one user; the last one returns the memory. */
  release(storage: Storage): void {
    storage.users--;
    if (storage.users > 0) return;
    this.usage.liveBuffers--;
    this.usage.liveBytes -= storage.capacity;
    const shelf = this.#free.get(storage.capacity);
    if (shelf) shelf.push(storage);
    else this.#free.set(storage.capacity, [storage]);
    this.usage.freeBuffers++;
    this.usage.freeBytes += storage.capacity;
    if (this.usage.freeBytes > this.#freeBudgetBytes) this.trim(this.#freeBudgetBytes / 2);
  }

  /** Destroys free buffers, largest first, until at most `keepBytes` of them remain. */
  trim(keepBytes = 0): void {
    for (const capacity of [...this.#free.keys()].sort((a, b) => b - a)) {
      const shelf = this.#free.get(capacity)!;
      while (shelf.length > 0 && this.usage.freeBytes > keepBytes) {
        const storage = shelf.pop()!;
        this.usage.freeBuffers--;
        this.usage.freeBytes -= capacity;
        this.#onDestroy(storage);
      }
    }
  }
}
