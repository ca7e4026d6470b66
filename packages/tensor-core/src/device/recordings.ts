import type { BufferPool } from '../runtime/buffer-pool';
import type { CommandObserver } from '../runtime/command-observer';
import type { CommandQueue } from '../runtime/command-queue';
import type { Command } from '../runtime/commands';
import type { Storage } from '../runtime/storage';
import type { DeviceMemory, MemorySource } from './device-memory';
import type { FailureLog } from './failure-log';

/** What captured steps need of a device: to watch commands go by, to hold memory, to issue commands again. */
export class Recordings {
  readonly #queue: CommandQueue;
  readonly #memory: DeviceMemory;
  readonly #failures: FailureLog;

  constructor(queue: CommandQueue, memory: DeviceMemory, failures: FailureLog) {
    this.#queue = queue;
    this.#memory = memory;
    this.#failures = failures;
  }

  /** Whether a captured step is being recorded. */
  get active(): boolean {
    return this.#queue.observer !== null;
  }

  /**
   * Runs `work` with `recorder` told of its commands and giving out its memory.
   *
   * @returns the result, and the bytes that were live at the most besides what was live before
   */
  record<T>(recorder: CommandObserver & MemorySource, work: () => T): { result: T; bytes: number } {
    const { ledger, usage } = this.#memory;
    const before = usage.liveBytes;
    const watch = ledger.watchPeak();
    this.#queue.observer = recorder;
    this.#memory.source = recorder;
    try {
      const result = work();
      return { result, bytes: watch.end() - before };
    } finally {
      watch.end();
      this.#queue.observer = null;
      this.#memory.source = null;
    }
  }

  /** Commands as {@link replay} takes them, and how to let go of them. */
  keep(commands: readonly Command[]): { commands: Command[]; release(): void } {
    return this.#queue.keep(commands);
  }

  /**
   * Issues commands of an earlier recording once more.
   *
   * @param storages all the memory they refer to
   * @param bytes what {@link record} said of them, for the peak
   */
  replay(commands: readonly Command[], storages: Iterable<Storage>, bytes: number): void {
    this.#failures.check();
    this.#queue.replay(commands, storages);
    this.#memory.ledger.touched(bytes);
  }

  /** A pool of memory of one's own, in the books of the device. */
  reserve(): BufferPool {
    return this.#memory.reserve();
  }
}
