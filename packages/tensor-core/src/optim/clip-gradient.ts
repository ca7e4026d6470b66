import { defineLaneKernel, laneVariant } from '../ops/reduce/lanes';
import { empty, scoped, type Tensor } from '../tensor';
import clipScaleSource from './clip-scale.wgsl';
import squareSumsSource from './square-sums.wgsl';

/** All gradients of a step in the layout of the parameters. */
export interface FlatGradient {
  readonly flat: Tensor;
  /** One number that the optimiser multiplies the gradient by: gradient clipping. */
  readonly scale: Tensor;
  /** ‖g‖₂ over all parameters before clipping, one number. */
  readonly norm: Tensor;
}

/** Keeps clipping finite at a zero gradient, as in PyTorch's `clip_grad_norm_`. */
const NORM_EPSILON = 1e-6;
/** Quads that one unit adds up. */
const CHUNK = 1_024;

const squareSums = defineLaneKernel({
  name: 'gradient-square-sums',
  source: [squareSumsSource],
  bindings: ['read', 'write'],
  params: ['u32', 'u32'],
});

const clipScale = defineLaneKernel({
  name: 'gradient-clip-scale',
  source: [clipScaleSource],
  bindings: ['read', 'write', 'write'],
  params: ['u32', 'f32', 'f32'],
});

/**
 * ‖g‖₂ and scale = min(1, clipNorm / (‖g‖₂ + 1e-6)) of a flat gradient, in two launches. Nothing is read back.
 *
 * @param flat in the layout of `packParameters`: whole quads, gaps zero
 * @param clipNorm largest norm, or `null` for no clipping
 */
export function clipGradient(flat: Tensor, clipNorm: number | null): FlatGradient {
  const { device } = flat;
  const quads = flat.size / 4;
  const parts = Math.ceil(quads / CHUNK);
  return scoped(device, () => {
    const sums = empty(device, [parts], 'f32', 'gradient norm');
    const norm = empty(device, [], 'f32', 'gradient norm');
    const scale = empty(device, [1], 'f32', 'gradient scale');
    const adding = laneVariant(device, squareSums);
    device.launch({
      ...adding,
      bindings: [flat.binding, sums.binding],
      params: [quads, CHUNK],
      groups: Math.ceil(parts / adding.constants.UNITS),
      flops: 2 * flat.size,
    });
    device.launch({
      ...laneVariant(device, clipScale),
      bindings: [sums.binding, norm.binding, scale.binding],
      params: [parts, clipNorm ?? 0, NORM_EPSILON],
      groups: 1,
    });
    return { flat, norm, scale };
  });
}
