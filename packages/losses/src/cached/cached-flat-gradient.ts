import { add, scoped, type Tensor, type Tree, zeros } from '@bravais/tensor-core';
import { type Parameters, parameterViews, type TensorTree } from '@bravais/tensor-core/nn';
import { type FlatGradient, flattenGradient } from '@bravais/tensor-core/optim';
import { type CachedBatch, sumCachedGradient } from './cached-batch';

/**
 * L and dL/d(parameters) in the layout of the parameters, scaled to a global norm of at most `clipNorm`: `valueAndFlatGradient` for
 * a batch larger than the encoders' memory. {@link cachedValueAndGrad} says how, and what it asks of the encoders.
 *
 * @param clipNorm largest norm, or `null` for no clipping
 *
 * @example
 * ```ts
 * const { value, gradient } = cachedFlatGradient(parameters, { parts, encode, loss }, 1);
 * state = adamW(parameters, gradient, mask, state, { learningRate: 1e-3 });
 * ```
 */
export function cachedFlatGradient<T, Part, Aux = undefined>(
  parameters: Parameters<T>,
  batch: CachedBatch<TensorTree<T>, Part, Aux>,
  clipNorm: number | null,
): { value: Tensor; gradient: FlatGradient; aux: Aux | undefined } {
  const { device, shape } = parameters.flat;
  return scoped(device, () => {
    const total = zeros(device, shape);
    const views = parameterViews(parameters, total) as TensorTree<T> & Tree;
    const { value, aux } = sumCachedGradient(device, parameters.tree as TensorTree<T> & Tree, batch, {
      own: views,
      add: (gradient) => {
        const part = zeros(device, shape);
        gradient(parameterViews(parameters, part) as TensorTree<T> & Tree);
        total.assign(add(total, part));
      },
    });
    return { value, gradient: flattenGradient(parameters, views, clipNorm), aux };
  });
}
