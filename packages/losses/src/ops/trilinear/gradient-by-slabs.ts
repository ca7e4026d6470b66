import { defineKernel, empty, type Kernel, matmul, scoped, type Tensor } from '@bravais/tensor-core';
import type { Operands } from './operands';
import { type Slab, slabsOf, tileSlabBytes } from './slab';
import type { FactorRows } from './slab-product';
import sumOverRowsSource from './sum-over-rows.wgsl';
import sumOverSlabSource from './sum-over-slab.wgsl';
import { unpackRows } from './unpack';
import type { TrilinearPlan } from './variant';

const spec = { bindings: ['read', 'read', 'write'] } as const;

const sumOverRowsKernel: Kernel = defineKernel({
  ...spec,
  name: 'trilinear-sum-over-rows',
  source: sumOverRowsSource,
  params: ['u32', 'u32', 'u32', 'u32'],
});

const sumOverSlabKernel: Kernel = defineKernel({
  ...spec,
  name: 'trilinear-sum-over-slab',
  source: sumOverSlabSource,
  params: ['u32', 'u32', 'u32', 'u32'],
});

/** dL/dt = g of a slab, f32 [count, rows, columns], zero where an index is N or more. */
export interface SlabGradient {
  byTiles(lanes: number, slab: Slab): Tensor;
  byProduct(factors: FactorRows, slab: Slab): Tensor;
}

/**
 * Gradients of a function of t_abc = Σ_k p_ka q_kb r_kc. For each slab of g: U_ab = Σ_c g_abc r_c and V_ac = Σ_b g_abc q_b
 * are matrix products; then dp_a = Σ_b U_ab ⊙ q_b, dq_b = Σ_a U_ab ⊙ p_a, dr_c = Σ_a V_ac ⊙ p_a. Slabs are added up in
 * their order.
 *
 * @returns dL/dp, dL/dq and dL/dr, [N or more, K] each, and the factors as matrices [N', K]
 */
export function gradientBySlabs(
  operands: Operands,
  { lanes, slabBytes }: TrilinearPlan,
  slabGradient: SlabGradient,
): { gradients: FactorRows; factors: FactorRows } {
  const { depth, packed } = operands;
  const { device } = packed;
  return scoped(device, () => {
    const factors = unpackRows(operands);
    const [p, q, r] = factors;
    const inTiles = lanes !== null && tileSlabBytes(operands, lanes) <= device.largestTensorBytes;
    const slabs = inTiles
      ? slabsOf(operands, lanes, 4 * lanes, slabBytes)
      : slabsOf(operands, 1, 4, slabBytes);
    const { rows, columns } = slabs[0]!;
    const gradient = (count: number): Tensor => empty(device, [count, depth], 'f32', 'trilinear gradient');
    const [dp, dq, dr] = [gradient(rows), gradient(rows), gradient(columns)];
    for (const slab of slabs) {
      scoped(device, () => {
        const g = inTiles ? slabGradient.byTiles(lanes, slab) : slabGradient.byProduct(factors, slab);
        const u = matmul(g, r.view([columns, depth]));
        const v = matmul(g, q.view([rows, depth]), { transposeA: true });
        sumOverRows(u, q, dp, slab.start);
        sumOverSlab(u, p, dq, slab.start);
        sumOverSlab(v, p, dr, slab.start);
      });
    }
    return { gradients: [dp, dq, dr], factors };
  });
}

/** dp of the indices a from `first`. */
function sumOverRows(u: Tensor, q: Tensor, dp: Tensor, first: number): void {
  const [count, rows, depth] = u.shape as [number, number, number];
  u.device.launch({
    kernel: sumOverRowsKernel,
    bindings: [u, q, dp].map(({ binding }) => binding),
    params: [count, rows, depth / 4, first],
    groups: Math.ceil((count * depth) / 32),
    flops: 2 * u.size,
  });
}

/** Adds the share of the indices a from `first` to dq or dr. */
function sumOverSlab(u: Tensor, p: Tensor, total: Tensor, first: number): void {
  const [count, rows, depth] = u.shape as [number, number, number];
  u.device.launch({
    kernel: sumOverSlabKernel,
    bindings: [u, p, total].map(({ binding }) => binding),
    params: [count, rows, depth / 4, first],
    groups: Math.ceil((Math.ceil(rows / 4) * depth) / 256),
    flops: 2 * u.size,
  });
}
