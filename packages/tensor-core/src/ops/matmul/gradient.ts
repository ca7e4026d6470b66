import { type Shape, sameShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { sumTo } from '../reduce/forward';
import { matmul } from './forward';

/** Which operands of C = op(A) op(B) are transposed. */
export interface Transposes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** dL/dA = dC op(B)ᵀ, transposed where A is, summed over the batch axes A was stretched along; `into` is where it is wanted. */
export function gradientOfA(
  a: Tensor,
  b: Tensor,
  dc: Tensor,
  { transposeA, transposeB }: Transposes,
  into: Tensor | null,
): Tensor {
  const place = sameShape(dc.shape.slice(0, -2), a.shape.slice(0, -2)) ? into : null;
  const da = transposeA
    ? matmul(b, dc, { transposeA: transposeB, transposeB: true, into: place })
    : matmul(dc, b, { transposeB: !transposeB, into: place });
  return toShape(da, a.shape);
}

/** dL/dB = op(A)ᵀ dC, transposed where B is, summed over the batch axes B was stretched along; `into` is where it is wanted. */
export function gradientOfB(
  a: Tensor,
  b: Tensor,
  dc: Tensor,
  { transposeA, transposeB }: Transposes,
  into: Tensor | null,
): Tensor {
  const shared = b.rank === 2 && !transposeA;
  const left = shared ? stacked(a) : a;
  const right = shared ? stacked(dc) : dc;
  const place = sameShape(right.shape.slice(0, -2), b.shape.slice(0, -2)) ? into : null;
  const db = transposeB
    ? matmul(right, left, { transposeA: true, transposeB: transposeA, into: place })
    : matmul(left, right, { transposeA: !transposeA, into: place });
  return toShape(db, b.shape);
}

/** All matrices of a batch on top of each other: their products with one matrix sum up as one product. */
function stacked(x: Tensor): Tensor {
  const columns = x.shape.at(-1)!;
  const rows = x.shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
  return x.rank === 2 ? x : x.view([rows, columns]);
}

function toShape(grad: Tensor, shape: Shape): Tensor {
  return sameShape(grad.shape, shape) ? grad : sumTo(grad, shape);
}
