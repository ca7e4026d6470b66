import type { BindGroupCache, Binding } from './bind-groups';
import type { Grid } from './grid';
import type { Pipeline } from './pipelines';
import type { PassTimer } from './profiler';
import type { Storage } from './storage';

/** One recorded kernel launch. */
export interface Launch {
  readonly pipeline: Pipeline;
  readonly group: GPUBindGroup;
  readonly params: ArrayBuffer | null;
  readonly grid: Grid;
  /** Bytes the launch can read and write, and its floating-point operations where known. */
  readonly bytes: number;
  readonly flops: number;
}

/** A recorded copy or clear between launches. */
export type Transfer =
  | {
      readonly kind: 'copy';
      readonly from: GPUBuffer;
      readonly fromOffset: number;
      readonly to: GPUBuffer;
      readonly toOffset: number;
      readonly bytes: number;
    }
  | { readonly kind: 'clear'; readonly buffer: GPUBuffer; readonly offset: number; readonly bytes: number };

/** Launches kept before they are submitted unasked, so that the driver is never idle for long. */
const MOST_PENDING = 1_024;

/** Records launches and sends them to the GPU in one command buffer, consecutive launches in one pass. */
export class CommandQueue {
  readonly #gpu: GPUDevice;
  readonly #groups: BindGroupCache;
  readonly #immediates: boolean;
  #pending: (Launch | Transfer)[] = [];
  /** Index of the batch being recorded. */
  batch = 0;
  launches = 0;
  submits = 0;
  timer: PassTimer | null = null;

  constructor(gpu: GPUDevice, groups: BindGroupCache, immediates: boolean) {
    this.#gpu = gpu;
    this.#groups = groups;
    this.#immediates = immediates;
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
    this.#pending.push({ pipeline, group, params, grid, bytes, flops });
    this.launches++;
    if (this.#pending.length >= MOST_PENDING) this.flush();
  }

  copy(from: Storage, fromOffset: number, to: Storage, toOffset: number, bytes: number): void {
    if (bytes === 0) return;
    from.lastBatch = this.batch;
    to.lastBatch = this.batch;
    this.#pending.push({ kind: 'copy', from: from.buffer, fromOffset, to: to.buffer, toOffset, bytes });
  }

  copyOut(from: Storage, fromOffset: number, staging: GPUBuffer, bytes: number): void {
    from.lastBatch = this.batch;
    this.#pending.push({ kind: 'copy', from: from.buffer, fromOffset, to: staging, toOffset: 0, bytes });
  }

  clear(storage: Storage, offset: number, bytes: number): void {
    if (bytes === 0) return;
    storage.lastBatch = this.batch;
    this.#pending.push({ kind: 'clear', buffer: storage.buffer, offset, bytes });
  }

  /** Host bytes into device memory, ordered after everything recorded so far. */
  write(storage: Storage, offset: number, bytes: ArrayBufferView<ArrayBuffer>): void {
    if (bytes.byteLength === 0) return;
    if (storage.lastBatch === this.batch) this.flush();
    this.#gpu.queue.writeBuffer(storage.buffer, offset, bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Submits what is recorded. */
  flush(): void {
    if (this.#pending.length === 0) return;
    const pending = this.#pending;
    this.#pending = [];
    this.batch++;
    this.submits++;
    const encoder = this.#gpu.createCommandEncoder({ label: `batch ${this.batch}` });
    let pass: GPUComputePassEncoder | null = null;
    for (const command of pending) {
      if ('kind' in command) {
        pass?.end();
        pass = null;
        encodeTransfer(encoder, command);
        continue;
      }
      const timestampWrites = this.timer?.begin(command);
      if (timestampWrites) {
        pass?.end();
        pass = encoder.beginComputePass({ label: command.pipeline.kernel.name, timestampWrites });
      } else {
        pass ??= encoder.beginComputePass();
      }
      this.#encode(pass, command);
    }
    pass?.end();
    this.timer?.resolve(encoder);
    this.#gpu.queue.submit([encoder.finish()]);
    this.#groups.trimParams();
  }

  #encode(pass: GPUComputePassEncoder, { pipeline, group, params, grid }: Launch): void {
    pass.setPipeline(pipeline.gpuPipeline);
    pass.setBindGroup(0, group);
    if (params) {
      if (this.#immediates) pass.setImmediates(0, params);
      else pass.setBindGroup(1, this.#groups.params(pipeline, params));
    }
    pass.dispatchWorkgroups(grid[0], grid[1], grid[2]);
  }
}

function encodeTransfer(encoder: GPUCommandEncoder, transfer: Transfer): void {
  if (transfer.kind === 'clear') encoder.clearBuffer(transfer.buffer, transfer.offset, transfer.bytes);
  else
    encoder.copyBufferToBuffer(
      transfer.from,
      transfer.fromOffset,
      transfer.to,
      transfer.toOffset,
      transfer.bytes,
    );
}
