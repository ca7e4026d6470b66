import { DeviceError } from '../errors';
import { BindGroupCache } from '../runtime/bind-groups';
import { CommandQueue } from '../runtime/command-queue';
import { linearGrid } from '../runtime/grid';
import { type Kernel, packParams } from '../runtime/kernel';
import { type Constants, PipelineCache } from '../runtime/pipelines';
import { StagingPool } from '../runtime/readback';
import type { Storage } from '../runtime/storage';
import type { AdapterDescription } from './describe';
import { checkedBudget, DeviceMemory } from './device-memory';
import { FailureLog } from './failure-log';
import { withinLayer } from './layers';
import { type Profile, profileWork } from './profile';
import { Recordings } from './recordings';
import { type DeviceOptions, type DeviceStats, type LaunchRequest, traceEvent } from './requests';

/**
 * A GPU with its caches: ops record launches on it and return at once; values are waited for only where
 * they are read. All memory of its tensors is pooled here.
 */
export class Device {
  readonly gpu: GPUDevice;
  readonly adapter: AdapterDescription;
  /** Largest tensor in bytes: one storage binding. */
  readonly largestTensorBytes: number;
  /** What captured steps are made with. */
  readonly recordings: Recordings;
  readonly #memory: DeviceMemory;
  readonly #groups: BindGroupCache;
  readonly #pipelines: PipelineCache;
  readonly #queue: CommandQueue;
  readonly #staging: StagingPool;
  readonly #failures: FailureLog;
  readonly #waitFor: <T>(promise: Promise<T>) => Promise<T>;

  constructor(gpu: GPUDevice, adapter: AdapterDescription, immediates: boolean, options: DeviceOptions = {}) {
    this.gpu = gpu;
    this.adapter = adapter;
    this.largestTensorBytes = Math.min(gpu.limits.maxStorageBufferBindingSize, gpu.limits.maxBufferSize);
    this.#failures = new FailureLog(gpu);
    this.#groups = new BindGroupCache(gpu);
    this.#pipelines = new PipelineCache(gpu, immediates, (what, create) =>
      this.#failures.guard(what, create),
    );
    const { trace } = options;
    this.#queue = new CommandQueue(
      gpu,
      this.#groups,
      immediates,
      trace && ((launch) => trace(traceEvent(launch))),
    );
    this.#staging = new StagingPool(gpu);
    this.#waitFor = options.waitFor ?? ((promise) => promise);
    this.#memory = new DeviceMemory({
      create: (size, label) =>
        this.#failures.guard(label, () => this.gpu.createBuffer({ label, size, usage: STORAGE_USAGE })),
      destroy: (storage) => this.#destroy(storage),
      largestBytes: this.largestTensorBytes,
      freeBudgetBytes: options.freeBudgetBytes ?? 512 * 2 ** 20,
      budgetBytes: checkedBudget(options.memoryBudgetBytes),
    });
    this.recordings = new Recordings(this.#queue, this.#memory, this.#failures);
  }

  get stats(): DeviceStats {
    return { ...this.#memory.usage, launches: this.#queue.launches, submits: this.#queue.submits };
  }

  /**
   * Memory of at least `bytes` with unspecified contents; `label` names it in errors.
   *
   * @throws {MemoryBudgetError} where it would pass `DeviceOptions.memoryBudgetBytes`
   */
  allocate(bytes: number, label: string): Storage {
    this.#failures.check();
    return this.#memory.allocate(bytes, label);
  }

  /** Memory for a host write that need not wait for what is recorded. */
  allocateForWrite(bytes: number, label: string): Storage {
    this.#failures.check();
    return this.#memory.allocateForWrite(bytes, label, this.#queue.batch);
  }

  release(storage: Storage): void {
    storage.pool.release(storage);
  }

  /** Records one kernel launch. A grid with a zero extent launches nothing. */
  launch({ kernel, constants, bindings, params, groups, flops }: LaunchRequest): void {
    this.#failures.check();
    const grid =
      typeof groups === 'number'
        ? linearGrid(groups, this.gpu.limits.maxComputeWorkgroupsPerDimension)
        : groups;
    if (grid[0] * grid[1] * grid[2] === 0) return;
    const pipeline = this.#pipelines.get(kernel, constants);
    let bytes = 0;
    for (const { storage, byteLength } of bindings) bytes += byteLength ?? storage.capacity;
    this.#queue.launch(
      pipeline,
      bindings,
      params ? packParams(kernel, params) : null,
      grid,
      bytes,
      flops ?? 0,
    );
  }

  /** Records a copy between two stretches of device memory; offsets and bytes are multiples of 4. */
  copy(from: Storage, fromOffset: number, to: Storage, toOffset: number, bytes: number): void {
    this.#failures.check();
    this.#queue.copy(from, fromOffset, to, toOffset, bytes);
  }

  /** Records zeroing of a stretch of device memory; offset and bytes are multiples of 4. */
  clear(storage: Storage, offset: number, bytes: number): void {
    this.#failures.check();
    this.#queue.clear(storage, offset, bytes);
  }

  /** Sends host bytes to device memory, ordered after all launches recorded so far. */
  write(storage: Storage, offset: number, bytes: ArrayBufferView<ArrayBuffer>): void {
    this.#failures.check();
    this.#queue.write(storage, offset, bytes);
  }

  /** Submits what is recorded without waiting for it. */
  flush(): void {
    this.#failures.check();
    this.#failures.guard('submit', () => this.#queue.flush());
  }

  /** Submits what is recorded and waits until the GPU has done it. */
  async synchronize(): Promise<void> {
    this.#queue.observer?.waited();
    this.flush();
    await this.#waitFor(this.gpu.queue.onSubmittedWorkDone());
    await this.#failures.settle();
  }

  /** Reads stretches of device memory, all in one submit. */
  async read(
    ranges: readonly { storage: Storage; byteOffset: number; bytes: number }[],
  ): Promise<ArrayBuffer[]> {
    this.#failures.check();
    const staged = ranges.map(({ storage, byteOffset, bytes }) => {
      if (bytes === 0) return null;
      const staging = this.#staging.acquire(bytes);
      this.#queue.copyOut(storage, byteOffset, staging, Math.ceil(bytes / 4) * 4);
      return { staging, bytes };
    });
    this.flush();
    const mapped = staged.flatMap((item) =>
      item ? [item.staging.mapAsync(GPUMapMode.READ, 0, Math.ceil(item.bytes / 4) * 4)] : [],
    );
    try {
      await this.#waitFor(Promise.all(mapped));
    } catch (cause) {
      await this.#failures.settle();
      throw new DeviceError('INTERNAL', `read: the device did not hand the values back (${String(cause)}).`, {
        cause,
      });
    }
    await this.#failures.settle();
    return staged.map((item) =>
      item ? this.#staging.collect(item.staging, item.bytes) : new ArrayBuffer(0),
    );
  }

  /**
   * Compiles kernels at the same time where the driver can, before their first use would wait for each in turn.
   *
   * @throws {DeviceError} `KERNEL` where one is rejected
   */
  async prepare(
    kernels: readonly { readonly kernel: Kernel; readonly constants?: Constants }[],
  ): Promise<void> {
    this.#failures.check();
    await this.#waitFor(
      Promise.all(kernels.map(({ kernel, constants }) => this.#pipelines.prepare(kernel, constants))),
    );
  }

  /** Compiles a kernel and throws a `DeviceError` that names `file:line:column` where it is rejected. */
  validate(kernel: Kernel): Promise<void> {
    return this.#pipelines.validate(kernel);
  }

  /** Runs `work` with a timestamp around every launch and returns its result with the time of each kernel and layer. */
  async profile<T>(work: () => T | Promise<T>): Promise<Profile<T>> {
    this.flush();
    return profileWork(this.gpu, this.#queue, () => this.synchronize(), this.#waitFor, work);
  }

  /** Runs `work` and returns its result with the most bytes of live tensors at any moment of it. */
  async measurePeak<T>(work: () => T | Promise<T>): Promise<{ result: T; peakLiveBytes: number }> {
    const watch = this.#memory.ledger.watchPeak();
    try {
      const result = await work();
      return { result, peakLiveBytes: watch.end() };
    } finally {
      watch.end();
    }
  }

  /**
   * Labels the launches of `work`, and those of the gradients of its ops, with a layer's name: rows of
   * {@link profile} and of `trace`. Inside another layer the names join, `structure/conv1`.
   *
   * @example
   * ```ts
   * const hidden = device.layer('encoder', () => mlp(parameters.tree, x, 0, null));
   * ```
   */
  layer<T>(name: string, work: () => T): T {
    const outer = this.#queue.layer;
    return withinLayer(this.#queue, outer === '' ? name : `${outer}/${name}`, work);
  }

  /** Path of the layer that launches belong to now; empty outside of layers. */
  get layerPath(): string {
    return this.#queue.layer;
  }

  /** Labels the launches of `work` with a whole path, wherever it runs: for gradients. */
  atLayer<T>(path: string, work: () => T): T {
    return withinLayer(this.#queue, path, work);
  }

  /** Gives released memory back to the driver. */
  trim(): void {
    this.#memory.trim();
  }

  /** Ends the device; every later call on it throws `LOST`. */
  destroy(): void {
    this.gpu.destroy();
  }

  #destroy(storage: Storage): void {
    if (storage.lastBatch === this.#queue.batch) this.#queue.flush();
    this.#groups.forget(storage);
    storage.buffer.destroy();
  }
}

/** STORAGE | COPY_DST | COPY_SRC of `GPUBufferUsage`. */
const STORAGE_USAGE = 0x80 | 0x08 | 0x04;
