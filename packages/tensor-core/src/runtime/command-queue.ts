import type { BindGroupCache, Binding } from './bind-groups';
import type { CommandObserver } from './command-observer';
import { type Clear, type Command, type Copy, encodeCommands, type Launch } from './commands';
import type { Grid } from './grid';
import type { Pipeline } from './pipelines';
import type { PassTimer } from './profiler';
import type { Storage } from './storage';

/** Launches kept before they are submitted unasked, so that the driver is never idle for long. */
const MOST_PENDING = 1_024;

/** Records launches and sends them to the GPU in one command buffer, consecutive launches in one pass. */
export class CommandQueue {
  readonly #gpu: GPUDevice;
  readonly #groups: BindGroupCache;
  readonly #immediates: boolean;
  readonly #onLaunch: ((launch: Launch) => void) | undefined;
  #pending: Command[] = [];
  /** Index of the batch being recorded. */
  batch = 0;
  launches = 0;
  submits = 0;
  timer: PassTimer | null = null;
  observer: CommandObserver | null = null;
  /** Path of the layer that launches belong to from now on. */
  layer = '';

  /** @param onLaunch called for every launch, recorded or replayed */
  constructor(
    gpu: GPUDevice,
    groups: BindGroupCache,
    immediates: boolean,
    onLaunch?: (launch: Launch) => void,
  ) {
    this.#gpu = gpu;
    this.#groups = groups;
    this.#immediates = immediates;
    this.#onLaunch = onLaunch;
  }

  launch(
    pipeline: Pipeline,
    bindings: readonly Binding[],
    params: ArrayBuffer | null,
    grid: Grid,
    bytes: number,
    flops: number,
  ): void {
    const group = this.#groups.storage(pipeline, bindings);
    for (const { storage } of bindings) storage.lastBatch = this.batch;
    const { layer } = this;
    const launch: Launch = {
      kind: 'launch',
      pipeline,
      group,
      params,
      paramsGroup: null,
      grid,
      bytes,
      flops,
      layer,
    };
    this.observer?.launched(launch, bindings);
    this.#onLaunch?.(launch);
    this.launches++;
    this.#push(launch);
  }

  copy(from: Storage, fromOffset: number, to: Storage, toOffset: number, bytes: number): void {
    if (bytes === 0) return;
    from.lastBatch = this.batch;
    to.lastBatch = this.batch;
    const copy: Copy = { kind: 'copy', from: from.buffer, fromOffset, to: to.buffer, toOffset, bytes };
    this.observer?.copied(copy, from, to);
    this.#push(copy);
  }

  copyOut(from: Storage, fromOffset: number, staging: GPUBuffer, bytes: number): void {
    this.observer?.read(from);
    from.lastBatch = this.batch;
    this.#push({ kind: 'copy', from: from.buffer, fromOffset, to: staging, toOffset: 0, bytes });
  }

  clear(storage: Storage, offset: number, bytes: number): void {
    if (bytes === 0) return;
    storage.lastBatch = this.batch;
    const clear: Clear = { kind: 'clear', buffer: storage.buffer, offset, bytes };
    this.observer?.cleared(clear, storage);
    this.#push(clear);
  }

  /** Host bytes into device memory, ordered after everything recorded so far. */
  write(storage: Storage, offset: number, bytes: ArrayBufferView<ArrayBuffer>): void {
    if (bytes.byteLength === 0) return;
    this.observer?.wrote(storage, offset, bytes);
    if (storage.lastBatch === this.batch) this.flush();
    this.#gpu.queue.writeBuffer(storage.buffer, offset, bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Records commands of an earlier recording once more; `storages` is all the memory they refer to. */
  replay(commands: readonly Command[], storages: Iterable<Storage>): void {
    for (const command of commands) {
      this.#pending.push(command);
      if (command.kind !== 'launch') continue;
      this.launches++;
      this.#onLaunch?.(command);
    }
    for (const storage of storages) storage.lastBatch = this.batch;
    if (this.#pending.length >= MOST_PENDING) this.flush();
  }

  /** Submits what is recorded. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const pending = this.#pending;
    this.#pending = [];
    this.batch++;
    this.submits++;
    const encoder = this.#gpu.createCommandEncoder({ label: `batch ${this.batch}` });
    encodeCommands(encoder, pending, this.#groups, this.#immediates, this.timer);
    this.timer?.resolve(encoder);
    this.#gpu.queue.submit([encoder.finish()]);
    this.#groups.trimParams();
  }

  /** Commands that can be replayed without looking their params up, and how to let go of what that takes. */
  keep(commands: readonly Command[]): { commands: Command[]; release(): void } {
    if (this.#immediates) return { commands: [...commands], release: () => {} };
    const owned: GPUBuffer[] = [];
    const kept = commands.map((command): Command => {
      if (command.kind !== 'launch' || !command.params) return command;
      const { group, buffer } = this.#groups.createParams(command.pipeline, command.params);
      owned.push(buffer);
      return { ...command, paramsGroup: group };
    });
    const release = (): void => {
      this.flush();
      for (const buffer of owned) buffer.destroy();
    };
    return { commands: kept, release };
  }

  #push(command: Command): void {
    this.#pending.push(command);
    if (this.#pending.length >= MOST_PENDING) this.flush();
  }
}
