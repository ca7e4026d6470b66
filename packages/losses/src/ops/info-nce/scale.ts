import type { Tensor } from '@bravais/tensor-core';

/** Largest factor a learned temperature may reach: log 100, as in CLIP. */
export const MAX_LOG_SCALE: number = Math.log(100);

/** 1/τ, or one value log(1/τ) on the device that is learned. */
export type Scale = number | Tensor;
