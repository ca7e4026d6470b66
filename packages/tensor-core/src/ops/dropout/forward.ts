import philoxSource from '../../random/philox.wgsl';
import { isHostKey, type RandomKey } from '../../random/random-key';
import streamKeyValue from '../../random/stream-key-value.wgsl';
import { defineKernel } from '../../runtime/kernel';
import { empty, type Tensor, zeros } from '../../tensor';
import dropoutSource from './dropout.wgsl';
import streamKeyTensor from './stream-key-tensor.wgsl';

/** How many elements fall out, and by which random numbers. */
export interface DropoutOptions {
  /** Probability of 0 for each element, 0 to 1. */
  readonly rate: number;
  /** A key of its own for each use: the same key drops the same elements. */
  readonly key: RandomKey;
}

const WORKGROUP = 64;

const params = ['u32', 'u32', 'u32', 'u32', 'f32'] as const;
const dropoutKernel = defineKernel({
  name: 'dropout',
  source: [philoxSource, streamKeyValue, dropoutSource],
  bindings: ['read', 'write'],
  params,
});
const keyTensorKernel = defineKernel({
  name: 'dropout-key-tensor',
  source: [philoxSource, streamKeyTensor, dropoutSource],
  bindings: ['read', 'write', 'read'],
  params,
});

/** The smallest random word that keeps its element. */
export function thresholdOf(rate: number): number {
  return Math.round(rate * 2 ** 32);
}

/** Forward pass of `dropout`, without gradient; the gradient is the same function of the output's gradient. */
export function dropout(x: Tensor, { rate, key }: DropoutOptions): Tensor {
  const threshold = thresholdOf(rate);
  if (threshold === 0) return x.view(x.shape);
  if (threshold === 2 ** 32) return zeros(x.device, x.shape);
  const out = empty(x.device, x.shape, 'f32', 'dropout');
  const blocks = Math.ceil(x.size / 4);
  const hostKey = isHostKey(key);
  const [key0, key1] = hostKey ? key : [key.row, 0];
  x.device.launch({
    kernel: hostKey ? dropoutKernel : keyTensorKernel,
    bindings: [x.binding, out.binding, ...(hostKey ? [] : [key.keys.binding])],
    params: [blocks, key0, key1, threshold, 1 / (1 - rate)],
    groups: Math.ceil(blocks / WORKGROUP),
  });
  return out;
}
