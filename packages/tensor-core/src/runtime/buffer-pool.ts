import { MemoryLedger, type PoolUsage } from './memory-ledger';
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

export interface BufferPoolOptions {
  readonly create: (bytes: number, label: string) => GPUBuffer;
  readonly onDestroy: (storage: Storage) => void;
  /** Bytes of released buffers kept for reuse. */
  readonly freeBudgetBytes: number;
  readonly largestBytes: number;
  /** The books of the device; left out, the pool keeps its own. */
  readonly ledger?: MemoryLedger;
}

/**
 * Recycles GPU buffers by size class. WebGPU frees a dropped buffer only when the JavaScript garbage
 * collector happens to see it, so memory is owned here and destroyed here.
 */
export class BufferPool {
  readonly #options: BufferPoolOptions;
  readonly #ledger: MemoryLedger;
  readonly #free = new Map<number, Storage[]>();
  #freeBytes = 0;
  #freeBudgetBytes: number;

  constructor(options: BufferPoolOptions) {
    this.#options = options;
    this.#ledger = options.ledger ?? new MemoryLedger();
    this.#freeBudgetBytes = options.freeBudgetBytes;
  }

  /** What all pools of the ledger hold. */
  get usage(): Readonly<PoolUsage> {
    return this.#ledger.usage;
  }

  /**
   * Memory of at least `bytes`, with unspecified contents.
   *
   * @param unlessInBatch passes over memory that this batch of commands refers to: a host write into it would
   * have to submit the batch first
   * @throws {MemoryBudgetError}
   */
  acquire(bytes: number, label: string, unlessInBatch = -1): Storage {
    const { largestBytes, create } = this.#options;
    const capacity = Math.min(sizeClass(bytes), Math.max(largestBytes, bytes));
    const recycled = this.#recycle(capacity, unlessInBatch);
    if (recycled) this.#freeBytes -= capacity;
    const storage = recycled ?? {
      id: this.#ledger.admit(capacity, label),
      buffer: create(capacity, label),
      capacity,
      pool: this,
      label,
      users: 0,
      lastBatch: -1,
    };
    storage.label = label;
    storage.users = 1;
    this.#ledger.acquired(capacity, recycled !== undefined);
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
    this.#ledger.released(storage.capacity);
    const shelf = this.#free.get(storage.capacity);
    if (shelf) shelf.push(storage);
    else this.#free.set(storage.capacity, [storage]);
    this.#freeBytes += storage.capacity;
    if (this.#freeBytes > this.#freeBudgetBytes) this.trim(this.#freeBudgetBytes / 2);
  }

  /**
   * Destroys free buffers, largest first, until at most `keepBytes` of them remain.
   *
   * @param keeps buffers to spare, whatever remains
   */
  trim(keepBytes = 0, keeps: (storage: Storage) => boolean = () => false): void {
    for (const capacity of [...this.#free.keys()].sort((a, b) => b - a)) {
      const shelf = this.#free.get(capacity)!;
      for (let at = shelf.length - 1; at >= 0 && this.#freeBytes > keepBytes; at--) {
        if (keeps(shelf[at]!)) continue;
        const [storage] = shelf.splice(at, 1);
        this.#freeBytes -= capacity;
        this.#ledger.destroyed(capacity);
        this.#options.onDestroy(storage!);
      }
    }
  }

  /** Destroys what is free, and from now on what is released. */
  retire(): void {
    this.#freeBudgetBytes = 0;
    this.trim();
  }
}
