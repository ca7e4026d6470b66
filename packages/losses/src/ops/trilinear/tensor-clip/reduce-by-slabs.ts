import {
  concat,
  logSumExp,
  mean,
  mul,
  pad,
  scoped,
  stack,
  sub,
  sum,
  type Tensor,
} from '@bravais/tensor-core';
import type { Operands } from '../operands';
import { type Slab, slabsOf } from '../slab';
import { type FactorRows, slabProduct } from '../slab-product';
import { unpackRows } from '../unpack';

/** The loss [] and the log-sums [3, N'] of the slices of each axis, from slabs of T made by matrix products. */
export function reduceBySlabs(operands: Operands, slabBytes: number): { loss: Tensor; logSums: Tensor } {
  const { packed, extent, padded, depth } = operands;
  return scoped(packed.device, () => {
    const factors = unpackRows(operands);
    const parts = slabsOf(operands, 1, 1, slabBytes).map((slab) => slabLogSums(factors, slab));
    const sums = stack([
      concat(parts.map(({ ofA }) => ofA)),
      logSumExp(stack(parts.map(({ ofB }) => ofB)), 0),
      logSumExp(stack(parts.map(({ ofC }) => ofC)), 0),
    ]);
    const [p, q, r] = factors.map((factor) => factor.view([extent, depth])) as [Tensor, Tensor, Tensor];
    const positives = sum(mul(mul(p, q), r), 1);
    const logSums = pad(sums, [
      [0, 0],
      [0, padded - extent],
    ]);
    return { loss: mean(sub(mean(sums, 0), positives)), logSums };
  });
}

/** Log-sums over a slab: whole ones of its a, its share of those of all b and c. */
function slabLogSums(factors: FactorRows, slab: Slab): { ofA: Tensor; ofB: Tensor; ofC: Tensor } {
  return scoped(factors[0].device, () => {
    const scores = slabProduct(factors, slab);
    return {
      ofA: logSumExp(scores, [1, 2]),
      ofB: logSumExp(scores, [0, 2]),
      ofC: logSumExp(scores, [0, 1]),
    };
  });
}
