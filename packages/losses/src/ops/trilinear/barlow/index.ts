import { defineOp, type Op, scoped, type Tensor } from '@bravais/tensor-core';
import { checkEpsilon } from '../../../barlow-options';
import { checkTriple } from '../check';
import { gradientBySlabs } from '../gradient-by-slabs';
import { operandsIn } from '../operands';
import { planTrilinear, type TrilinearOptions } from '../variant';
import { reduceByTiles } from './reduce-by-tiles';
import { reduceBySlabs, slabGradientByProduct, slabGradientByTiles } from './slabs';
import { standardize } from './standardize';
import { standardizeVjp } from './standardize-vjp';
import { type TwoEqual, targetsOf } from './targets';

/** Attributes of {@link barlowTwins3dOp}. */
export interface BarlowTwins3dAttrs extends TrilinearOptions {
  readonly lambda: number;
  readonly twoEqual: TwoEqual;
  readonly epsilon: number;
}

/** Inputs: x, y and z, f32 [B, D]. Keeps the standardised inputs and their 1/σ for the gradient. */
export const barlowTwins3dOp: Op<BarlowTwins3dAttrs> = defineOp({
  name: 'barlowTwins3d',

  shape: (inputs, { lambda, twoEqual, epsilon }) => {
    checkTriple('barlowTwins3d', inputs);
    targetsOf(lambda, twoEqual);
    checkEpsilon('barlowTwins3d', epsilon);
    return { dtype: 'f32', shape: [] };
  },

  forward: (inputs, attrs) => {
    const [x, y, z] = inputs as [Tensor, Tensor, Tensor];
    const { lanes, slabBytes } = planTrilinear('barlowTwins3d', x.device, attrs);
    const { operands, rstd } = standardize([x, y, z], attrs.epsilon);
    const targets = targetsOf(attrs.lambda, attrs.twoEqual);
    const output =
      lanes === null ? reduceBySlabs(operands, targets, slabBytes) : reduceByTiles(operands, targets, lanes);
    return { output, saved: [operands.packed, rstd] };
  },

  vjp: ({ inputs, saved, attrs }, upstream) => {
    const [packed, rstd] = saved as [Tensor, Tensor];
    const shape = inputs[0]!.shape as [batch: number, features: number];
    const plan = planTrilinear('barlowTwins3d', packed.device, attrs);
    const targets = targetsOf(attrs.lambda, attrs.twoEqual);
    return scoped(packed.device, () => {
      const operands = operandsIn(packed, shape[1]);
      const { gradients, factors } = gradientBySlabs(operands, plan, {
        byTiles: (lanes, slab) => slabGradientByTiles(operands, targets, lanes, slab),
        byProduct: (rows, slab) => slabGradientByProduct(operands, targets, rows, slab),
      });
      return standardizeVjp(factors, gradients, rstd, upstream, shape);
    });
  },
});
