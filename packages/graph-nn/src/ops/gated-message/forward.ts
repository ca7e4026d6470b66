import { defineKernel, empty, type Tensor } from '@bravais/tensor-core';
import featuresSource from './edge-features.wgsl';
import forwardSource from './gated-message.wgsl';
import gradientSource from './gated-message-vjp.wgsl';

const forwardKernel = defineKernel({
  name: 'gated-message',
  source: [featuresSource, forwardSource],
  bindings: ['read', 'read', 'read', 'read', 'read', 'write'],
  params: ['u32', 'u32'],
});

const gradientKernel = defineKernel({
  name: 'gated-message-vjp',
  source: [featuresSource, gradientSource],
  bindings: ['read', 'read', 'read', 'read', 'read', 'read', 'write'],
  params: ['u32', 'u32'],
});

const LANES = 64;

/** Node and edge parts of z, all 2W wide, and the end nodes of each edge. */
export interface MessageOperands {
  readonly targetPart: Tensor;
  readonly sourcePart: Tensor;
  readonly edgePart: Tensor;
  readonly targetOf: Tensor;
  readonly sourceOf: Tensor;
}

/** message `[E, W]` of z = target + source + edge parts. */
export function gatedMessageForward(operands: MessageOperands): Tensor {
  const [edges, wide] = operands.edgePart.shape as [number, number];
  const message = empty(operands.edgePart.device, [edges, wide / 2], 'f32', 'gatedMessage');
  launch(forwardKernel, operands, [], message, edges, wide / 8);
  return message;
}

/** dL/dz `[E, 2W]` from dL/d(message) `[E, W]`. */
export function gatedMessageGradient(operands: MessageOperands, messageGrad: Tensor): Tensor {
  const [edges, wide] = operands.edgePart.shape as [number, number];
  const gradient = empty(messageGrad.device, [edges, wide], 'f32', 'gatedMessage gradient');
  launch(gradientKernel, operands, [messageGrad], gradient, edges, wide / 8);
  return gradient;
}

function launch(
  kernel: typeof forwardKernel,
  operands: MessageOperands,
  more: readonly Tensor[],
  output: Tensor,
  edges: number,
  quads: number,
): void {
  const { targetPart, sourcePart, edgePart, targetOf, sourceOf } = operands;
  const tensors = [targetPart, sourcePart, edgePart, targetOf, sourceOf, ...more, output];
  output.device.launch({
    kernel,
    bindings: tensors.map(({ binding }) => binding),
    params: [edges, quads],
    groups: Math.ceil((edges * quads) / LANES),
  });
}
