import {
  apply,
  applyWithSaved,
  defineOp,
  mul,
  type Op,
  scoped,
  type Tensor,
  TensorError,
} from '@bravais/tensor-core';
import { checkTriple } from '../check';
import { cropped } from '../crop';
import { gradientBySlabs } from '../gradient-by-slabs';
import { operandsIn } from '../operands';
import { packRows } from '../pack';
import { planTrilinear, type TrilinearOptions } from '../variant';
import { slabGradientByProduct, slabGradientByTiles } from './gradient';
import { checkNegatives, type TripleNegatives } from './negatives';
import { reduceBySlabs } from './reduce-by-slabs';
import { reduceByTiles } from './reduce-by-tiles';
import { termsOf } from './reduced';

/** Options of {@link trilinearCrossEntropy}. */
export interface TrilinearCrossEntropyOptions extends TrilinearOptions {
  /** Factor of every score. Default 1. */
  readonly scale?: number;
  /** Which entries the softmaxes run over besides the positive. Default `all`. */
  readonly negatives?: TripleNegatives;
}

/** Attributes of {@link trilinearCrossEntropyOp}. */
interface TrilinearCrossEntropyAttrs extends TrilinearOptions {
  readonly scale: number;
  readonly negatives: TripleNegatives;
}

const DEFAULTS: TrilinearCrossEntropyAttrs = { scale: 1, negatives: 'all' };

/** Inputs: x, y and z, f32 [B, D]. Keeps the packed inputs and the log-sums for the gradient, and the axes' terms. */
export const trilinearCrossEntropyOp: Op<TrilinearCrossEntropyAttrs> = defineOp({
  name: 'trilinearCrossEntropy',

  shape: (inputs, { scale, negatives }) => {
    checkTriple('trilinearCrossEntropy', inputs);
    checkNegatives('trilinearCrossEntropy', negatives);
    if (!Number.isFinite(scale)) {
      throw new TensorError('ARGUMENT', `trilinearCrossEntropy: scale must be finite, got ${scale}.`);
    }
    return { dtype: 'f32', shape: [] };
  },

  forward: (inputs, attrs) => {
    const [x, y, z] = inputs as [Tensor, Tensor, Tensor];
    const { lanes, slabBytes } = planTrilinear('trilinearCrossEntropy', x.device, attrs);
    const operands = packRows([x, y, z], attrs.scale);
    const { loss, logSums, terms } =
      lanes === null
        ? reduceBySlabs(operands, attrs.negatives, slabBytes)
        : reduceByTiles(operands, attrs.negatives, lanes);
    return { output: loss, saved: [operands.packed, logSums, terms] };
  },

  vjp: ({ inputs, saved, attrs }, upstream) => {
    const [packed, logSums] = saved as [Tensor, Tensor];
    const shape = inputs[0]!.shape;
    const plan = planTrilinear('trilinearCrossEntropy', packed.device, attrs);
    return scoped(packed.device, () => {
      const operands = operandsIn(packed, shape[0]!);
      const of = { operands, negatives: attrs.negatives, logSums, upstream };
      const { gradients } = gradientBySlabs(operands, plan, {
        byTiles: (lanes, slab) => slabGradientByTiles(of, lanes, slab),
        byProduct: (factors, slab) => slabGradientByProduct(of, factors, slab),
      });
      const [dx, dy, dz] = gradients.map((gradient) => cropped(gradient, shape)) as [Tensor, Tensor, Tensor];
      return [attrs.scale === 1 ? dx : mul(dx, attrs.scale), dy, dz];
    });
  },
});

/**
 * L = mean over i and over the three axes of [log Σ exp of the slice of i - T_iii] with
 * T_abc = scale Σ_d x_ad y_bd z_cd: the cross-entropy of the triple (i, i, i) against all B² triples that share one of its
 * members, for each member. T is never stored: memory grows with B², time with B³ D.
 *
 * With `negatives: 'distinct'` entries with exactly two equal indices are left out of the softmaxes.
 *
 * Gradients flow to x, y and z. Sums run in a fixed order, and no spread of T makes them overflow.
 *
 * @param x f32 [B, D], used as it is; y and z likewise
 * @throws {TensorError} `SHAPE`, `DTYPE`, `ARGUMENT` for a scale that is not finite
 * @throws {LossError} `OPTION`
 *
 * @example
 * ```ts
 * const loss = trilinearCrossEntropy(structure, spectrum, density, { scale: 10 });
 * ```
 */
export function trilinearCrossEntropy(
  x: Tensor,
  y: Tensor,
  z: Tensor,
  options: TrilinearCrossEntropyOptions = {},
): Tensor {
  return apply(trilinearCrossEntropyOp, [x, y, z], { ...DEFAULTS, ...options });
}

/** As {@link trilinearCrossEntropy}, with the terms of the three axes that it is the mean of, without gradient. */
export function trilinearCrossEntropyByAxis(
  rows: readonly [x: Tensor, y: Tensor, z: Tensor],
  options: TrilinearCrossEntropyOptions = {},
): { loss: Tensor; terms: readonly [x: Tensor, y: Tensor, z: Tensor] } {
  const attrs = { ...DEFAULTS, ...options };
  const { output, saved } = applyWithSaved(trilinearCrossEntropyOp, rows, attrs);
  return { loss: output, terms: termsOf(saved[2]!) };
}
