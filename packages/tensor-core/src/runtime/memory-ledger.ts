import { MemoryBudgetError } from './memory-budget-error';

/** What pools hold, in buffers and bytes. */
export interface PoolUsage {
  liveBuffers: number;
  liveBytes: number;
  freeBuffers: number;
  freeBytes: number;
  peakLiveBytes: number;
}

/** The books of all pools of a device: what is live, what is free, the peaks, and the budget. */
export class MemoryLedger {
  readonly usage: PoolUsage = {
    liveBuffers: 0,
    liveBytes: 0,
    freeBuffers: 0,
    freeBytes: 0,
    peakLiveBytes: 0,
  };
  readonly #budgetBytes: number;
  readonly #relieve: () => void;
  readonly #stretches = new Set<{ peakLiveBytes: number }>();
  #nextId = 1;

  /** @param relieve destroys free buffers that nobody counts on; called before a request is refused */
  constructor(budgetBytes: number = Number.POSITIVE_INFINITY, relieve: () => void = () => {}) {
    this.#budgetBytes = budgetBytes;
    this.#relieve = relieve;
  }

  /**
   * The number of a new buffer, unique on the device.
   *
   * @throws {MemoryBudgetError} where `bytes` more would pass the budget
   */
  admit(bytes: number, label: string): number {
    if (this.#over(bytes)) this.#relieve();
    if (this.#over(bytes)) {
      throw new MemoryBudgetError({
        label,
        requestedBytes: bytes,
        liveBytes: this.usage.liveBytes,
        reservedBytes: this.usage.freeBytes,
        budgetBytes: this.#budgetBytes,
      });
    }
    return this.#nextId++;
  }

  /** Memory in use from now on; `recycled` where it was free before. */
  acquired(bytes: number, recycled: boolean): void {
    const { usage } = this;
    if (recycled) this.destroyed(bytes);
    usage.liveBuffers++;
    usage.liveBytes += bytes;
    this.touched(0);
  }

  /** Memory that is free from now on. */
  released(bytes: number): void {
    const { usage } = this;
    usage.liveBuffers--;
    usage.liveBytes -= bytes;
    usage.freeBuffers++;
    usage.freeBytes += bytes;
  }

  /** Free memory that is gone. */
  destroyed(bytes: number): void {
    this.usage.freeBuffers--;
    this.usage.freeBytes -= bytes;
  }

  /** Notes a moment at which `bytes` were in use besides what is live. */
  touched(bytes: number): void {
    const now = this.usage.liveBytes + bytes;
    this.usage.peakLiveBytes = Math.max(this.usage.peakLiveBytes, now);
    for (const stretch of this.#stretches) stretch.peakLiveBytes = Math.max(stretch.peakLiveBytes, now);
  }

  /** Starts to watch the peak; `end` gives the most bytes live since. */
  watchPeak(): { end(): number } {
    const stretch = { peakLiveBytes: this.usage.liveBytes };
    this.#stretches.add(stretch);
    return {
      end: () => {
        this.#stretches.delete(stretch);
        return stretch.peakLiveBytes;
      },
    };
  }

  #over(bytes: number): boolean {
    return this.usage.liveBytes + this.usage.freeBytes + bytes > this.#budgetBytes;
  }
}
