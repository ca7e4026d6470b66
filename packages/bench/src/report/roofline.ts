import type { DeviceRoofs } from '@bravais/tensor-core';
import type { KernelTime } from '../kernels/measure-case';

/** A kernel against the roofs of its adapter. */
export interface Roofline {
  readonly kernel: string;
  readonly ms: number;
  readonly gigaflopsPerSecond: number;
  readonly gigabytesPerSecond: number;
  /** Which roof is the lower one for its operations and bytes. */
  readonly bound: 'compute' | 'memory';
  /** Least possible time / reached time. Above 1 where the operands stay in caches, which the memory roof does not. */
  readonly share: number;
}

/** Reached over possible: t ≥ max(operations / compute roof, bytes / memory roof). */
export function roofline({ kernel, ms, flops, bytes }: KernelTime, roofs: DeviceRoofs): Roofline {
  const computeMs = flops / roofs.gigaflopsPerSecond / 1e6;
  const memoryMs = bytes / roofs.gigabytesPerSecond / 1e6;
  return {
    kernel,
    ms,
    gigaflopsPerSecond: flops / ms / 1e6,
    gigabytesPerSecond: bytes / ms / 1e6,
    bound: computeMs > memoryMs ? 'compute' : 'memory',
    share: Math.max(computeMs, memoryMs) / ms,
  };
}
