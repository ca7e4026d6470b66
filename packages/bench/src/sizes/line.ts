import type { Workload } from '../workloads/workloads';

/** A workload at one size. */
export interface SizedWork {
  /** The workload whose own size this one is held against. */
  readonly work: Workload;
  /** The extents, in words. */
  readonly size: string;
  /** Whether this is the workload's own size, at which the peers are met. */
  readonly reference: boolean;
  /** Of the products of the formula, two for a multiplication and its addition; nothing that is computed again counts. */
  readonly operations: number;
}

/** Wall-clock times of its runs. */
export interface SizeTime extends SizedWork {
  readonly bestMs: number;
  readonly medianMs: number;
}

/** Why there is no time. */
export interface SizeFailure {
  /** Workload and size, or the process. */
  readonly what: string;
  readonly error: string;
}

/** What the process prints, one JSON document a line: the adapter, then each size. */
export type SizeLine = { readonly adapter: string } | SizeTime | SizeFailure;
