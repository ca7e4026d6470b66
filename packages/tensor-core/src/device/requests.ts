import type { Binding } from '../runtime/bind-groups';
import type { Launch } from '../runtime/commands';
import type { Grid } from '../runtime/grid';
import { type Kernel, unpackParams } from '../runtime/kernel';
import type { PoolUsage } from '../runtime/memory-ledger';
import type { Constants } from '../runtime/pipelines';

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
  /** As the kernel reads them: f32 params are rounded. */
  readonly params: readonly number[];
  readonly bytes: number;
  /** Path of the layer it belongs to, `structure/conv1`; empty outside of layers. */
  readonly layer: string;
}

export interface DeviceOptions {
  /** Waits for a GPU promise; Node's software adapters need a sleeping wait. Default: `await`. */
  readonly waitFor?: <T>(promise: Promise<T>) => Promise<T>;
  /** Called for each launch, recorded or replayed. */
  readonly trace?: (event: TraceEvent) => void;
  /** Bytes of released buffers kept for reuse. Default 512 MiB. */
  readonly freeBudgetBytes?: number;
  /**
   * Most bytes of tensor memory, live and kept for reuse together; the tensor that would pass it throws a
   * `MemoryBudgetError` with its op and shape. Default: no bound of our own.
   */
  readonly memoryBudgetBytes?: number;
}

/** Counts that show leaks and launch overhead. */
export interface DeviceStats extends Readonly<PoolUsage> {
  readonly launches: number;
  readonly submits: number;
}

/** A launch as `trace` is told of it. */
export function traceEvent({ pipeline: { kernel }, grid, params, bytes, layer }: Launch): TraceEvent {
  return { kernel: kernel.name, grid, params: params ? unpackParams(kernel, params) : [], bytes, layer };
}
