import {
  concat,
  defineKernel,
  type Kernel,
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
import countedDistinct from './counted-distinct.wgsl';
import type { TripleNegatives } from './negatives';
import { type Reduced, TERM_STRIDE } from './reduced';
import slabCounted from './slab-counted.wgsl';

const countedKernel: Kernel = defineKernel({
  name: 'tensor-clip-slab-counted',
  source: [countedDistinct, slabCounted],
  bindings: ['write'],
  params: ['u32', 'u32', 'u32'],
});

/** The loss and what belongs to it, from slabs of T made by matrix products. */
export function reduceBySlabs(operands: Operands, negatives: TripleNegatives, slabBytes: number): Reduced {
  const { packed, extent, padded, depth } = operands;
  return scoped(packed.device, () => {
    const factors = unpackRows(operands);
    const parts = slabsOf(operands, 1, 1, slabBytes).map((slab) => slabLogSums(factors, negatives, slab));
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
    const terms = pad(mean(sub(sums, positives), 1).view([3, 1]), [
      [0, 0],
      [0, TERM_STRIDE - 1],
    ]);
    return { loss: mean(sub(mean(sums, 0), positives)), logSums, terms };
  });
}

/** Log-sums over a slab: whole ones of its a, its share of those of all b and c. */
function slabLogSums(
  factors: FactorRows,
  negatives: TripleNegatives,
  slab: Slab,
): { ofA: Tensor; ofB: Tensor; ofC: Tensor } {
  return scoped(factors[0].device, () => {
    const scores = slabProduct(factors, slab);
    if (negatives === 'distinct') leaveOut(scores, slab);
    return {
      ofA: logSumExp(scores, [1, 2]),
      ofB: logSumExp(scores, [0, 2]),
      ofC: logSumExp(scores, [0, 1]),
    };
  });
}

/** Puts entries with exactly two equal indices out of the softmaxes, in place. */
function leaveOut(scores: Tensor, { start, count, rows }: Slab): void {
  scores.device.launch({
    kernel: countedKernel,
    bindings: [scores.binding],
    params: [rows, start, count],
    groups: Math.ceil((count * rows * Math.ceil(rows / 4)) / 64),
  });
}
