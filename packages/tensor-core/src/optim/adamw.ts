import type { Parameters } from '../nn/parameters';
import { defineKernel } from '../runtime/kernel';
import { type Tensor, zeros } from '../tensor';
import source from './adamw.wgsl';
import type { FlatGradient } from './clip-gradient';
import { withNumbers } from './with-numbers';

const kernel = defineKernel({
  name: 'adamw',
  source,
  bindings: ['read', 'read', 'read', 'write', 'write', 'write', 'read'],
  params: ['u32'],
});

/** Hyper-parameters of one AdamW step. */
export interface AdamWOptions {
  readonly learningRate: number;
  /** Decay of the first and second moment. Default [0.9, 0.999]. */
  readonly betas?: readonly [number, number];
  /** Default 1e-8. */
  readonly epsilon?: number;
  /** Decoupled weight decay. Default 0.01. */
  readonly weightDecay?: number;
}

/** Length of {@link adamWNumbers}: seven numbers, filled up to 32 bytes. */
const NUMBERS = 8;

/**
 * The numbers of step t ≥ 1 as {@link adamW} takes them in a tensor, f32 `[8]`: learning rate, β₁, β₂, ε, λ,
 * 1/(1-β₁ᵗ), 1/(1-β₂ᵗ), 0. They change from step to step, so a captured step takes them as an input.
 *
 * @param step number of the step, counted from 1: `state.step + 1`
 *
 * @example
 * ```ts
 * const train = capture(device, ({ x, numbers }: { x: Tensor; numbers: Tensor }) => {
 *   adamW(parameters, gradientOf(x), mask, state, numbers);
 * });
 * train({ x, numbers: adamWNumbers(step + 1, { learningRate: schedule(step) }) });
 * ```
 */
export function adamWNumbers(step: number, options: AdamWOptions): Float32Array {
  const { learningRate, betas: [beta1, beta2] = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0.01 } = options;
  const corrections = [1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)];
  return Float32Array.of(learningRate, beta1, beta2, epsilon, weightDecay, ...corrections, 0);
}

/** Moments of AdamW, flat like the parameters, and the number of steps taken. */
export interface AdamWState {
  readonly step: number;
  readonly firstMoment: Tensor;
  readonly secondMoment: Tensor;
}

/** Moments at zero. */
export function initAdamW(parameters: Parameters<unknown>): AdamWState {
  const { device, shape } = parameters.flat;
  return { step: 0, firstMoment: zeros(device, shape), secondMoment: zeros(device, shape) };
}

/**
 * p ← p - lr·λ·p, then p ← p - lr · m̂ / (√v̂ + ε): AdamW on all parameters in one launch.
 *
 * m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², m̂ = m/(1-β₁ᵗ), v̂ = v/(1-β₂ᵗ). Parameters and moments are
 * updated in place. Source: Loshchilov and Hutter, ICLR 2019, algorithm 2, in PyTorch's parametrisation.
 *
 * @param decayMask 1 where weight decay applies, 0 elsewhere, flat like the parameters
 * @param options the numbers of this step, or {@link adamWNumbers} of it in a tensor; both give the same bits
 * @returns the state after the step, over the same moment buffers
 * @throws {TensorError} `SHAPE` for a tensor of other numbers
 */
export function adamW(
  parameters: Parameters<unknown>,
  gradient: FlatGradient,
  decayMask: Tensor,
  state: AdamWState,
  options: AdamWOptions | Tensor,
): AdamWState {
  const step = state.step + 1;
  const { flat } = parameters;
  const { device } = flat;
  const quads = flat.size / 4;
  withNumbers(
    'adamW',
    device,
    options,
    (own) => adamWNumbers(step, own),
    NUMBERS,
    (numbers) => {
      device.launch({
        kernel,
        bindings: [
          gradient.flat.binding,
          gradient.scale.binding,
          decayMask.binding,
          flat.binding,
          state.firstMoment.binding,
          state.secondMoment.binding,
          numbers.binding,
        ],
        params: [quads],
        groups: Math.ceil(quads / 64),
      });
    },
  );
  return { ...state, step };
}
