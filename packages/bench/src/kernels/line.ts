import type { DeviceRoofs } from '@bravais/tensor-core';
import type { KernelTime } from './measure-case';

/** What the kernels' process prints, one JSON document a line: the roofs, a case each, the roofs again. */
export type KernelLine =
  | { readonly adapter: string; readonly roofs: DeviceRoofs }
  | KernelTime
  | { readonly kernel: string; readonly error: string };
