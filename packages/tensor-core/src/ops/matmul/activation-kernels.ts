import { defineKernel, type Kernel } from '../../runtime/kernel';
import { empty, type Tensor } from '../../tensor';
import { type Activation, activationNumber } from './activation';
import activation from './activation.wgsl';
import derivative from './activation-derivative.wgsl';
import value from './activation-value.wgsl';

const valueKernel: Kernel = defineKernel({
  name: 'matmul-activation',
  source: [activation, value],
  bindings: ['read', 'write'],
  params: ['u32', 'u32'],
});

const derivativeKernel: Kernel = defineKernel({
  name: 'matmul-activation-derivative',
  source: [activation, derivative],
  bindings: ['read', 'read', 'write'],
  params: ['u32', 'u32'],
});

/** y = f(z). */
export function activated(kind: Activation, z: Tensor): Tensor {
  return launchOver(valueKernel, kind, [z], z);
}

/** dz = dy f'(z), from `known`: z where the derivative needs it, else y = f(z). */
export function activationPullback(kind: Activation, known: Tensor, dy: Tensor): Tensor {
  return launchOver(derivativeKernel, kind, [known, dy], dy);
}

function launchOver(kernel: Kernel, kind: Activation, inputs: readonly Tensor[], like: Tensor): Tensor {
  const output = empty(like.device, like.shape, 'f32', 'matmul');
  const quads = Math.ceil(like.size / 4);
  like.device.launch({
    kernel,
    bindings: [...inputs, output].map(({ binding }) => binding),
    params: [quads, activationNumber(kind)],
    groups: Math.ceil(quads / 64),
  });
  return output;
}
