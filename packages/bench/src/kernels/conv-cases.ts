import {
  type ConvAttrs,
  conv2dOp,
  conv3dOp,
  type Device,
  groupNormOp,
  type Tensor,
  tensor,
} from '@bravais/tensor-core';
import { uniform } from '../workloads/host-tensor';
import { forwardCase, gradientCase, type KernelCase } from './kernel-case';

/** A convolution of the encoders of images and densities; `pytorch/convolutions.py` times the same. */
interface ConvCase {
  readonly name: string;
  /** [N, …space, C]. */
  readonly source: readonly number[];
  /** [O, C / groups, …kernel]. */
  readonly weight: readonly number[];
  readonly result: readonly number[];
  readonly attrs: ConvAttrs;
}

const PLANE = { stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 1 };
const SPACE = { stride: [1, 1, 1], padding: 'periodic' as const, dilation: [1, 1, 1], groups: 1 };

const CASES: readonly ConvCase[] = [
  {
    name: 'conv2d 3 × 3, 8 × 32² × 64 to 64',
    source: [8, 32, 32, 64],
    weight: [64, 64, 3, 3],
    result: [8, 32, 32, 64],
    attrs: PLANE,
  },
  {
    name: 'conv2d 3 × 3 stride 2, 8 × 64² × 32 to 64',
    source: [8, 64, 64, 32],
    weight: [64, 32, 3, 3],
    result: [8, 32, 32, 64],
    attrs: { ...PLANE, stride: [2, 2] },
  },
  {
    name: 'conv2d 3 × 3 depthwise, 8 × 64² × 64',
    source: [8, 64, 64, 64],
    weight: [64, 1, 3, 3],
    result: [8, 64, 64, 64],
    attrs: { ...PLANE, groups: 64 },
  },
  {
    name: 'conv3d 3 × 3 × 3 periodic, 4 × 16³ × 32 to 32',
    source: [4, 16, 16, 16, 32],
    weight: [32, 32, 3, 3, 3],
    result: [4, 16, 16, 16, 32],
    attrs: SPACE,
  },
  {
    name: 'conv3d 3 × 3 × 3 depthwise periodic, taps 2 apart, 4 × 16³ × 32',
    source: [4, 16, 16, 16, 32],
    weight: [32, 1, 3, 3, 3],
    result: [4, 16, 16, 16, 32],
    attrs: { ...SPACE, dilation: [2, 2, 2], groups: 32 },
  },
];

/** Convolutions forward and backward (of source and weight), and the norm between them. */
export function convCases(): KernelCase[] {
  const ofConvolutions = CASES.flatMap(({ name, source, weight, result, attrs }) => {
    const op = source.length === 4 ? conv2dOp : conv3dOp;
    const flops = 2 * product(result) * product(weight.slice(1));
    const bytes = 4 * (product(source) + product(weight) + product(result));
    const operands = (device: Device): Tensor[] => [floats(device, source, 1), floats(device, weight, 2)];
    return [
      forwardCase({ name, flops, bytes }, op, attrs, operands),
      gradientCase({ name: `${name}, gradient`, flops: 2 * flops, bytes: 2 * bytes }, op, attrs, operands),
    ];
  });
  return [...ofConvolutions, ...norm()];
}

function norm(): KernelCase[] {
  const shape = [4, 16, 16, 16, 64];
  const size = product(shape);
  const attrs = { groups: 8, epsilon: 1e-5 };
  const operands = (device: Device): Tensor[] => [
    floats(device, shape, 1),
    floats(device, [64], 2),
    floats(device, [64], 3),
  ];
  const name = 'group norm, 4 × 16³ × 64';
  return [
    forwardCase({ name, flops: 8 * size, bytes: 8 * size }, groupNormOp, attrs, operands),
    gradientCase(
      { name: `${name}, gradient`, flops: 12 * size, bytes: 12 * size },
      groupNormOp,
      attrs,
      operands,
    ),
  ];
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1);
}

function floats(device: Device, shape: readonly number[], seed: number): Tensor {
  return tensor(device, uniform(shape, seed).values, shape);
}
