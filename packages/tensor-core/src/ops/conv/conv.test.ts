import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { TensorError } from '../../errors';
import { valueAndGrad } from '../../grad';
import type { Shape } from '../../shape';
import { scoped, tensor, zeros } from '../../tensor';
import {
  ACCUMULATED,
  asHardware,
  describeOp,
  firstMismatch,
  type OpCase,
  sampleUniform,
  testDevice,
} from '../../testing';
import { mul } from '../elementwise';
import { sum } from '../reduce';
import { withoutSubgroups } from '../reduce/without-subgroups';
import { type ConvAttrs, type ConvOptions, conv2d, conv2dOp, conv3d, conv3dOp } from './index';
import { convAttrs } from './options';
import { convReference } from './reference';

type Case = [x: Shape, weight: Shape, options?: ConvOptions & { readonly biased?: boolean }];

const caseOf = ([x, weight, { biased = false, ...options } = {}]: Case): OpCase<ConvAttrs> => ({
  inputs: biased ? [x, weight, [weight[0]!]] : [x, weight],
  attrs: convAttrs(x.length === 4 ? 2 : 3, options),
  gradient: x.reduce((a, b) => a * b) < 900,
});

const PLANE: Case[] = [
  [[0, 4, 4, 3], [5, 3, 3, 3], { padding: 1 }],
  [[1, 1, 1, 1], [1, 1, 1, 1], { biased: true }],
  [[2, 5, 3, 7], [13, 7, 1, 1], { biased: true }],
  [[2, 5, 5, 3], [4, 3, 3, 3], { biased: true }],
  [[1, 6, 7, 4], [8, 4, 3, 3], { padding: 1, biased: true }],
  [[1, 7, 5, 2], [3, 2, 3, 2], { padding: [1, 0], stride: 2 }],
  [[1, 9, 8, 1], [2, 1, 3, 3], { padding: 2, stride: [3, 2], dilation: 2 }],
  [[1, 8, 7, 1], [2, 1, 2, 3], { padding: 4, stride: [4, 3], dilation: [2, 1] }],
  [[1, 3, 4, 1], [2, 1, 1, 1], { stride: 5 }],
  [[1, 4, 4, 8], [12, 4, 3, 3], { padding: 1, groups: 2, biased: true }],
  [[1, 4, 5, 6], [9, 2, 2, 2], { groups: 3, biased: true }],
  [[2, 5, 6, 8], [8, 1, 3, 3], { padding: 1, groups: 8, biased: true }],
  [[1, 7, 9, 4], [4, 1, 3, 5], { padding: [1, 2], stride: 2, groups: 4 }],
  [[1, 5, 6, 3], [3, 1, 2, 3], { padding: 1, groups: 3, biased: true }],
  [[1, 6, 6, 2], [4, 1, 3, 3], { padding: 1, groups: 2 }],
  [[1, 2, 37, 4], [4, 1, 2, 5], { padding: 3, groups: 4, dilation: [1, 3] }],
  [[1, 3, 23, 3], [3, 1, 3, 2], { padding: 'periodic', groups: 3, dilation: [1, 2] }],
  [[1, 3, 12, 2], [2, 1, 3, 9], { padding: [1, 4], groups: 2 }],
  [[1, 6, 4, 3], [5, 3, 3, 3], { padding: 'periodic', stride: 2, biased: true }],
  [[3, 17, 13, 37], [70, 37, 3, 3], { padding: 1 }],
  [[2, 33, 20, 32], [33, 32, 3, 3], { padding: 1, stride: 2 }],
];

const SPACE: Case[] = [
  [[1, 3, 4, 5, 2], [3, 2, 2, 3, 2], { padding: [1, 1, 0], biased: true }],
  [[1, 3, 2, 3, 4], [4, 4, 2, 3, 3], { padding: 'periodic', biased: true }],
  [[2, 2, 3, 2, 1], [5, 1, 3, 3, 3], { padding: 'periodic' }],
  [[1, 4, 2, 6, 3], [2, 3, 3, 2, 4], { padding: 'periodic', stride: [2, 1, 3] }],
  [[1, 4, 2, 3, 2], [2, 2, 3, 3, 3], { padding: 'periodic', dilation: [2, 4, 5] }],
  [[1, 3, 2, 5, 4], [4, 1, 3, 3, 3], { padding: 'periodic', groups: 4, dilation: 2, biased: true }],
  [[1, 3, 5, 4, 5], [5, 1, 3, 2, 3], { padding: 1, groups: 5, stride: 2 }],
  [[1, 5, 4, 5, 2], [4, 2, 3, 3, 3], { padding: 1, stride: 2, biased: true }],
  [[2, 6, 5, 7, 33], [34, 33, 3, 3, 3], { padding: 1 }],
];

describeOp({ op: conv2dOp, reference: convReference, cases: PLANE.map(caseOf), tolerance: ACCUMULATED });
describeOp({ op: conv3dOp, reference: convReference, cases: SPACE.map(caseOf), tolerance: ACCUMULATED });

describe('convolutions', () => {
  let device: Device;
  let others: [string, Device][];
  beforeAll(async () => {
    device = await testDevice();
    others = [
      ['without subgroups', withoutSubgroups(device)],
      ['on a GPU', asHardware(device)],
    ];
  });

  const randomly = (on: Device, shape: Shape, seed: number) => tensor(on, sampleUniform(shape, seed), shape);

  const run = async ([x, weight, { biased = false, ...options } = {}]: Case, on: Device) => {
    const conv = x.length === 4 ? conv2d : conv3d;
    const parameters = {
      x: randomly(on, x, 1),
      weight: randomly(on, weight, 2),
      ...(biased ? { bias: randomly(on, [weight[0]!], 3) } : {}),
    };
    const y = scoped(on, () => conv(parameters.x, parameters.weight, { ...options, bias: parameters.bias }));
    const cotangent = randomly(on, y.shape, 4);
    const { grads } = valueAndGrad(parameters, (tree) =>
      sum(mul(cotangent, conv(tree.x, tree.weight, { ...options, bias: tree.bias }))),
    );
    return [await y.read(), await grads.x.read(), await grads.weight.read(), await grads.bias?.read()];
  };

  it('come out the same through workgroup memory', async () => {
    for (const item of [...PLANE.slice(2), ...SPACE]) {
      const expected = await run(item, device);
      for (const [name, other] of others) {
        for (const [index, got] of (await run(item, other)).entries()) {
          if (!got) continue;
          const difference = firstMismatch(got, Array.from(expected[index]!), ACCUMULATED);
          expect(difference, `${name}: ${JSON.stringify(item)}, result ${index}`).toBeNull();
        }
      }
    }
  });

  test.prop(
    [
      fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(1, 2, 3),
      fc.integer({ min: 1, max: 3 }),
    ],
    { numRuns: 25 },
  )('of a source that repeats move with it', async (shift, kernel, dilation, channels) => {
    const shape = [1, 5, 3, 4, channels];
    const values = sampleUniform(shape, 5);
    const moved = rolled(values, shape, shift);
    const weight = randomly(device, [3, channels, kernel, kernel, kernel], 6);
    const [y, z] = scoped(device, () =>
      [values, moved].map((source) =>
        conv3d(tensor(device, source, shape), weight, { padding: 'periodic', dilation }),
      ),
    );
    const expected = rolled((await y!.read()) as Float32Array, y!.shape, shift);
    expect(firstMismatch(await z!.read(), expected, ACCUMULATED)).toBeNull();
  });

  it('a row does not depend on what else is in the batch', async () => {
    const x = randomly(device, [5, 6, 7, 5], 1);
    const weight = randomly(device, [6, 5, 3, 3], 2);
    const all = await conv2d(x, weight, { padding: 1 }).read();
    const third = tensor(device, ((await x.read()) as Float32Array).slice(2 * 210, 3 * 210), [1, 6, 7, 5]);
    const alone = await conv2d(third, weight, { padding: 1 }).read();
    expect(alone).toEqual(all.slice(2 * alone.length, 3 * alone.length));
  });

  it('refuses operands that do not fit, by name', () => {
    const x = zeros(device, [1, 4, 4, 3]);
    const weight = zeros(device, [2, 3, 3, 3]);
    const refusal = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        expect(error).toBeInstanceOf(TensorError);
        return `${(error as TensorError).code} ${(error as TensorError).message}`;
      }
      throw new Error('nothing was refused');
    };
    expect(refusal(() => conv2d(zeros(device, [4, 4, 3]), weight))).toMatch(
      /^SHAPE conv2d: expected x \[N, H, W, C\]/,
    );
    expect(refusal(() => conv2d(x, zeros(device, [2, 4, 3, 3])))).toMatch(
      /^SHAPE conv2d: expected weight \[O, C/,
    );
    expect(refusal(() => conv2d(x, weight, { groups: 3 }))).toMatch(/^SHAPE conv2d.*groups 3/);
    expect(refusal(() => conv2d(x, weight, { dilation: 2 }))).toMatch(/^SHAPE conv2d: the kernel must fit/);
    expect(refusal(() => conv2d(x, weight, { stride: 0 }))).toMatch(
      /^ARGUMENT conv2d: stride must be integers from 1/,
    );
    expect(refusal(() => conv2d(x, weight, { padding: [1] }))).toMatch(/^ARGUMENT conv2d: padding/);
    expect(refusal(() => conv2d(x, weight, { bias: zeros(device, [3]) }))).toMatch(
      /^SHAPE conv2d: expected bias \[2\]/,
    );
    expect(refusal(() => conv2d(x, weight, { padding: 'periodic', stride: 3 }))).toMatch(
      /^SHAPE conv2d.*multiples of the stride, got 4 and 3/,
    );
    expect(refusal(() => conv2d(zeros(device, [1, 4, 4, 3], 'i32'), weight))).toMatch(/^DTYPE conv2d/);
  });
});

/** Values moved along the first axes of space, round the end. */
function rolled(values: Float32Array, shape: Shape, shift: readonly number[]): Float32Array {
  const [, depth, height, width, channels] = shape as [number, number, number, number, number];
  const out = new Float32Array(values.length);
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const to = [(z + shift[0]!) % depth, (y + shift[1]!) % height, (x + shift[2]!) % width];
        const from = ((z * height + y) * width + x) * channels;
        const at = ((to[0]! * height + to[1]!) * width + to[2]!) * channels;
        out.set(values.subarray(from, from + channels), at);
      }
    }
  }
  return out;
}
