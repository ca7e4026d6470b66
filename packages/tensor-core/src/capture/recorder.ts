import type { MemorySource } from '../device/device-memory';
import type { Binding } from '../runtime/bind-groups';
import type { BufferPool } from '../runtime/buffer-pool';
import type { CommandObserver } from '../runtime/command-observer';
import type { Clear, Command, Copy, Launch } from '../runtime/commands';
import type { Storage } from '../runtime/storage';
import { type CaptureFallback, fallback } from './fallback';

/** Memory as a recording knows it: the how-manieth that was made inside, or one from outside. */
export type MemoryName = number | Storage;

/** Part of some memory. */
export interface MemoryRange {
  readonly memory: MemoryName;
  readonly byteOffset: number;
  readonly byteLength: number | undefined;
}

/** A command with the memory it refers to, comparable between two recordings of one step. */
export interface RecordedCommand {
  readonly command: Command;
  readonly ranges: readonly MemoryRange[];
}

/** Host values that became a tensor inside the step. */
export interface Upload {
  readonly memory: MemoryName;
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** Where a captured step's memory comes from. */
export interface StepMemory {
  /** For what is dead after the call; all recordings of the step share it. */
  readonly intermediates: BufferPool;
  /** For what must last between calls: inputs and uploaded constants. */
  readonly lasting: BufferPool;
}

/** Writes down one run of a step and gives it its memory. */
export class Recorder implements CommandObserver, MemorySource {
  readonly #memory: StepMemory;
  /** Number of the latest giving out of each memory: it is given out again once its tensor is gone. */
  readonly #made = new Map<Storage, number>();
  #count = 0;
  readonly #uploaded = new Set<Storage>();
  readonly #outside = new Set<Storage>();
  readonly commands: RecordedCommand[] = [];
  readonly uploads: Upload[] = [];
  /** All memory that commands refer to. */
  readonly storages: Set<Storage> = new Set();
  /** What makes the run impossible to replay, whatever comes. */
  obstacle: CaptureFallback | null = null;

  constructor(memory: StepMemory) {
    this.#memory = memory;
  }

  allocate(bytes: number, label: string): Storage {
    return this.#named(this.#memory.intermediates.acquire(bytes, label));
  }

  allocateForWrite(bytes: number, label: string, batch: number): Storage {
    const storage = this.#named(this.#memory.lasting.acquire(bytes, label, batch));
    // Held, so that nothing else is put there as long as the recording may be replayed.
    storage.users++;
    this.#uploaded.add(storage);
    return storage;
  }

  launched(launch: Launch, bindings: readonly Binding[]): void {
    const { name, bindings: access } = launch.pipeline.kernel;
    bindings.forEach(({ storage }, index) => {
      if (access[index] === 'write') this.#overwritten(storage, `kernel ${name}`, name);
    });
    const ranges = bindings.map(({ storage, byteOffset, byteLength }) => {
      return { memory: this.#name(storage), byteOffset, byteLength };
    });
    this.commands.push({ command: launch, ranges });
  }

  copied(copy: Copy, from: Storage, to: Storage): void {
    this.#overwritten(to, 'a copy', null);
    const ranges = [
      { memory: this.#name(from), byteOffset: copy.fromOffset, byteLength: undefined },
      { memory: this.#name(to), byteOffset: copy.toOffset, byteLength: undefined },
    ];
    this.commands.push({ command: copy, ranges });
  }

  cleared(clear: Clear, storage: Storage): void {
    this.#overwritten(storage, 'a clear', null);
    const range = { memory: this.#name(storage), byteOffset: clear.offset, byteLength: undefined };
    this.commands.push({ command: clear, ranges: [range] });
  }

  wrote(storage: Storage, offset: number, bytes: ArrayBufferView<ArrayBuffer>): void {
    const memory = this.#name(storage);
    if (!this.#uploaded.has(storage) || offset !== 0 || this.uploads.some((each) => each.memory === memory)) {
      this.#hindered(
        fallback('WRITE', `no host values to be written inside the step, got a write into ${storage.label}`),
      );
      return;
    }
    const copy = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength).slice();
    this.uploads.push({ memory, label: storage.label, bytes: copy });
  }

  read(storage: Storage): void {
    this.#hindered(fallback('READ', `no values to be read inside the step, got a read of ${storage.label}`));
  }

  waited(): void {
    this.#hindered(fallback('WAIT', 'no wait for the GPU inside the step, got one'));
  }

  /** Lets go of constants and of tensors from outside: the recording will not be replayed. */
  release(): void {
    for (const held of [this.#uploaded, this.#outside]) {
      for (const storage of held) storage.pool.release(storage);
      held.clear();
    }
  }

  #named(storage: Storage): Storage {
    this.#made.set(storage, this.#count++);
    return storage;
  }

  #name(storage: Storage): MemoryName {
    this.storages.add(storage);
    const made = this.#made.get(storage);
    if (made !== undefined) return made;
    if (!this.#outside.has(storage)) {
      // Held from the first call on, so that another tensor is not taken for this one because it got its memory.
      storage.users++;
      this.#outside.add(storage);
    }
    return storage;
  }

  #overwritten(storage: Storage, by: string, kernel: string | null): void {
    if (!this.#uploaded.has(storage)) return;
    const found = `values uploaded inside the step to stay as they are, got ${storage.label} overwritten by ${by}`;
    this.#hindered(fallback('WRITE', found, kernel));
  }

  #hindered(obstacle: CaptureFallback): void {
    this.obstacle ??= obstacle;
  }
}
