import type { Parameters } from '../nn/parameters';
import { defineKernel } from '../runtime/kernel';
import { type Tensor, zeros } from '../tensor';
import type { FlatGradient } from './flat-gradient';
import source from './sgd.wgsl';

const kernel = defineKernel({
  name: 'sgd',
  source,
  bindings: ['read', 'read', 'read', 'write', 'write'],
  params: ['u32', 'f32', 'f32', 'f32'],
});

/** Hyper-parameters of one SGD step. */
export interface SgdOptions {
  readonly learningRate: number;
  /** Default 0. */
  readonly momentum?: number;
  /** L2 penalty added to the gradient. Default 0. */
  readonly weightDecay?: number;
}

/** Velocity of SGD, flat like the parameters. */
export interface SgdState {
  readonly velocity: Tensor;
}

/** Velocity at zero. */
export function initSgd(parameters: Parameters<unknown>): SgdState {
  return { velocity: zeros(parameters.flat.device, parameters.flat.shape) };
}

/**
 * v ← μv + g + λp, then p ← p - lr·v, on all parameters in one launch (PyTorch's form, no dampening).
 *
 * Parameters and velocity are updated in place.
 *
 * @param decayMask 1 where weight decay applies, 0 elsewhere, flat like the parameters
 */
export function sgd(
  parameters: Parameters<unknown>,
  gradient: FlatGradient,
  decayMask: Tensor,
  state: SgdState,
  options: SgdOptions,
): SgdState {
  const { learningRate, momentum = 0, weightDecay = 0 } = options;
  const quads = parameters.flat.size / 4;
  parameters.flat.device.launch({
    kernel,
    bindings: [
      gradient.flat.binding,
      gradient.scale.binding,
      decayMask.binding,
      parameters.flat.binding,
      state.velocity.binding,
    ],
    params: [quads, learningRate, momentum, weightDecay],
    groups: Math.ceil(quads / 64),
  });
  return state;
}
