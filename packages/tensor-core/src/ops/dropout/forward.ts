import { defineKernel, type Kernel } from '../../runtime/kernel';
import { empty, type Tensor, zeros } from '../../tensor';
import dropoutSource from './dropout.wgsl';
import { DROPPED_SOURCES, type DropoutOptions, isPartial, maskOf } from './mask';

const WORKGROUP = 64;

const kernels: Readonly<Record<'value' | 'tensor', Kernel>> = {
  value: defineKernel({
    name: 'dropout',
    source: [...DROPPED_SOURCES.value, dropoutSource],
    bindings: ['read', 'write'],
    params: ['u32', 'u32', 'u32', 'u32', 'f32'],
  }),
  tensor: defineKernel({
    name: 'dropout-key-tensor',
    source: [...DROPPED_SOURCES.tensor, dropoutSource],
    bindings: ['read', 'write', 'read'],
    params: ['u32', 'u32', 'u32', 'u32', 'f32'],
  }),
};

/** Forward pass of `dropout`, without gradient; the gradient is the same function of the output's gradient. */
export function dropout(x: Tensor, options: DropoutOptions): Tensor {
  if (!isPartial(options)) return options.rate < 0.5 ? x.view(x.shape) : zeros(x.device, x.shape);
  const out = empty(x.device, x.shape, 'f32', 'dropout');
  const blocks = Math.ceil(x.size / 4);
  const { source, keys, params } = maskOf(options);
  x.device.launch({
    kernel: kernels[source],
    bindings: [x, out, ...(keys ? [keys] : [])].map(({ binding }) => binding),
    params: [blocks, ...params],
    groups: Math.ceil(blocks / WORKGROUP),
  });
  return out;
}
