import {
  add,
  type Expression,
  exp,
  type FusedFunction,
  fuse,
  l2NormalizeOp,
  lessEqual,
  matmul,
  mul,
  pad,
  scoped,
  sub,
  sum,
  type Tensor,
} from '@bravais/tensor-core';
import {
  type ComposedState,
  chunksOf,
  composedState,
  factorOf,
  joined,
  logitsOf,
  ownLogits,
} from './composed';
import { type Gradients, type Request, termsOf, type Wanted } from './request';
import { MAX_LOG_SCALE } from './scale';
import { EPSILON } from './tiles';

/** Keeps x · dL/d(x / |x|) within float32 for any finite x. */
const SMALL = 2 ** -40;

/** The gradients of `composedForward`. */
export function composedGradient(
  request: Request,
  saved: readonly Tensor[],
  wanted: Wanted,
  lossGrad: Tensor,
): Gradients {
  const { a, b, scale } = request;
  const state = composedState(saved, request);
  const { za, zb } = state;
  const { partsOfA, productB } = products(request, state, wanted);
  const terms = termsOf(request);
  const ha = partsOfA.length === 0 ? null : lessOwn(joined(partsOfA), zb, request);
  const hb = productB && lessOwn(productB, za, request);
  const step = mul(mul(lossGrad, factorOf(scale)), 1 / terms);
  const ofScale = (): Tensor => mul(slope(request, state, ha ? mul(ha, za) : mul(hb!, zb)), step);
  const learned = wanted.scale && typeof scale !== 'number';
  return {
    a: ha && wanted.a ? throughUnitRows(a, za, ha, step) : null,
    b: hb && throughUnitRows(b, zb, hb, step),
    scale: learned ? mul(ofScale(), lessEqual(scale, MAX_LOG_SCALE)) : null,
  };
}

/** A product of softmaxes, less the other embedding's row of the own pair for each softmax that a pair has. */
function lessOwn(product: Tensor, other: Tensor, request: Request): Tensor {
  const { pairs } = request;
  const [rows, columns] = product.shape as [number, number];
  const own = mul(other.view([pairs, columns]), termsOf(request) / pairs);
  if (rows === pairs) return sub(product, own);
  const added = [rows - pairs, 0].map((after) => [0, after] as const);
  return sub(product, pad(own, added));
}

/** Softmaxes times unit rows of the other embedding: of a's rows by chunks, of b's in one. */
function products(
  request: Request,
  { za, zb, rowSums, columnSums, logits }: ComposedState,
  wanted: Wanted,
): { partsOfA: readonly Tensor[]; productB: Tensor | null } {
  const partsOfA: Tensor[] = [];
  let productB: Tensor | null = null;
  for (const chunk of chunksOf(za, zb, request.chunkBytes)) {
    const before: Tensor | null = productB;
    const { rows, first } = chunk;
    const made: { forA: Tensor | null; forB: Tensor | null } = scoped(za.device, () => {
      const own = logits ?? logitsOf(chunk, zb, request);
      const ownSums = rowSums?.view([rows.shape[0]!, 1], null, 4 * first) ?? null;
      const weights = softmaxes(own, ownSums, columnSums);
      if (!logits) own.dispose();
      const part = wanted.b ? matmul(weights, rows, { transposeA: true }) : null;
      return {
        forA: wanted.a || !wanted.b ? matmul(weights, zb) : null,
        forB: before && part ? add(before, part) : part,
      };
    });
    if (made.forA) partsOfA.push(made.forA);
    productB = made.forB;
    before?.dispose();
  }
  return { partsOfA, productB };
}

/** Σ g_ij S_ij / s: the logits are linear in s, and own cosines are less by the margin in them. */
function slope(request: Request, state: ComposedState, byRows: Tensor): Tensor {
  const { pairs, margin } = request;
  if (margin === 0) return sum(byRows);
  const [ofRows, ofColumns] = [state.rowSums, state.columnSums].map((sums) => sums?.view([pairs]) ?? null);
  const own = softmaxes(ownLogits(state.za, state.zb, request), ofRows!, ofColumns!);
  return sub(sum(byRows), mul(sum(sub(own, termsOf(request) / pairs)), margin));
}

/** Softmax over rows plus softmax over columns, or the one there is, from logits and their log-sums. */
function softmaxes(logits: Tensor, rowSums: Tensor | null, columnSums: Tensor | null): Tensor {
  if (rowSums && columnSums) return bothSoftmaxes(logits, rowSums, columnSums);
  return oneSoftmax(logits, (rowSums ?? columnSums)!);
}

const bothSoftmaxes: FusedFunction<[Expression, Expression, Expression]> = fuse(
  (logits: Expression, rowSums: Expression, columnSums: Expression) =>
    add(exp(sub(logits, rowSums)), exp(sub(logits, columnSums))),
  'info-nce-softmaxes',
);

const oneSoftmax: FusedFunction<[Expression, Expression]> = fuse(
  (logits: Expression, sums: Expression) => exp(sub(logits, sums)),
  'info-nce-softmax',
);

/** dL/dx from h = dL/d(x / |x|) / step. */
function throughUnitRows(x: Tensor, z: Tensor, h: Tensor, step: Tensor): Tensor {
  const context = {
    ...{ inputs: [x], output: z, saved: [], needs: [true], into: [null] },
    attrs: { axis: -1, epsilon: EPSILON },
  };
  const [ofSmall] = l2NormalizeOp.vjp!(context, mul(h, mul(step, SMALL)));
  return mul(ofSmall!, 1 / SMALL);
}
