import { at, type ReferenceTensor, referenceTensor } from '../../testing';
import type { Activation } from './activation';

/** activation(op(a) op(b) + bias) in float64, element by element. */
export function matmulReference(
  [a, b, bias]: readonly ReferenceTensor[],
  options: { transposeA?: boolean; transposeB?: boolean; activation?: Activation },
): ReferenceTensor {
  if (!a || !b) throw new RangeError('matmulReference: two operands are needed');
  const [rowsA, columnsA] = a.shape.slice(-2) as [number, number];
  const [rowsB, columnsB] = b.shape.slice(-2) as [number, number];
  const rows = options.transposeA ? columnsA : rowsA;
  const depth = options.transposeA ? rowsA : columnsA;
  const columns = options.transposeB ? rowsB : columnsB;
  const batchRank = Math.max(a.shape.length, b.shape.length) - 2;
  const batch = Array.from({ length: batchRank }, (_, axis) => {
    const extents = [a, b].map(({ shape }) => shape.slice(0, -2).at(axis - batchRank) ?? 1);
    return extents[0] === 1 ? extents[1]! : extents[0]!;
  });
  return referenceTensor([...batch, rows, columns], (index) => {
    const [row, column] = index.slice(-2) as [number, number];
    let sum = bias ? bias.data[column]! : 0;
    for (let k = 0; k < depth; k++) {
      sum +=
        at(a, [...batchIndex(a, index), ...(options.transposeA ? [k, row] : [row, k])]) *
        at(b, [...batchIndex(b, index), ...(options.transposeB ? [column, k] : [k, column])]);
    }
    return activationReference(options.activation ?? 'none', sum);
  });
}

/** f(x) of an activation in float64. */
export function activationReference(activation: Activation, x: number): number {
  switch (activation) {
    case 'none':
      return x;
    case 'relu':
      return Math.max(x, 0);
    case 'silu':
      return x / (1 + Math.exp(-x));
    case 'gelu':
      return 0.5 * x * (1 + erf(x / Math.SQRT2));
    case 'tanh':
      return Math.tanh(x);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-x));
    case 'softplus':
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}

/** erf(x) = 2/√π exp(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!, whose terms all have one sign. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The operand's part of a batch index: missing axes dropped, stretched axes at 0. */
function batchIndex(operand: ReferenceTensor, index: readonly number[]): number[] {
  const own = operand.shape.slice(0, -2);
  const from = index.length - 2 - own.length;
  return own.map((extent, axis) => (extent === 1 ? 0 : index[from + axis]!));
}
