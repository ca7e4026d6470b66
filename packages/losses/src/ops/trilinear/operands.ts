import { empty, type Tensor } from '@bravais/tensor-core';

/** Rows are padded with zeros to a multiple of this, so that register tiles never read outside. */
const PADDING = 32;

/**
 * The three factors of t_abc = Σ_k p_ka q_kb r_kc, N indices each, in one buffer f32 [3, K/2, N', 2], such that a tile of t loads
 * two depths at once: of p and q both depths of an index lie side by side, of r four indices at the even depth, then at the odd.
 */
export interface Operands {
  readonly packed: Tensor;
  /** N: indices a, b and c run below it. */
  readonly extent: number;
  /** N' = N rounded up; the rest holds zeros. */
  readonly padded: number;
  /** K rounded up to a multiple of 4; the rest holds zeros. */
  readonly depth: number;
}

/** Memory for the factors of N indices and K depths. */
export function emptyOperands(like: Tensor, extent: number, depth: number): Operands {
  const padded = Math.ceil(extent / PADDING) * PADDING;
  const pairs = 2 * Math.ceil(depth / 4);
  return operandsIn(empty(like.device, [3, pairs, padded, 2], 'f32', 'trilinear operands'), extent);
}

/** The operands in a buffer that {@link emptyOperands} made for N indices. */
export function operandsIn(packed: Tensor, extent: number): Operands {
  const [, pairs, padded] = packed.shape as [number, number, number, number];
  return { packed, extent, padded, depth: 2 * pairs };
}

/** p, q and r as views of their common buffer. */
export function factorsOf({ packed, padded, depth }: Operands): [p: Tensor, q: Tensor, r: Tensor] {
  const bytes = 4 * depth * padded;
  const factor = (index: number): Tensor => packed.view([depth / 2, padded, 2], null, index * bytes);
  return [factor(0), factor(1), factor(2)];
}
