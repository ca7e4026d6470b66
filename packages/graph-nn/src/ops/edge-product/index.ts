import {
  apply,
  defineOp,
  matmul,
  type Op,
  showShape,
  type Tensor,
  TensorError,
  type TensorSpec,
  zeros,
} from '@bravais/tensor-core';

/** Features of edges in both layouts: a product reads one forward and the other backward, each as it lies in memory. */
export interface EdgeFeatures {
  /** f32 `[E, K]`. */
  readonly rows: Tensor;
  /** f32 `[K, E]`: the same numbers transposed. */
  readonly columns: Tensor;
}

/** Inputs in order: rows and columns of the features, weight. The gradient of the features goes to the rows alone. */
export const edgeProductOp: Op<null> = defineOp({
  name: 'edgeProduct',
  shape(inputs) {
    const [rows, columns, weight] = inputs as [TensorSpec, TensorSpec, TensorSpec];
    const [edges, features] = rows.shape;
    const agree =
      inputs.every(({ shape, dtype }) => shape.length === 2 && dtype === 'f32') &&
      columns.shape[0] === features &&
      columns.shape[1] === edges &&
      weight.shape[1] === features;
    if (!agree) {
      throw new TensorError(
        'SHAPE',
        `edgeProduct: expected f32 features [E, K] and [K, E] and a weight [N, K], got ${inputs.map(({ dtype, shape }) => `${dtype} ${showShape(shape)}`).join(', ')}. Take both layouts of the same features.`,
      );
    }
    return { dtype: 'f32', shape: [edges!, weight.shape[0]!] };
  },
  forward([, columns, weight]) {
    return { output: matmul(columns!, weight!, { transposeA: true, transposeB: true }) };
  },
  vjp({ inputs: [rows, columns, weight], needs }, grad) {
    return [
      needs[0] ? matmul(grad, weight!) : null,
      needs[1] ? zeros(grad.device, columns!.shape) : null,
      needs[2] ? matmul(grad, rows!, { transposeA: true }) : null,
    ];
  },
});

/**
 * y = u Wᵀ for the features u `[E, K]` of edges and a weight `[N, K]`: `[E, N]`.
 *
 * A product of as many rows as there are edges is bound by how its operands lie in memory: with the features in both
 * layouts, neither it nor its gradient has to gather them.
 *
 * @throws {TensorError} `SHAPE`
 */
export function edgeProduct({ rows, columns }: EdgeFeatures, weight: Tensor): Tensor {
  return apply(edgeProductOp, [rows, columns, weight], null);
}
