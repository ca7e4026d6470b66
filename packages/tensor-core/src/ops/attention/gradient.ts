import { empty, scoped, type Tensor } from '../../tensor';
import { matmul } from '../matmul/forward';
import { type Chunk, chunksOf } from './chunks';
import type { Request } from './forward';
import { type Extents, extentsOf, packerOf, unpack } from './heads';
import { rowProductsKernel, scoreSlopesKernel, WORKGROUP } from './kernels';

/** Which gradients are wanted. */
export interface Wanted {
  readonly q: boolean;
  readonly k: boolean;
  readonly v: boolean;
}

/** Gradients of q, k and v; `null` where none is wanted. */
export interface Gradients {
  readonly dq: Tensor | null;
  readonly dk: Tensor | null;
  readonly dv: Tensor | null;
}

/**
 * Gradients of q, k and v from the output, its gradient and the statistics of the forward pass. Scores are made again a
 * chunk at a time: dv = pᵀ g, dL/dp = g vᵀ, dL/ds = p (dL/dp - g · output), dq = dL/ds k, dk = dL/dsᵀ q.
 */
export function attendVjp(
  request: Request,
  output: Tensor,
  statistics: Tensor,
  grad: Tensor,
  wanted: Wanted,
): Gradients {
  const { q, k, v, heads, marks, scale } = request;
  const extents = extentsOf(q, heads);
  const gradientOf = (is: boolean): Tensor | null =>
    is ? empty(q.device, q.shape, 'f32', 'attention gradient') : null;
  const [dq, dk, dv] = [gradientOf(wanted.q), gradientOf(wanted.k), gradientOf(wanted.v)];
  const sums = launchRowProducts(output, grad, marks, extents);
  for (const chunk of chunksOf(extents.batch * heads, extents.rowQuads, request.chunkBytes)) {
    const pack = packerOf(marks, extents, chunk);
    const ofKeys = { firstQuad: 0, add: chunk.firstQuad > 0 };
    scoped(q.device, () => {
      const keys = pack.both(k, 'all');
      const queries = pack.both(q, 'chunk', scale * Math.LOG2E);
      const grads = pack.both(grad, 'chunk');
      const weights = matmul(keys.byFeature, queries.byFeature, { transposeA: true });
      const slopes = matmul(pack.byFeature(v, 'all'), grads.byFeature, { transposeA: true });
      launchScoreSlopes([statistics, sums, weights, slopes], request, extents, chunk);
      if (dv) unpack(matmul(weights, grads.byToken), dv, extents, chunk, ofKeys);
      if (dk) unpack(matmul(slopes, queries.byToken), dk, extents, chunk, { ...ofKeys, scale: Math.LN2 });
      if (dq) {
        const steps = matmul(slopes, keys.byToken, { transposeA: true });
        unpack(steps, dq, extents, chunk, { firstQuad: chunk.firstQuad, scale });
      }
      return [];
    });
  }
  sums.dispose();
  return { dq, dk, dv };
}

/** output · gradient over the features of each head, `[B H, L]`. */
function launchRowProducts(output: Tensor, grad: Tensor, marks: Tensor, extents: Extents): Tensor {
  const { batch, length, heads, widthQuads, rowQuads } = extents;
  const sums = empty(output.device, [batch * heads, 4 * rowQuads], 'f32', 'attention gradient');
  const threads = batch * heads * rowQuads;
  output.device.launch({
    kernel: rowProductsKernel,
    bindings: [output, grad, marks, sums].map(({ binding }) => binding),
    params: [threads, heads, length, widthQuads, rowQuads],
    groups: Math.ceil(threads / WORKGROUP),
    flops: 2 * output.size,
  });
  return sums;
}

/** Weights in place of scores, and dL/d(score) in place of dL/d(weight). */
function launchScoreSlopes(
  operands: readonly [statistics: Tensor, sums: Tensor, scores: Tensor, slopes: Tensor],
  { marks, causal }: Request,
  { heads, rowQuads }: Extents,
  { firstMatrix, matrices, firstQuad, quads }: Chunk,
): void {
  const threads = matrices * rowQuads * quads;
  marks.device.launch({
    kernel: scoreSlopesKernel,
    constants: { CAUSAL: Number(causal) },
    bindings: [marks, ...operands].map(({ binding }) => binding),
    params: [threads, heads, firstMatrix, firstQuad, quads, rowQuads],
    groups: Math.ceil(threads / WORKGROUP),
    flops: 16 * 5 * threads,
  });
}
