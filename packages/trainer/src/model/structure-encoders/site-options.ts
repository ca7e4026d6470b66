import type { Pooling } from '@bravais/graph-nn';
import type { Device, Tensor } from '@bravais/tensor-core';
import { elementColumns, uploadElements } from './element-rows';

/** What encoders of sites and their distances have in common in an experiment. */
export interface SiteOptions {
  /** Features that expand an interatomic distance. */
  readonly distanceBins: number;
  /** How atoms become a crystal; `'mean'` where left out. */
  readonly pooling?: Pooling;
  /** Add tabulated properties of an element to the row that is learned for it. */
  readonly elementProperties: boolean;
  /** Fraction of features dropped while training. */
  readonly dropout: number;
}

/** The part of them that sets what parameters there are. */
export function siteSizes({ distanceBins, elementProperties, pooling }: SiteOptions): {
  readonly distanceBins: number;
  readonly elementProperties: number;
  readonly pooling?: Pooling;
} {
  return {
    distanceBins,
    elementProperties: elementColumns(elementProperties),
    ...(pooling ? { pooling } : {}),
  };
}

/** The part of them that goes into every call beside the graph; tensors belong to the caller's scope. */
export function siteConstants(
  device: Device,
  { elementProperties, pooling }: SiteOptions,
): { readonly elements?: Tensor; readonly pooling?: Pooling } {
  return { ...uploadElements(device, elementProperties), ...(pooling ? { pooling } : {}) };
}
