import { apply, defineOp, type Op, type Tensor } from '@bravais/tensor-core';
import { composedForward, composedGradient } from './composed';
import { checkEmbeddings, checkScale } from './operands';
import { type Variant, variantFor } from './plan';
import type { Request } from './request';
import type { Scale } from './scale';
import { tilesForward } from './tiles';
import { tilesGradient } from './tiles-gradient';

/** Most bytes of logits in memory at a time, unless asked otherwise. */
export const DEFAULT_CHUNK_BYTES: number = 64 * 2 ** 20;

/** Attributes of {@link infoNceOp}; its inputs are a, b and, where the scale is learned, log(1/τ). */
export interface InfoNceAttrs {
  /** 1/τ where it is fixed. */
  readonly scale: number;
  /** Most bytes of logits in memory at a time. */
  readonly chunkBytes: number;
  /** Keeps what the gradient needs. */
  readonly differentiable: boolean;
  /** Forces a variant where the adapter has it; tests run each. */
  readonly variant?: Variant;
}

export const infoNceOp: Op<InfoNceAttrs> = defineOp({
  name: 'infoNce',

  shape: ([a, b, logScale], { scale }) => {
    checkEmbeddings(a!, b!);
    checkScale(logScale, scale);
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

function requestOf(inputs: readonly Tensor[], { scale, chunkBytes }: InfoNceAttrs): Request {
  const [a, b, logScale] = inputs as [Tensor, Tensor, Tensor?];
  return {
    ...{ a, b, scale: logScale ? logScale.view([]) : scale },
    chunkBytes: Math.min(chunkBytes, a.device.largestTensorBytes),
  };
}

function usesTiles({ device }: Tensor, { variant }: InfoNceAttrs): boolean {
  const { kind, subgroupSize } = device.adapter;
  return subgroupSize !== null && (variant ?? variantFor(kind, subgroupSize)) === 'tiles';
}

/**
 * L = ½ [ mean_i CE(S_i·, i) + mean_j CE(S_·j, j) ], S_ij = s a_i · b_j / (|a_i| |b_j|): symmetric InfoNCE.
 *
 * S is made a chunk of rows at a time, and softmaxes only inside products. Where all of S fits one chunk the gradient
 * uses it again, else it is made a second time, so that memory grows with `chunkBytes` (one to three times of it,
 * besides what grows with B D) and not with B².
 *
 * Shapes: a, b `[B, D]`, result a scalar. Rows shorter than 1e-12 are divided by that, as l2Normalize does.
 * Source: van den Oord et al., arXiv 1807.03748; symmetric as in Radford et al., ICML 2021, figure 3.
 *
 * @param scale s = 1/τ, or one value log s on the device, clamped to at most log 100
 * @param chunkBytes most bytes of S in memory at a time, default 64 MiB; at least one row of tiles
 * @throws {TensorError} `SHAPE`, `DTYPE`, `ARGUMENT`
 *
 * @example
 * ```ts
 * const loss = infoNce(structure, spectrum, 1 / 0.07);
 * ```
 */
export function infoNce(
  a: Tensor,
  b: Tensor,
  scale: Scale,
  chunkBytes: number = DEFAULT_CHUNK_BYTES,
): Tensor {
  const fixed = typeof scale === 'number';
  const inputs = fixed ? [a, b] : [a, b, scale];
  const differentiable = inputs.some(({ node }) => node !== null);
  return apply(infoNceOp, inputs, { scale: fixed ? scale : 0, chunkBytes, differentiable });
}
