import { type AttentionAttrs, attentionOp, type Device, type Tensor, tensor } from '@bravais/tensor-core';
import { uniform } from '../workloads/host-tensor';
import type { AdapterKind } from './cases';
import { forwardCase, gradientCase, type KernelCase } from './kernel-case';

const HEADS = 8;
const WIDTH = 64;
/** Products of [L, d] and [L, d] that the definition asks for; the gradient's count those that make scores again. */
const FORWARD_PRODUCTS = 2;
const GRADIENT_PRODUCTS = 5;
/** Batches of spectra in patches of ten bins, and bin by bin. */
const SHAPES = {
  software: [
    [32, 61],
    [2, 601],
  ],
  hardware: [
    [256, 61],
    [32, 601],
  ],
} as const;

/** Attention of 8 heads of 64 features, as an encoder of spectra has it. */
export function attentionCases(kind: AdapterKind): KernelCase[] {
  return SHAPES[kind].flatMap(([batch, length]) => {
    const attrs: AttentionAttrs = {
      ...{ heads: HEADS, lengths: false, mask: false, causal: false },
      chunkBytes: 16 * 2 ** 20,
    };
    const shape = [batch, length, HEADS * WIDTH];
    const product = 2 * batch * HEADS * length * length * WIDTH;
    const values = 4 * batch * length * HEADS * WIDTH;
    const name = `${batch} × ${length} tokens, ${HEADS} heads of ${WIDTH}`;
    const operands = (device: Device): Tensor[] =>
      [1, 2, 3].map((seed) => tensor(device, uniform(shape, seed).values, shape));
    return [
      forwardCase(
        { name: `attention, ${name}`, flops: FORWARD_PRODUCTS * product, bytes: 4 * values },
        attentionOp,
        attrs,
        operands,
      ),
      gradientCase(
        { name: `attention gradient, ${name}`, flops: GRADIENT_PRODUCTS * product, bytes: 8 * values },
        attentionOp,
        attrs,
        operands,
      ),
    ];
  });
}
