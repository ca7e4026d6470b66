import { apply, defineOp, empty, type Op, sum, type Tensor, TensorError } from '@bravais/tensor-core';
import { eigenvalueKernels, MOST_MODALITIES } from './kernels';

export { MOST_MODALITIES };

/** Rows that one thread goes through: the Gram matrix of a column's rest is read once for them. */
const STRIP = 16;

/** Columns of one workgroup. */
const WIDTH = 64;

/** Inputs: products f32 [N, K B], rest f32 [B, K, K]; the output is f32 [N, B]. */
export const topEigenvalueOp: Op<Record<string, never>> = defineOp({
  name: 'topEigenvalue',

  shape: ([products, rest]) => {
    const [columns = 0, others = 0] = rest!.shape;
    const fits =
      rest!.shape.length === 3 &&
      rest!.shape[2] === others &&
      products!.shape.length === 2 &&
      products!.shape[1] === others * columns &&
      others >= 1 &&
      others < MOST_MODALITIES;
    if (!fits) {
      throw new TensorError(
        'SHAPE',
        `topEigenvalue: expected products [N, K B] and rest [B, K, K] with K from 1 to ${MOST_MODALITIES - 1}, got ` +
          `[${products!.shape.join(', ')}] and [${rest!.shape.join(', ')}].`,
      );
    }
    if (products!.dtype !== 'f32' || rest!.dtype !== 'f32') {
      throw new TensorError(
        'DTYPE',
        `topEigenvalue: expected f32, got ${products!.dtype} and ${rest!.dtype}.`,
      );
    }
    return { dtype: 'f32', shape: [products!.shape[0]!, columns] };
  },

  forward: ([products, rest], _attrs, { shape }) => {
    const output = empty(products!.device, shape, 'f32', 'topEigenvalue');
    const { kernels, params, groups } = launchOf(products!, rest!);
    products!.device.launch({
      kernel: kernels.forward,
      bindings: [products!.binding, rest!.binding, output.binding],
      params,
      groups,
    });
    return { output };
  },

  vjp: ({ inputs }, grad) => {
    const [products, rest] = inputs as [Tensor, Tensor];
    const { kernels, params, groups } = launchOf(products, rest);
    const ofProducts = empty(products.device, products.shape, 'f32', 'topEigenvalue gradient');
    const ofStrips = empty(products.device, [groups[1], ...rest.shape], 'f32', 'topEigenvalue strips');
    products.device.launch({
      kernel: kernels.vjp,
      bindings: [products, rest, grad, ofProducts, ofStrips].map(({ binding }) => binding),
      params,
      groups,
    });
    return [ofProducts, sum(ofStrips, 0)];
  },
});

function launchOf(products: Tensor, rest: Tensor) {
  const [columns, others] = rest.shape as [number, number, number];
  const rows = products.shape[0]!;
  return {
    kernels: eigenvalueKernels(others + 1),
    params: [rows, columns, STRIP],
    groups: [Math.ceil(columns / WIDTH), Math.ceil(rows / STRIP), 1] as const,
  };
}

/**
 * λ_ij = largest eigenvalue of the Gram matrix [[1, p], [pᵀ, R_j]] with p_k = products[i, k B + j] and R_j = rest[j], whose
 * diagonal counts as 1: of every anchor i with every rest j.
 *
 * The matrix must be positive semidefinite, as Gram matrices of vectors of length 1 or less are with a diagonal of 1. It is
 * squared until its top eigenvector alone is left (24 times at most, 5 to 8 are usual), in registers and in a fixed order. The
 * gradient is exact, dλ/dG = v vᵀ. Where the top eigenvalue is m-fold, λ has a kink and dλ/dG is taken as the projector on
 * the eigenspace over m, the mean over it; where eigenvalues differ by less than about 1e-6 of their size, a mean between.
 *
 * Shapes: products f32 `[N, K B]`, rest f32 `[B, K, K]`, K from 1 to 7, result f32 `[N, B]`.
 *
 * @throws {TensorError} `SHAPE`, `DTYPE`
 *
 * @example
 * ```ts
 * const products = matmul(anchor, reshape(permute(rest, [1, 0, 2]), [-1, features]), { transposeB: true });
 * const eigenvalues = topEigenvalue(products, matmul(rest, rest, { transposeB: true }));
 * ```
 */
export function topEigenvalue(products: Tensor, rest: Tensor): Tensor {
  return apply(topEigenvalueOp, [products, rest], {});
}
