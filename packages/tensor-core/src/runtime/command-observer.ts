import type { Binding } from './bind-groups';
import type { Clear, Copy, Launch } from './commands';
import type { Storage } from './storage';

/** Is told of everything that goes into a command queue, in order: what a captured step is made of. */
export interface CommandObserver {
  launched(launch: Launch, bindings: readonly Binding[]): void;
  copied(copy: Copy, from: Storage, to: Storage): void;
  cleared(clear: Clear, storage: Storage): void;
  /** Host bytes are about to be written. */
  wrote(storage: Storage, offset: number, bytes: ArrayBufferView<ArrayBuffer>): void;
  /** Values are about to be read back. */
  read(storage: Storage): void;
  /** The GPU is about to be waited for. */
  waited(): void;
}
