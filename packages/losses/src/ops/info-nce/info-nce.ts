import { apply, defineOp, type Op, type Tensor } from '@bravais/tensor-core';
import { composedForward } from './composed';
import { composedGradient } from './composed-gradient';
import { checkEmbeddings, checkMargin, checkScale } from './operands';
import { type Variant, variantFor } from './plan';
import type { Direction, Request } from './request';
import type { Scale } from './scale';
import { tilesForward } from './tiles';
import { tilesGradient } from './tiles-gradient';

/** Most bytes of logits in memory at a time, unless asked otherwise. */
export const DEFAULT_CHUNK_BYTES: number = 64 * 2 ** 20;

/** Largest 1/τ of the tiles, whose scores are roots of exponentials: higher roots cost digits, and seconds to compile. */
const MOST_TILE_SCALE = 1000;

/** Attributes of {@link infoNceOp}; its inputs are a, b and, where the scale is learned, log(1/τ). */
export interface InfoNceAttrs {
  /** 1/τ where it is fixed. */
  readonly scale: number;
  /** P, the rows at the start of both that belong together. */
  readonly pairs: number;
  /** What a pair's own cosine is lowered by. */
  readonly margin: number;
  readonly direction: Direction;
  /** Most bytes of logits in memory at a time. */
  readonly chunkBytes: number;
  /** Keeps what the gradient needs. */
  readonly differentiable: boolean;
  /** Forces a variant where the adapter has it; tests run each. */
  readonly variant?: Variant;
}

export const infoNceOp: Op<InfoNceAttrs> = defineOp({
  name: 'infoNce',

  shape: ([a, b, logScale], { scale, pairs, margin }) => {
    checkEmbeddings(a!, b!, pairs);
    checkScale(logScale, scale);
    checkMargin(margin);
    return { dtype: 'f32', shape: [] };
  },

  forward: (inputs, attrs) => {
    const request = requestOf(inputs, attrs);
    const forward = usesTiles(request.a, attrs) ? tilesForward : composedForward;
    const { loss, saved } = forward(request, attrs.differentiable);
    return { output: loss, saved };
  },

  vjp: ({ inputs, saved, attrs, needs }, grad) => {
    const request = requestOf(inputs, attrs);
    const gradient = usesTiles(request.a, attrs) ? tilesGradient : composedGradient;
    const [ofA = false, ofB = false, ofScale = false] = needs;
    const { a, b, scale } = gradient(request, saved, { a: ofA, b: ofB, scale: ofScale }, grad);
    return [a, b, scale?.view(inputs[2]!.shape) ?? null].slice(0, inputs.length);
  },
});

function requestOf(
  inputs: readonly Tensor[],
  { scale, pairs, margin, direction, chunkBytes }: InfoNceAttrs,
): Request {
  const [a, b, logScale] = inputs as [Tensor, Tensor, Tensor?];
  return {
    ...{ a, b, pairs, margin, scale: logScale ? logScale.view([]) : scale },
    ...{ forward: direction !== 'backward', backward: direction !== 'forward' },
    chunkBytes: Math.min(chunkBytes, a.device.largestTensorBytes),
  };
}

function usesTiles({ device }: Tensor, { variant, scale }: InfoNceAttrs): boolean {
  const { kind, subgroupSize } = device.adapter;
  if (subgroupSize === null || scale > MOST_TILE_SCALE) return false;
  return (variant ?? variantFor(kind, subgroupSize)) === 'tiles';
}

/** How {@link infoNce} pairs rows and runs. */
export interface InfoNceOptions {
  /** P, the rows at the start of both embeddings that belong together; rows after them are only negatives. Default: all. */
  readonly pairs?: number;
  /** m ≥ 0, what a pair's own cosine is lowered by. Default 0. */
  readonly margin?: number;
  /** Default `both`. */
  readonly direction?: Direction;
  /** Most bytes of S in memory at a time, default 64 MiB; at least one row of tiles. */
  readonly chunkBytes?: number;
}

/**
 * L = ½ [ mean_{i<P} CE(S_i·, i) + mean_{j<P} CE(S_·j, j) ], S_ij = s (a_i · b_j / (|a_i| |b_j|) - m δ_ij): symmetric
 * InfoNCE with a margin m and with rows beyond the P pairs as further negatives; one direction alone is its mean without ½.
 *
 * S is made a chunk of rows at a time, and softmaxes only inside products. Where all of S fits one chunk the gradient
 * uses it again, else it is made a second time, so that memory grows with `chunkBytes` (one to three times of it,
 * besides what grows with B D) and not with B².
 *
 * Shapes: a `[P + E_a, D]`, b `[P + E_b, D]`, result a scalar. Rows shorter than 1e-12 are divided by that, as l2Normalize
 * does; those longer than 1.8e19, whose squared length is past float32, count as rows of zeros.
 * Source: van den Oord et al., arXiv 1807.03748; symmetric as in Radford et al., ICML 2021, figure 3; margin: Wang et al.,
 * CVPR 2018, equation 4.
 *
 * @param scale s = 1/τ, or one value log s on the device, clamped to at most log 100
 * @throws {TensorError} `SHAPE`, `DTYPE`, `ARGUMENT`
 *
 * @example
 * ```ts
 * const loss = infoNce(structure, spectrum, 1 / 0.07);
 * ```
 */
export function infoNce(a: Tensor, b: Tensor, scale: Scale, options: InfoNceOptions = {}): Tensor {
  const fixed = typeof scale === 'number';
  const inputs = fixed ? [a, b] : [a, b, scale];
  return apply(infoNceOp, inputs, {
    scale: fixed ? scale : 0,
    pairs: Math.max(a.shape[0] ?? 0, b.shape[0] ?? 0),
    margin: 0,
    direction: 'both',
    chunkBytes: DEFAULT_CHUNK_BYTES,
    ...options,
    differentiable: inputs.some(({ node }) => node !== null),
  });
}
