import { type Device, matmul, type Tensor, tensor } from '@bravais/tensor-core';
import { uniform } from '../workloads/host-tensor';
import type { AdapterKind } from './cases';
import type { KernelCase } from './kernel-case';

/** Which operands are given transposed: N as they are, T transposed. */
type Layout = 'NN' | 'NT' | 'TN';

const LAYOUTS: readonly Layout[] = ['NN', 'NT', 'TN'];
/** Powers of two, and sizes that no tile divides. */
const SIDES = [64, 128, 256, 512, 1024, 257, 384, 1000];
const QUICK_SIDES = [128, 512, 257];
/** What a GPU needs to be busy. */
const LARGE_SIDES = [2048, 4096, 8192];

/** Products of square matrices in each layout, a tall one as of a batch of nodes, and an outer product, which only writes. */
export function matmulCases(quick: boolean, kind: AdapterKind): KernelCase[] {
  const sides = [...(quick ? QUICK_SIDES : SIDES), ...(kind === 'hardware' ? LARGE_SIDES : [])];
  const square = sides.flatMap((side) => LAYOUTS.map((layout) => product(layout, side, side, side)));
  return [...square, product('NN', 16_384, 128, 128), product('NN', 1000, 1, 1000)];
}

function product(layout: Layout, rows: number, depth: number, columns: number): KernelCase {
  const [transposeA, transposeB] = [layout[0] === 'T', layout[1] === 'T'];
  return {
    name: `matmul ${layout} ${rows} × ${depth} × ${columns}`,
    flops: 2 * rows * depth * columns,
    bytes: 4 * (rows * depth + depth * columns + rows * columns),
    prepare: (device) => {
      const a = operand(device, transposeA ? [depth, rows] : [rows, depth], 1);
      const b = operand(device, transposeB ? [columns, depth] : [depth, columns], 2);
      return () => {
        matmul(a, b, { transposeA, transposeB });
      };
    },
  };
}

function operand(device: Device, shape: readonly number[], seed: number): Tensor {
  return tensor(device, uniform(shape, seed).values, shape);
}
