import { TensorError } from '../../errors';

/** Activations that a product can apply to its result. */
export type Activation = 'none' | 'relu' | 'silu' | 'gelu' | 'tanh' | 'sigmoid' | 'softplus';

/** Numbers of the activations in `activation.wgsl`. */
const ACTIVATION_NUMBERS: Readonly<Record<Activation, number>> = {
  none: 0,
  relu: 1,
  silu: 2,
  gelu: 3,
  tanh: 4,
  sigmoid: 5,
  softplus: 6,
};

/** Flag beside the activation's number: the bias is to be added. */
const BIASED = 16;

/** What a kernel does to a sum before it is stored, as one number. */
export function epilogueOf(activation: Activation, biased: boolean): number {
  return activationNumber(activation) + (biased ? BIASED : 0);
}

/** @throws {TensorError} `ARGUMENT` where there is no such activation */
export function activationNumber(activation: Activation): number {
  const number = ACTIVATION_NUMBERS[activation];
  if (number === undefined) {
    throw new TensorError(
      'ARGUMENT',
      `matmul: activation must be one of ${Object.keys(ACTIVATION_NUMBERS).join(', ')}, got ${String(activation)}. Apply other functions to the result.`,
    );
  }
  return number;
}

/** Whether the derivative is a function of x alone; for the others it follows from the value f(x). */
export function derivativeNeedsInput(activation: Activation): boolean {
  return activation === 'silu' || activation === 'gelu';
}
