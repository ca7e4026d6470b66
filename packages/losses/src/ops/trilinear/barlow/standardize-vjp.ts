import { defineKernel, empty, type Kernel, type Tensor } from '@bravais/tensor-core';
import type { FactorRows } from '../slab-product';
import standardizeVjpSource from './standardize-vjp.wgsl';

const standardizeVjpKernel: Kernel = defineKernel({
  name: 'barlow-twins-3d-standardize-vjp',
  source: standardizeVjpSource,
  bindings: ['read', 'read', 'read', 'read', 'write'],
  params: ['u32', 'u32', 'u32', 'u32', 'f32'],
});

/**
 * Gradients f32 [B, D] for what `standardize` was given, times dL/d(loss).
 *
 * @param factors what it made, as matrices [D or more, B or more]
 * @param gradients d(loss)/d(factors)
 * @param rstd 1/σ, f32 [3, D or more]
 */
export function standardizeVjp(
  factors: FactorRows,
  gradients: FactorRows,
  rstd: Tensor,
  upstream: Tensor,
  [batch, features]: readonly [number, number],
): [Tensor, Tensor, Tensor] {
  const padded = rstd.shape[1]!;
  const of = (which: 0 | 1 | 2): Tensor => {
    const dx = empty(rstd.device, [batch, features], 'f32', 'barlowTwins3d gradient');
    const [rows, gradient] = [factors[which], gradients[which]];
    rstd.device.launch({
      kernel: standardizeVjpKernel,
      bindings: [rows, gradient, rstd, upstream, dx].map(({ binding }) => binding),
      params: [batch, features, rows.shape[1]! / 4, which * padded, which === 0 ? 1 / batch : 1],
      groups: Math.ceil(features / 8),
    });
    return dx;
  };
  return [of(0), of(1), of(2)];
}
