import { flattenTree, type Tree } from '../autograd';
import { TensorError } from '../errors';
import type { Parameters } from '../nn/parameters';
import { add, minimum, mul, reciprocal, sqrt, square } from '../ops/elementwise/forward';
import { sum } from '../ops/reduce/forward';
import { sameShape, showShape } from '../shape';
import { scoped, type Tensor, tensor, zeros } from '../tensor';

/** All gradients of a step in the layout of the parameters. */
export interface FlatGradient {
  readonly flat: Tensor;
  /** One number that the optimiser multiplies the gradient by: gradient clipping. */
  readonly scale: Tensor;
  /** ‖g‖₂ over all parameters before clipping, one number. */
  readonly norm: Tensor;
}

/** Keeps clipping finite at a zero gradient, as in PyTorch's `clip_grad_norm_`. */
const NORM_EPSILON = 1e-6;

/**
 * Lays the gradients out like the parameters and scales them to a global norm of at most `clipNorm`:
 * scale = min(1, clipNorm / (‖g‖₂ + 1e-6)). Nothing is read back.
 *
 * @param grads gradients in the nesting of `parameters.tree`
 * @param clipNorm largest norm, or `null` for no clipping
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
      const from = gradient.binding;
      const to = flat.binding;
      device.copy(from.storage, from.byteOffset, to.storage, offset * 4, gradient.byteLength);
    }
    const norm = sqrt(sum(square(flat)));
    const scale =
      clipNorm === null
        ? tensor(device, [1])
        : minimum(mul(reciprocal(add(norm, NORM_EPSILON)), clipNorm), 1);
    return { flat, scale, norm };
  });
}
