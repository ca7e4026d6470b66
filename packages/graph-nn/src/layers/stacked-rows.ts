import {
  apply,
  concat,
  defineOp,
  type Op,
  showShape,
  slice,
  type Tensor,
  TensorError,
  type TensorSpec,
  VIEW_ALIGNMENT_BYTES,
} from '@bravais/tensor-core';

/** Inputs: two matrices of one width; see {@link stackedRows}. */
export const stackedRowsOp: Op<null> = defineOp({
  name: 'stackedRows',
  shape(inputs) {
    const [upper, lower] = inputs as [TensorSpec, TensorSpec];
    const matrices = inputs.every(({ dtype, shape }) => dtype === 'f32' && shape.length === 2);
    if (!matrices || upper.shape[1] !== lower.shape[1]) {
      const got = inputs.map(({ dtype, shape }) => `${dtype} ${showShape(shape)}`).join(' and ');
      throw new TensorError(
        'SHAPE',
        `stackedRows: expected two f32 matrices of one width, got ${got}. Check their columns.`,
      );
    }
    return { dtype: 'f32', shape: [upper.shape[0]! + lower.shape[0]!, upper.shape[1]!] };
  },
  forward([upper, lower], _, { shape }) {
    return { output: isNext(upper!, lower!) ? upper!.view(shape) : concat([upper!, lower!]) };
  },
  gradientPlace([upper, lower], [ofUpper, ofLower], { shape }) {
    const viewed = upper!.byteLength % VIEW_ALIGNMENT_BYTES === 0 && lower!.size > 0;
    return viewed && ofUpper && ofLower && isNext(ofUpper, ofLower) ? ofUpper.view(shape) : null;
  },
  vjp({ inputs }, grad) {
    const [upper, lower] = inputs as [Tensor, Tensor];
    if (upper.byteLength % VIEW_ALIGNMENT_BYTES === 0) {
      return [grad.view(upper.shape), grad.view(lower.shape, null, upper.byteLength)];
    }
    const rows = upper.shape[0]!;
    return [slice(grad, [{ end: rows }]), slice(grad, [{ start: rows }])];
  },
});

/** Whether `lower` begins in memory where `upper` ends. */
function isNext(upper: Tensor, lower: Tensor): boolean {
  const [from, to] = [upper.binding, lower.binding];
  return from.storage === to.storage && from.byteOffset + upper.byteLength === to.byteOffset;
}

/**
 * [A; B], `[R, C]` over `[S, C]`, as one matrix `[R + S, C]` for one product instead of two.
 *
 * Neighbours in the flat buffer of `packParameters` are seen as one where they lie, and so are their gradients; only
 * matrices that lie apart, or whose size is no multiple of the alignment of views, are copied.
 *
 * @throws {TensorError} `SHAPE`
 */
export function stackedRows(upper: Tensor, lower: Tensor): Tensor {
  return apply(stackedRowsOp, [upper, lower], null);
}
