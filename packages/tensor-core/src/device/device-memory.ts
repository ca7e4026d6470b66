import { TensorError } from '../errors';
import { BufferPool } from '../runtime/buffer-pool';
import { MemoryLedger, type PoolUsage } from '../runtime/memory-ledger';
import type { Storage } from '../runtime/storage';

/** Where tensors take their memory from. */
export interface MemorySource {
  allocate(bytes: number, label: string): Storage;
  /** @param batch memory that this batch of commands refers to is passed over */
  allocateForWrite(bytes: number, label: string, batch: number): Storage;
}

export interface DeviceMemoryOptions {
  readonly create: (bytes: number, label: string) => GPUBuffer;
  readonly destroy: (storage: Storage) => void;
  readonly largestBytes: number;
  readonly freeBudgetBytes: number;
  readonly budgetBytes: number;
}

/** The pools of a device: one for everybody, others for captured steps, all in the same books. */
export class DeviceMemory {
  readonly #options: DeviceMemoryOptions;
  readonly #pool: BufferPool;
  readonly ledger: MemoryLedger;
  /** Stands in for the common pool while a captured step is recorded. */
  source: MemorySource | null = null;

  constructor(options: DeviceMemoryOptions) {
    this.#options = options;
    this.ledger = new MemoryLedger(options.budgetBytes, () => this.trim());
    this.#pool = this.#newPool(options.freeBudgetBytes);
  }

  get usage(): Readonly<PoolUsage> {
    return this.ledger.usage;
  }

  allocate(bytes: number, label: string): Storage {
    return this.source ? this.source.allocate(bytes, label) : this.#pool.acquire(bytes, label);
  }

  allocateForWrite(bytes: number, label: string, batch: number): Storage {
    return this.source
      ? this.source.allocateForWrite(bytes, label, batch)
      : this.#pool.acquire(bytes, label, batch);
  }

  /** A pool whose buffers nobody else gets and that keeps them until it retires. */
  reserve(): BufferPool {
    return this.#newPool(Number.POSITIVE_INFINITY);
  }

  trim(): void {
    this.#pool.trim();
  }

  #newPool(freeBudgetBytes: number): BufferPool {
    const { create, destroy, largestBytes } = this.#options;
    return new BufferPool({ create, onDestroy: destroy, freeBudgetBytes, largestBytes, ledger: this.ledger });
  }
}

/** A memory budget in bytes, none being infinite. @throws {TensorError} `ARGUMENT` */
export function checkedBudget(bytes: number = Number.POSITIVE_INFINITY): number {
  if (bytes > 0) return bytes;
  throw new TensorError(
    'ARGUMENT',
    `device: memoryBudgetBytes must be a positive number, got ${bytes}. Leave it out for no budget.`,
  );
}
