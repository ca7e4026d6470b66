import { flattenTree, type Tree } from '../autograd';
import { TensorError } from '../errors';
import { type LossResult, valueAndGrad } from '../grad';
import { type Parameters, parameterViews, type TensorTree } from '../nn/parameters';
import { sameShape, showShape } from '../shape';
import { scoped, type Tensor, zeros } from '../tensor';
import { clipGradient, type FlatGradient } from './clip-gradient';

/**
 * L and dL/d(parameters) in the layout of the parameters, scaled to a global norm of at most `clipNorm`:
 * scale = min(1, clipNorm / (‖g‖₂ + 1e-6)).
 *
 * Gradients are made where they belong in the flat buffer, without a copy; parameters that the loss does not depend
 * on have zeros. Nothing is read back.
 *
 * @param loss as for `valueAndGrad`
 * @param clipNorm largest norm, or `null` for no clipping
 * @throws {TensorError} `SHAPE` where the loss is no scalar
 *
 * @example
 * ```ts
 * const { value, gradient } = valueAndFlatGradient(parameters, (tree) => mean(square(sub(mlp(tree, x, 0, null), y))), 1);
 * state = adamW(parameters, gradient, mask, state, { learningRate: 1e-3 });
 * ```
 */
export function valueAndFlatGradient<T, Aux = undefined>(
  parameters: Parameters<T>,
  loss: (tree: TensorTree<T>) => LossResult<Aux>,
  clipNorm: number | null,
): { value: Tensor; gradient: FlatGradient; aux: Aux | undefined } {
  const { device, shape } = parameters.flat;
  return scoped(device, () => {
    const flat = zeros(device, shape);
    const views = parameterViews(parameters, flat);
    const { value, aux } = valueAndGrad(
      parameters.tree as Tree,
      (tree) => loss(tree as TensorTree<T>),
      views,
    );
    const gradient = device.layer('gradient norm', () => clipGradient(flat, clipNorm));
    return { value, gradient, aux };
  });
}

/**
 * Lays gradients that are there already out like the parameters and scales them; see {@link valueAndFlatGradient}, which
 * makes them so.
 *
 * @param grads gradients in the nesting of `parameters.tree`
 * @param clipNorm largest norm, or `null` for no clipping
 * @throws {TensorError} `SHAPE` for a gradient that is missing or has another shape than its parameter
 */
export function flattenGradient(
  parameters: Parameters<unknown>,
  grads: Tree,
  clipNorm: number | null,
): FlatGradient {
  const { device, shape } = parameters.flat;
  const byName = new Map(flattenTree(grads));
  return scoped(device, () => {
    const flat = zeros(device, shape);
    for (const { name, shape: expected, offset } of parameters.entries) {
      const gradient = byName.get(name);
      if (!gradient || !sameShape(gradient.shape, expected)) {
        const got = gradient ? showShape(gradient.shape) : 'none';
        throw new TensorError(
          'SHAPE',
          `flattenGradient: expected a gradient ${showShape(expected)} for ${name}, got ${got}.`,
        );
      }
      flat.view(expected, null, offset * 4).assign(gradient);
    }
    return clipGradient(flat, clipNorm);
  });
}
