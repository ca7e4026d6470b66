import { matmul, mul, scoped, slice, type Tensor } from '@bravais/tensor-core';
import type { Slab } from './slab';

/** Rows of the operands, [N', K] each. */
export type FactorRows = readonly [p: Tensor, q: Tensor, r: Tensor];

/**
 * t_abc of a slab, f32 [count, rows, columns], by one matrix product whose left operand p_a ⊙ q_b is formed first: the way
 * on adapters without a subgroup kernel, whose own product this uses.
 */
export function slabProduct([p, q, r]: FactorRows, { start, count, rows, columns }: Slab): Tensor {
  const depth = p.shape[1]!;
  return scoped(p.device, () => {
    const ofA = slice(p, [{ start, end: start + count }]).view([count, 1, depth]);
    const left = mul(ofA, q.view([rows, depth]));
    const product = matmul(left.view([count * rows, depth]), r.view([columns, depth]), { transposeB: true });
    return product.view([count, rows, columns]);
  });
}
