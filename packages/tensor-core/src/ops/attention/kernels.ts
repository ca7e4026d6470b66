import { defineKernel, type Kernel, type ParamKind } from '../../runtime/kernel';
import columnSoftmaxSource from './column-softmax.wgsl';
import blocksSource from './head-blocks.wgsl';
import packBoth from './pack-both.wgsl';
import packByFeature from './pack-by-feature.wgsl';
import packByToken from './pack-by-token.wgsl';
import rowProductsSource from './row-products.wgsl';
import scoreSlopesSource from './score-slopes.wgsl';
import seenSource from './seen-score.wgsl';
import marksSource from './token-marks.wgsl';
import weightsSource from './token-weights.wgsl';
import unpackSource from './unpack-heads.wgsl';

/** Threads of a workgroup of every kernel here. */
export const WORKGROUP = 64;

const u32 = (count: number): ParamKind[] => new Array<ParamKind>(count).fill('u32');

export const marksKernel: Kernel = defineKernel({
  name: 'attention-token-marks',
  source: marksSource,
  bindings: ['read', 'read', 'write'],
  params: u32(3),
});

export const weightsKernel: Kernel = defineKernel({
  name: 'token-weights',
  source: weightsSource,
  bindings: ['read', 'read', 'write'],
  params: u32(2),
});

/** How heads are laid side by side: tokens as rows, features as rows, or one tensor of each. */
export type Layout = 'byToken' | 'byFeature' | 'both';

const packing = (name: string, source: string, writes: 1 | 2): Kernel =>
  defineKernel({
    name,
    source: [blocksSource, source],
    bindings: ['read', 'read', ...new Array<'write'>(writes).fill('write')],
    params: [...u32(8), 'f32'],
  });

export const packKernels: Readonly<Record<Layout, Kernel>> = {
  byToken: packing('attention-pack-by-token', packByToken, 1),
  byFeature: packing('attention-pack-by-feature', packByFeature, 1),
  both: packing('attention-pack-both', packBoth, 2),
};

export const unpackKernel: Kernel = defineKernel({
  name: 'attention-unpack-heads',
  source: unpackSource,
  bindings: ['read', 'write'],
  params: [...u32(7), 'f32'],
});

export const columnSoftmaxKernel: Kernel = defineKernel({
  name: 'attention-column-softmax',
  source: [seenSource, columnSoftmaxSource],
  bindings: ['read', 'write', 'write'],
  params: u32(6),
});

export const scoreSlopesKernel: Kernel = defineKernel({
  name: 'attention-score-slopes',
  source: [seenSource, scoreSlopesSource],
  bindings: ['read', 'read', 'read', 'write', 'write'],
  params: u32(6),
});

export const rowProductsKernel: Kernel = defineKernel({
  name: 'attention-row-products',
  source: rowProductsSource,
  bindings: ['read', 'read', 'read', 'write'],
  params: u32(5),
});
