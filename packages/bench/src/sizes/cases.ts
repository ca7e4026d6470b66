import type { Device } from '@bravais/tensor-core';
import { contrast } from '../ours/contrast';
import { crystalConvolution } from '../ours/crystal-convolution';
import { mlpStep } from '../ours/mlp-step';
import { product } from '../ours/product';
import { barlowTwinsLoss, tensorClipLoss } from '../ours/triples';
import { inputs, SIZES } from '../workloads/inputs';
import type { GraphSize, ProductSize, TableSize } from '../workloads/sized-inputs';
import type { WorkloadRun } from '../workloads/time-workloads';
import type { Workload } from '../workloads/workloads';
import type { SizedWork } from './line';

/** A workload at one size, ready to be prepared. */
export interface SizeCase extends SizedWork {
  prepare(device: Device): WorkloadRun;
}

/** How a workload depends on its size. */
interface Scaling<Size> {
  text(size: Size): string;
  operations(size: Size): number;
  prepare(device: Device, size: Size): WorkloadRun;
}

/** Every workload at its own size, then at others around it: odd, prime, tall, and such that no tile divides. */
export function sizeCases(): SizeCase[] {
  return [
    ...cases('matmul512', [cube(256), cube(257), cube(384), cube(509), cube(513), tall(3100)], {
      ...ofProduct,
      prepare: (device, size) => product(device, inputs.matmul512(size)),
    }),
    ...cases('matmul1024', [cube(1000), cube(1023), cube(1025), tall(37_000)], {
      ...ofProduct,
      prepare: (device, size) => product(device, inputs.matmul1024(size)),
    }),
    ...cases('mlp_step', [table(4095, 127), table(4097, 129), table(3100, 96), table(4095, 96)], {
      text: tableText,
      // Forward, and the gradient of the hidden layer's weight; the gradient of the rows is not asked for.
      operations: ({ rows, width }) => 4 * rows * width * width + 6 * rows * width,
      prepare: (device, size) => mlpStep(device, inputs.mlp_step(size)),
    }),
    ...cases('clip_fwdbwd', [table(384, 128), table(511, 127), table(513, 129), table(1000, 96)], {
      text: tableText,
      operations: ({ rows, width }) => 6 * rows * rows * width,
      prepare: (device, size) => contrast(device, inputs.clip_fwdbwd(size)),
    }),
    ...cases('cgcnn_fwdbwd', [graph(1999, 20_011, 60), graph(3100, 37_000, 64), graph(3100, 37_000, 96)], {
      text: ({ nodes, edges, width }) => `${grouped(nodes)} nodes, ${grouped(edges)} edges of ${width}`,
      // [N, W] × [W, 4W] and [E, W] × [W, 2W], each with both gradients.
      operations: ({ nodes, edges, width }) => 3 * (8 * nodes + 4 * edges) * width * width,
      prepare: (device, size) => crystalConvolution(device, inputs.cgcnn_fwdbwd(size)),
    }),
    ...cases('tensorclip_fwd', [table(63, 128), table(65, 127), table(96, 128), table(96, 100)], {
      text: tableText,
      operations: ({ rows, width }) => 2 * rows ** 3 * width,
      prepare: (device, size) => tensorClipLoss(device, inputs.tensorclip_fwd(size)),
    }),
    ...cases('barlow3_fwd', [table(255, 63), table(257, 64), table(257, 65), table(255, 96)], {
      text: tableText,
      operations: ({ rows, width }) => 2 * rows * width ** 3,
      prepare: (device, size) => barlowTwinsLoss(device, inputs.barlow3_fwd(size)),
    }),
  ];
}

const ofProduct = {
  text: ({ rows, depth, columns }: ProductSize): string => [rows, depth, columns].map(grouped).join(' × '),
  operations: ({ rows, depth, columns }: ProductSize): number => 2 * rows * depth * columns,
};

/** The workload's own size first. */
function cases<Work extends Workload>(
  work: Work,
  others: readonly (typeof SIZES)[Work][],
  { text, operations, prepare }: Scaling<(typeof SIZES)[Work]>,
): SizeCase[] {
  const reference = SIZES[work];
  return [reference, ...others].map((size) => ({
    work,
    size: text(size),
    reference: size === reference,
    operations: operations(size),
    prepare: (device) => prepare(device, size),
  }));
}

function cube(side: number): ProductSize {
  return { rows: side, depth: side, columns: side };
}

/** The linear layer on rows of 96 features of a crystal graph convolution. */
function tall(rows: number): ProductSize {
  return { rows, depth: 96, columns: 192 };
}

function table(rows: number, width: number): TableSize {
  return { rows, width };
}

function graph(nodes: number, edges: number, width: number): GraphSize {
  return { nodes, edges, width };
}

function tableText({ rows, width }: TableSize): string {
  return `${grouped(rows)} × ${width}`;
}

function grouped(count: number): string {
  return count.toLocaleString('en');
}
