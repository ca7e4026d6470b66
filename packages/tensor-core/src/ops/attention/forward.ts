import { empty, scoped, type Tensor } from '../../tensor';
import { matmul } from '../matmul/forward';
import { type Chunk, chunksOf } from './chunks';
import { type Extents, extentsOf, packerOf, unpack } from './heads';
import { columnSoftmaxKernel, WORKGROUP } from './kernels';

/** An attention whose heads are whole quads of features. */
export interface Request {
  /** All `[B, L, H d]`. */
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
  readonly heads: number;
  /** What products of q and k are multiplied with. */
  readonly scale: number;
  /** From `launchMarks`. */
  readonly marks: Tensor;
  readonly causal: boolean;
  readonly chunkBytes: number;
}

/**
 * softmax(q kᵀ scale) v per head, with the largest score and the inverse sum of each query
 * `[B H, 2, L]`. Scores are `[matrix, key, query]`, logarithms in base 2, so that all products run along memory.
 */
export function attend(request: Request): { output: Tensor; statistics: Tensor } {
  const { q, k, v, heads, scale, marks } = request;
  const extents = extentsOf(q, heads);
  const { rowQuads } = extents;
  const output = empty(q.device, q.shape, 'f32', 'attention');
  const shape = [extents.batch * heads, 2, 4 * rowQuads];
  const statistics = empty(q.device, shape, 'f32', 'attention statistics');
  for (const chunk of chunksOf(shape[0]!, rowQuads, request.chunkBytes)) {
    const pack = packerOf(marks, extents, chunk);
    scoped(q.device, () => {
      const keys = pack.byFeature(k, 'all');
      const scores = matmul(keys, pack.byFeature(q, 'chunk', scale * Math.LOG2E), { transposeA: true });
      launchColumnSoftmax(scores, statistics, request, extents, chunk);
      const values = matmul(scores, pack.byToken(v, 'all'), { transposeA: true });
      unpack(values, output, extents, chunk, chunk);
      return [];
    });
  }
  return { output, statistics };
}

function launchColumnSoftmax(
  scores: Tensor,
  statistics: Tensor,
  { marks, causal }: Request,
  { heads, rowQuads }: Extents,
  { firstMatrix, matrices, firstQuad, quads }: Chunk,
): void {
  scores.device.launch({
    kernel: columnSoftmaxKernel,
    constants: { CAUSAL: Number(causal) },
    bindings: [marks, scores, statistics].map(({ binding }) => binding),
    params: [matrices * quads, heads, firstMatrix, firstQuad, quads, rowQuads],
    groups: Math.ceil((matrices * quads) / WORKGROUP),
    flops: 6 * scores.size,
  });
}
