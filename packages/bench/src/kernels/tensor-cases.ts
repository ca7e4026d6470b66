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
import { integers, uniform } from '../workloads/host-tensor';
import type { AdapterKind } from './cases';
import { forwardCase, gradientCase, type KernelCase } from './kernel-case';

const MEBI = 2 ** 20;
/** Times the sizes that are past a processor's caches are past a GPU's. */
const SCALES = { software: 1, hardware: 16 } as const;
const gate = fuse((x: Expression, y: Expression) => mul(sigmoid(x), softplus(y)), 'bench gate');

/** Kernels that memory bounds: elementwise, along rows and columns, by index, and the optimiser. */
export function tensorCases(kind: AdapterKind): KernelCase[] {
  const scale = SCALES[kind];
  return [...elementwise(scale), ...rows(scale), ...indexed(scale), optimizer(scale)];
}

function elementwise(scale: number): KernelCase[] {
  const size = 4 * scale * MEBI;
  const count = `${4 * scale} Mi`;
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
  return [on(`add, ${count}`, 1, add), on(`sigmoid × softplus, fused, ${count}`, 8, gate)];
}

function rows(scale: number): KernelCase[] {
  const size = 2 * scale * MEBI;
  const shapeOf = (length: number): number[] => [size / length, length];
  const softmaxShape = shapeOf(512);
  const reduction = (axis: 0 | 1): KernelCase => ({
    name: `sum of ${axis === 1 ? 'rows' : 'columns'}, ${size / 128} × 128`,
    flops: size,
    bytes: 4 * (size + (axis === 1 ? size / 128 : 128)),
    prepare: (device) => {
      const x = floats(device, shapeOf(128), 1);
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
      { name: `softmax, ${size / 512} × 512`, flops: 5 * size, bytes: 8 * size },
      softmaxOp,
      softmaxAttrs,
      softmaxOn,
    ),
    gradientCase(
      { name: `softmax gradient, ${size / 512} × 512`, flops: 4 * size, bytes: 12 * size },
      softmaxOp,
      softmaxAttrs,
      softmaxOn,
    ),
    forwardCase(
      { name: `layer norm, ${size / 64} × 64`, flops: 8 * size, bytes: 8 * size },
      layerNormOp,
      normAttrs,
      normOn,
    ),
    gradientCase(
      { name: `layer norm gradient, ${size / 64} × 64`, flops: 18 * size, bytes: 12 * size },
      layerNormOp,
      normAttrs,
      normOn,
    ),
    reduction(1),
    reduction(0),
  ];
}

function indexed(scale: number): KernelCase[] {
  const [nodes, edges, width] = [20_000 * scale, 200_000 * scale, 64];
  const [vocabulary, ids] = [119, 10_000 * scale];
  const target = integers(edges, 3, nodes).values.sort();
  const { offsets } = compressedRows(target, nodes);
  return [
    forwardCase(
      {
        name: `gather of ${edges.toLocaleString('en')} rows of 64`,
        flops: 0,
        bytes: 4 * (nodes * width + edges + edges * width),
      },
      gatherRowsOp,
      {},
      (device) => [floats(device, [nodes, width], 1), tensor(device, integers(edges, 2, nodes).values)],
    ),
    forwardCase(
      {
        name: `segment sum of ${edges.toLocaleString('en')} rows of 64 into ${nodes.toLocaleString('en')}`,
        flops: edges * width,
        bytes: 4 * (edges * width + nodes + nodes * width),
      },
      segmentSumOp,
      null,
      (device) => [floats(device, [edges, width], 1), tensor(device, offsets)],
    ),
    gradientCase(
      {
        name: `embedding gradient, ${ids.toLocaleString('en')} ids into 119 × 64`,
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

function optimizer(scale: number): KernelCase {
  const size = scale * MEBI;
  return {
    name: `AdamW, ${scale} Mi parameters`,
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
