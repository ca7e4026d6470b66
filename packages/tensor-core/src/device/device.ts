import { DeviceError } from '../errors';
import type { Binding } from '../runtime/bind-groups';
import { BindGroupCache } from '../runtime/bind-groups';
import { BufferPool, type PoolUsage } from '../runtime/buffer-pool';
import { CommandQueue } from '../runtime/command-queue';
import { type Grid, linearGrid } from '../runtime/grid';
import { type Kernel, packParams } from '../runtime/kernel';
import { type Constants, PipelineCache } from '../runtime/pipelines';
import { type KernelProfile, PassTimer } from '../runtime/profiler';
import { StagingPool } from '../runtime/readback';
import type { Storage } from '../runtime/storage';
import type { AdapterDescription } from './describe';
import { FailureLog } from './failure-log';

/** One kernel launch as an op asks for it. */
export interface LaunchRequest {
  readonly kernel: Kernel;
  readonly constants?: Constants;
  readonly bindings: readonly Binding[];
  readonly params?: readonly number[];
  /** Workgroups: a count laid out in two dimensions by `linearGrid`, or an explicit grid. */
  readonly groups: number | Grid;
  /** Floating-point operations, for the profiler. */
  readonly flops?: number;
}

/** What `trace` is told of each launch, in the order of recording. */
export interface TraceEvent {
  readonly kernel: string;
  readonly grid: Grid;
  readonly params: readonly number[];
  readonly bytes: number;
}

export interface DeviceOptions {
  /** Waits for a GPU promise; Node's software adapters need a sleeping wait. Default: `await`. */
  readonly waitFor?: <T>(promise: Promise<T>) => Promise<T>;
  /** Called for each recorded launch. */
  readonly trace?: (event: TraceEvent) => void;
  /** Bytes of released buffers kept for reuse. Default 512 MiB. */
  readonly freeBudgetBytes?: number;
}

/** Counts that show leaks and launch overhead. */
export interface DeviceStats extends Readonly<PoolUsage> {
  readonly launches: number;
  readonly submits: number;
}

/**
 * A GPU with its caches: ops record launches on it and return at once; values are waited for only where
 * they are read. All memory of its tensors is pooled here.
 */
export class Device {
  readonly gpu: GPUDevice;
  readonly adapter: AdapterDescription;
  /** Largest tensor in bytes: one storage binding. */
  readonly largestTensorBytes: number;
  readonly #pool: BufferPool;
  readonly #groups: BindGroupCache;
  readonly #pipelines: PipelineCache;
  readonly #queue: CommandQueue;
  readonly #staging: StagingPool;
  readonly #failures: FailureLog;
  readonly #waitFor: <T>(promise: Promise<T>) => Promise<T>;
  readonly #trace: ((event: TraceEvent) => void) | undefined;

  constructor(gpu: GPUDevice, adapter: AdapterDescription, immediates: boolean, options: DeviceOptions = {}) {
    this.gpu = gpu;
    this.adapter = adapter;
    this.largestTensorBytes = Math.min(gpu.limits.maxStorageBufferBindingSize, gpu.limits.maxBufferSize);
    this.#failures = new FailureLog(gpu);
    this.#groups = new BindGroupCache(gpu);
    this.#pipelines = new PipelineCache(gpu, immediates, (what, create) =>
      this.#failures.guard(what, create),
    );
    this.#queue = new CommandQueue(gpu, this.#groups, immediates);
    this.#staging = new StagingPool(gpu);
    this.#waitFor = options.waitFor ?? ((promise) => promise);
    this.#trace = options.trace;
    this.#pool = new BufferPool({
      create: (size, label) =>
        this.#failures.guard(label, () => this.gpu.createBuffer({ label, size, usage: STORAGE_USAGE })),
      onDestroy: (storage) => this.#destroy(storage),
      freeBudgetBytes: options.freeBudgetBytes ?? 512 * 2 ** 20,
      largestBytes: this.largestTensorBytes,
    });
  }

  get stats(): DeviceStats {
    return { ...this.#pool.usage, launches: this.#queue.launches, submits: this.#queue.submits };
  }

  /** Memory of at least `bytes` with unspecified contents; `label` names it in errors. */
  allocate(bytes: number, label: string): Storage {
    this.#failures.check();
    return this.#pool.acquire(bytes, label);
  }

  /** Memory for a host write that need not wait for what is recorded. */
  allocateForWrite(bytes: number, label: string): Storage {
    this.#failures.check();
    return this.#pool.acquire(bytes, label, this.#queue.batch);
  }

  release(storage: Storage): void {
    this.#pool.release(storage);
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
    this.#trace?.({ kernel: kernel.name, grid, params: params ?? [], bytes });
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

  /** Compiles a kernel and throws a `DeviceError` that names `file:line:column` where it is rejected. */
  validate(kernel: Kernel): Promise<void> {
    return this.#pipelines.validate(kernel);
  }

  /** Runs `work` with a timestamp around every launch and returns its result with the time of each kernel. */
  async profile<T>(work: () => T | Promise<T>): Promise<{ result: T; kernels: KernelProfile[] }> {
    if (!this.gpu.features.has('timestamp-query')) {
      throw new DeviceError(
        'VALIDATION',
        'profile: the adapter must have the feature timestamp-query, and this one has not.',
      );
    }
    this.flush();
    const timer = new PassTimer(this.gpu);
    this.#queue.timer = timer;
    try {
      const result = await work();
      await this.synchronize();
      return { result, kernels: await this.#waitFor(timer.report()) };
    } finally {
      this.#queue.timer = null;
      timer.destroy();
    }
  }

  /** Gives released memory back to the driver. */
  trim(): void {
    this.#pool.trim();
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
