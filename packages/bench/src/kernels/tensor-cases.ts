import {
  add,
  type Device,
  type Expression,
  embeddingOp,
  fuse,
  gatherRowsOp,
  layerNormOp,
  mul,
  segmentSumOp,
  sigmoid,
  softmaxOp,
  softplus,
  sum,
  type Tensor,
  tensor,
} from '@bravais/tensor-core';
import { packParameters } from '@bravais/tensor-core/nn';
import { adamW, decayMask, initAdamW } from '@bravais/tensor-core/optim';
import { compressedRows } from '../ours/compressed-rows';
import { integers, uniform } from '../workloads/inputs';
import { forwardCase, gradientCase, type KernelCase } from './kernel-case';

const MEBI = 2 ** 20;
const gate = fuse((x: Expression, y: Expression) => mul(sigmoid(x), softplus(y)), 'bench gate');

/** Kernels that memory bounds: elementwise, along rows and columns, by index, and the optimiser. */
export function tensorCases(): KernelCase[] {
  return [...elementwise(), ...rows(), ...indexed(), optimizer(MEBI)];
}

function elementwise(): KernelCase[] {
  const size = 4 * MEBI;
  const on = (name: string, flops: number, run: (x: Tensor, y: Tensor) => Tensor): KernelCase => ({
    name,
    flops: flops * size,
    bytes: 12 * size,
    prepare: (device) => {
      const [x, y] = [floats(device, [size], 1), floats(device, [size], 2)];
      return () => {
        run(x, y);
      };
    },
  });
  return [on('add, 4 Mi', 1, add), on('sigmoid × softplus, fused, 4 Mi', 8, gate)];
}

function rows(): KernelCase[] {
  const size = 2 * MEBI;
  const shapeOf = (length: number): number[] => [size / length, length];
  const softmaxShape = shapeOf(512);
  const reduction = (axis: 0 | 1): KernelCase => ({
    name: `sum of ${axis === 1 ? 'rows' : 'columns'}, 16384 × 128`,
    flops: size,
    bytes: 4 * (size + (axis === 1 ? 16_384 : 128)),
    prepare: (device) => {
      const x = floats(device, [16_384, 128], 1);
      return () => {
        sum(x, axis);
      };
    },
  });
  const softmaxOn = (device: Device): Tensor[] => [floats(device, softmaxShape, 1)];
  const normOn = (device: Device): Tensor[] => [
    floats(device, shapeOf(64), 1),
    floats(device, [64], 2),
    floats(device, [64], 3),
  ];
  const softmaxAttrs = { axis: 1 };
  const normAttrs = { epsilon: 1e-5 };
  return [
    forwardCase(
      { name: 'softmax, 4096 × 512', flops: 5 * size, bytes: 8 * size },
      softmaxOp,
      softmaxAttrs,
      softmaxOn,
    ),
    gradientCase(
      { name: 'softmax gradient, 4096 × 512', flops: 4 * size, bytes: 12 * size },
      softmaxOp,
      softmaxAttrs,
      softmaxOn,
    ),
    forwardCase(
      { name: 'layer norm, 32768 × 64', flops: 8 * size, bytes: 8 * size },
      layerNormOp,
      normAttrs,
      normOn,
    ),
    gradientCase(
      { name: 'layer norm gradient, 32768 × 64', flops: 18 * size, bytes: 12 * size },
      layerNormOp,
      normAttrs,
      normOn,
    ),
    reduction(1),
    reduction(0),
  ];
}

function indexed(): KernelCase[] {
  const [nodes, edges, width] = [20_000, 200_000, 64];
  const [vocabulary, ids] = [119, 10_000];
  const target = integers(edges, 3, nodes).values.sort();
  const { offsets } = compressedRows(target, nodes);
  return [
    forwardCase(
      {
        name: 'gather of 200,000 rows of 64',
        flops: 0,
        bytes: 4 * (nodes * width + edges + edges * width),
      },
      gatherRowsOp,
      {},
      (device) => [floats(device, [nodes, width], 1), tensor(device, integers(edges, 2, nodes).values)],
    ),
    forwardCase(
      {
        name: 'segment sum of 200,000 rows of 64 into 20,000',
        flops: edges * width,
        bytes: 4 * (edges * width + nodes + nodes * width),
      },
      segmentSumOp,
      null,
      (device) => [floats(device, [edges, width], 1), tensor(device, offsets)],
    ),
    gradientCase(
      {
        name: 'embedding gradient, 10,000 ids into 119 × 64',
        flops: ids * width,
        bytes: 4 * (ids * width + ids + vocabulary * width),
      },
      embeddingOp,
      null,
      (device) => [
        floats(device, [vocabulary, width], 1),
        tensor(device, integers(ids, 2, vocabulary).values),
      ],
    ),
  ];
}

function optimizer(size: number): KernelCase {
  return {
    name: 'AdamW, 1 Mi parameters',
    flops: 14 * size,
    bytes: 32 * size,
    prepare: (device) => {
      const { values } = uniform([size], 1);
      const parameters = packParameters(device, { w: { shape: [size], values } });
      const gradient = {
        flat: floats(device, [size], 2),
        scale: tensor(device, [1]),
        norm: tensor(device, [1]),
      };
      const mask = decayMask(parameters);
      const state = initAdamW(parameters);
      return () => {
        adamW(parameters, gradient, mask, state, { learningRate: 1e-4 });
      };
    },
  };
}

function floats(device: Device, shape: readonly number[], seed: number): Tensor {
  return tensor(device, uniform(shape, seed).values, shape);
}
