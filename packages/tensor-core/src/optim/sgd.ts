import type { Parameters } from '../nn/parameters';
import { defineKernel } from '../runtime/kernel';
import { type Tensor, zeros } from '../tensor';
import type { FlatGradient } from './clip-gradient';
import source from './sgd.wgsl';
import { withNumbers } from './with-numbers';

const kernel = defineKernel({
  name: 'sgd',
  source,
  bindings: ['read', 'read', 'read', 'write', 'write', 'read'],
  params: ['u32'],
});

/** Hyper-parameters of one SGD step. */
export interface SgdOptions {
  readonly learningRate: number;
  /** Default 0. */
  readonly momentum?: number;
  /** L2 penalty added to the gradient. Default 0. */
  readonly weightDecay?: number;
}

/** Length of {@link sgdNumbers}: three numbers, filled up to 16 bytes. */
const NUMBERS = 4;

/**
 * The numbers of a step as {@link sgd} takes them in a tensor, f32 `[4]`: learning rate, momentum, λ, 0. Where
 * the learning rate changes from step to step, a captured step takes them as an input.
 */
export function sgdNumbers({ learningRate, momentum = 0, weightDecay = 0 }: SgdOptions): Float32Array {
  return Float32Array.of(learningRate, momentum, weightDecay, 0);
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
 * @param options the numbers of this step, or {@link sgdNumbers} in a tensor; both give the same bits
 * @throws {TensorError} `SHAPE` for a tensor of other numbers
 */
export function sgd(
  parameters: Parameters<unknown>,
  gradient: FlatGradient,
  decayMask: Tensor,
  state: SgdState,
  options: SgdOptions | Tensor,
): SgdState {
  const { flat } = parameters;
  const quads = flat.size / 4;
  withNumbers('sgd', flat.device, options, sgdNumbers, NUMBERS, (numbers) => {
    flat.device.launch({
      kernel,
      bindings: [
        gradient.flat.binding,
        gradient.scale.binding,
        decayMask.binding,
        flat.binding,
        state.velocity.binding,
        numbers.binding,
      ],
      params: [quads],
      groups: Math.ceil(quads / 64),
    });
  });
  return state;
}
