import type { DeviceRoofs } from '@bravais/tensor-core';
import type { FixedCosts } from '../fixed-costs/line';
import type { KernelTime } from '../kernels/measure-case';
import type { Peer } from '../peers/peers';
import type { Machine } from '../runner/machine';
import type { Failure, Row } from '../runner/standings';
import type { SizeFailure, SizeTime } from '../sizes/line';
import type { Start } from '../start/measure-start';

/** Rooflines of the kernels on one adapter. */
export interface KernelReport {
  readonly adapter: string;
  readonly roofs: DeviceRoofs;
  readonly kernels: readonly KernelTime[];
  readonly failures: readonly { readonly kernel: string; readonly error: string }[];
}

/** Everyone's times on the workloads. */
export interface WorkloadReport {
  readonly rounds: number;
  readonly peers: readonly (Pick<Peer, 'name' | 'language'> & { readonly version: string | null })[];
  readonly rows: readonly Row[];
  readonly failures: readonly Failure[];
}

/** The workloads at sizes around their own. */
export interface SizeReport {
  readonly adapter: string;
  readonly sizes: readonly SizeTime[];
  readonly failures: readonly SizeFailure[];
}

/** What `benchmarks.json` holds; a part that was not asked for is absent. */
export interface BenchDocument {
  /** The command that wrote it. */
  readonly command: string;
  /** Day of the run, `2026-11-23`. */
  readonly date: string;
  readonly machine: Machine;
  readonly workloads?: WorkloadReport;
  readonly sizes?: SizeReport;
  readonly kernels?: KernelReport;
  readonly fixedCosts?: FixedCosts;
  readonly start?: readonly Start[];
}
