import { defineKernel, type Kernel } from '@bravais/tensor-core';
import edgeSumsSource from './edge-sums.wgsl';
import edgeTerms from './edge-terms.wgsl';
import featuresOctet from './features-octet.wgsl';
import featuresQuad from './features-quad.wgsl';
import gate from './gate.wgsl';
import forwardSource from './gated-convolution.wgsl';
import slopesSource from './gated-convolution-slopes.wgsl';
import lanes from './lanes.wgsl';
import targetGradientSource from './target-gradient.wgsl';

/** A kernel whose lanes hold eight features, and one whose lanes hold four, for widths that are no multiple of 8. */
export interface GateKernel {
  readonly octet: Kernel;
  readonly quad: Kernel;
}

function defineGateKernel(
  name: string,
  sources: readonly string[],
  bindings: { readonly read: number; readonly write: number },
): GateKernel {
  const kernel = (suffix: string, features: string): Kernel =>
    defineKernel({
      name: `${name}${suffix}`,
      source: [gate, features, lanes, ...sources],
      bindings: [
        ...new Array<'read'>(bindings.read).fill('read'),
        ...new Array<'write'>(bindings.write).fill('write'),
      ],
      params: ['u32', 'u32', 'u32', 'u32', 'u32'],
    });
  return { octet: kernel('', featuresOctet), quad: kernel('-quad', featuresQuad) };
}

export const forwardKernel: GateKernel = defineGateKernel('gated-convolution', [edgeTerms, forwardSource], {
  read: 6,
  write: 1,
});

export const slopesKernel: GateKernel = defineGateKernel(
  'gated-convolution-slopes',
  [edgeTerms, slopesSource],
  { read: 6, write: 2 },
);

export const targetGradientKernel: GateKernel = defineGateKernel(
  'gated-convolution-target-vjp',
  [targetGradientSource],
  { read: 3, write: 2 },
);

export const edgeSumsKernel: GateKernel = defineGateKernel('gated-convolution-edge-sums', [edgeSumsSource], {
  read: 3,
  write: 1,
});
