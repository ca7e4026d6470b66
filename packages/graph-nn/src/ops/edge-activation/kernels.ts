import { defineKernel, type Kernel } from '@bravais/tensor-core';
import forwardSource from './edge-activation.wgsl';
import gradientSource from './edge-activation-vjp.wgsl';
import edgeTerms from './edge-terms.wgsl';
import nodeGradientSource from './node-gradient.wgsl';

const PARAMS = ['u32', 'u32', 'u32'] as const;

export const forwardKernel: Kernel = defineKernel({
  name: 'edge-activation',
  source: [edgeTerms, forwardSource],
  bindings: ['read', 'read', 'read', 'read', 'write'],
  params: PARAMS,
});

export const gradientKernel: Kernel = defineKernel({
  name: 'edge-activation-vjp',
  source: [edgeTerms, gradientSource],
  bindings: ['read', 'read', 'read', 'read', 'read', 'write'],
  params: PARAMS,
});

export const nodeGradientKernel: Kernel = defineKernel({
  name: 'edge-activation-node-vjp',
  source: nodeGradientSource,
  bindings: ['read', 'read', 'read', 'read', 'write'],
  params: PARAMS,
});
