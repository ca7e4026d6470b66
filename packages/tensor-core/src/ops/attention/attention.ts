import { apply, defineOp, type Op } from '../../autograd';
import { scoped, type Tensor, zeros } from '../../tensor';
import { attend, type Request } from './forward';
import { attendVjp } from './gradient';
import { inQuads, launchMarks, outOfQuads } from './heads';
import { type CountedTokens, checkChunkBytes, checkCounted, checkTokens } from './operands';

/** Most bytes of scores in memory at a time, unless asked otherwise. */
const DEFAULT_CHUNK_BYTES = 16 * 2 ** 20;

/** Attributes of {@link attentionOp}; its inputs are q, k, v and then `lengths` and `mask` where there are such. */
export interface AttentionAttrs {
  readonly heads: number;
  readonly lengths: boolean;
  readonly mask: boolean;
  readonly causal: boolean;
  /** Most bytes of scores in memory at a time. */
  readonly chunkBytes: number;
}

/** How {@link attention} is cut into heads, and what it leaves out. */
export interface AttentionOptions extends CountedTokens {
  /** H. */
  readonly heads: number;
  /** Keeps tokens from seeing those after them. Default false. */
  readonly causal?: boolean;
  /** Most bytes of scores in memory at a time, default 16 MiB; the gradient takes twice that. */
  readonly chunkBytes?: number;
}

export const attentionOp: Op<AttentionAttrs> = defineOp({
  name: 'attention',

  shape: (inputs, attrs) => {
    const [q, k, v] = inputs;
    checkTokens(q!, k!, v!, attrs.heads);
    checkChunkBytes(attrs.chunkBytes);
    checkCounted('attention', q!.shape, countedBy(inputs, attrs));
    return { dtype: 'f32', shape: q!.shape };
  },

  forward: (inputs, attrs, { shape }) => {
    const [q] = inputs as [Tensor];
    if (q.size === 0) return { output: zeros(q.device, shape) };
    const [output, ...saved] = scoped(q.device, () => {
      const marks = launchMarks(q, countedBy(inputs, attrs), Math.ceil(shape[1]! / 4));
      const request = requestOf(inputs, attrs, marks);
      const { output, statistics } = attend(request);
      return [outOfQuads(output, attrs.heads, shape[2]!), statistics, marks];
    });
    return { output: output!, saved };
  },

  vjp: ({ inputs, output, saved, attrs, needs }, grad) => {
    const [q] = inputs as [Tensor];
    const { device, shape } = q;
    const rest = inputs.slice(3).map(() => null);
    if (q.size === 0) return [...inputs.slice(0, 3).map(() => zeros(device, shape)), ...rest];
    const [statistics, marks] = saved as [Tensor, Tensor];
    const found = scoped(device, () => {
      const wide = (x: Tensor): Tensor => inQuads(x, attrs.heads);
      const wanted = { q: needs[0]!, k: needs[1]!, v: needs[2]! };
      const request = requestOf(inputs, attrs, marks);
      const { dq, dk, dv } = attendVjp(request, wide(output), statistics, wide(grad), wanted);
      return [dq, dk, dv].map((x) => x && outOfQuads(x, attrs.heads, shape[2]!));
    });
    return [...found, ...rest];
  },
});

/** The inputs after q, k and v by name. */
function countedBy<T>(inputs: readonly T[], { lengths, mask }: AttentionAttrs): CountedTokens<T> {
  return {
    lengths: lengths ? inputs[3]! : undefined,
    mask: mask ? inputs[lengths ? 4 : 3]! : undefined,
  };
}

function requestOf(inputs: readonly Tensor[], attrs: AttentionAttrs, marks: Tensor): Request {
  const { heads, causal, chunkBytes } = attrs;
  const [q, k, v] = inputs.slice(0, 3).map((x) => inQuads(x, heads)) as [Tensor, Tensor, Tensor];
  const scale = Math.sqrt(heads / inputs[0]!.shape[2]!);
  return { q, k, v, heads, scale, marks, causal, chunkBytes };
}

/**
 * o = softmax(q kᵀ / √d) v for each head, where d is the features of a head.
 *
 * Scores are made a chunk at a time and made again for the gradient, so that memory grows with `chunkBytes` and not with
 * L². Tokens that do not count, by `lengths` or `mask`, are seen by none and see none: their output is 0 and they get no
 * gradient, whatever is in them; a row without any gives zeros. Sums run in a fixed order: the same call gives the same bits.
 *
 * Shapes: q, k, v and the result `[B, L, H d]`, a head's features side by side; fastest where d is a multiple of 4. Source:
 * Vaswani et al., NeurIPS 2017, equation 1; softmax in parts with its statistics kept: Dao et al., NeurIPS 2022, algorithm 1.
 *
 * @throws {TensorError} `SHAPE`, `DTYPE`, `ARGUMENT`
 *
 * @example
 * ```ts
 * const mixed = attention(q, k, v, { heads: 8, lengths }); // [B, L, 512] -> [B, L, 512]
 * ```
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions): Tensor {
  const { heads, lengths, mask, causal = false, chunkBytes = DEFAULT_CHUNK_BYTES } = options;
  const inputs = [q, k, v, ...(lengths ? [lengths] : []), ...(mask ? [mask] : [])];
  return apply(attentionOp, inputs, {
    ...{ heads, causal, chunkBytes },
    ...{ lengths: lengths !== undefined, mask: mask !== undefined },
  });
}
