import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { TensorError } from '../../errors';
import type { Shape } from '../../shape';
import { scoped, tensor, zeros } from '../../tensor';
import {
  ACCUMULATED,
  describeOp,
  firstMismatch,
  type OpCase,
  sampleUniform,
  testDevice,
} from '../../testing';
import { type GroupNormAttrs, groupNorm, groupNormOp } from './index';
import { groupNormReference } from './reference';

const over = (
  shape: Shape,
  groups: number,
  options: Partial<OpCase<GroupNormAttrs>> = {},
): OpCase<GroupNormAttrs> => ({
  inputs: [shape, [shape.at(-1)!], [shape.at(-1)!]],
  attrs: { groups, epsilon: 1e-5 },
  ...options,
});

describeOp({
  op: groupNormOp,
  reference: groupNormReference,
  cases: [
    over([0, 3, 4], 2),
    over([2, 0, 4], 2),
    over([1, 1], 1),
    over([2, 6], 2),
    over([1, 7, 1], 1),
    over([3, 5, 4, 6], 3),
    over([2, 3, 3, 2, 8], 2),
    over([2, 9, 8], 8, { gradient: true }),
    over([1, 3, 5, 4], 1),
    over([2, 13, 7], 7),
    over([2, 3, 4], 2, { attrs: { groups: 2, epsilon: 0.5 } }),
    over([1, 601, 4], 2),
    over([2, 33, 29, 5], 5),
    over([3, 31, 7, 64], 8),
  ],
  tolerance: ACCUMULATED,
});

describe('groupNorm', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  test.prop(
    [
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 20, max: 300 }),
      fc.constantFrom([4, 2], [3, 1], [8, 4], [5, 5]),
      fc.integer({ min: -500, max: 500 }),
    ],
    { numRuns: 20 },
  )(
    'groups have mean 0 and variance 1, and an offset changes nothing',
    async (samples, positions, [channels, groups], offset) => {
      const shape = [samples, positions, channels!];
      // Multiples of 1/256 stay exact when the offset is added.
      const values = sampleUniform(shape, positions).map((x) => Math.round(x * 256) / 256);
      const ones = tensor(device, new Float32Array(channels!).fill(1));
      const none = zeros(device, [channels!]);
      const [y, moved] = scoped(device, () =>
        [0, offset].map((by) =>
          groupNorm(
            tensor(
              device,
              values.map((x) => x + by),
              shape,
            ),
            ones,
            none,
            { groups: groups! },
          ),
        ),
      );
      const host = Array.from(await y!.read());
      const width = channels! / groups!;
      for (let group = 0; group < samples * groups!; group++) {
        const [sample, first] = [Math.floor(group / groups!), (group % groups!) * width];
        const list = host.filter((_, i) => {
          const channel = i % channels!;
          return (
            Math.floor(i / (positions * channels!)) === sample && channel >= first && channel < first + width
          );
        });
        expect(list.reduce((sum, value) => sum + value, 0) / list.length).toBeCloseTo(0, 5);
        expect(list.reduce((sum, value) => sum + value * value, 0) / list.length).toBeCloseTo(1, 3);
      }
      expect(firstMismatch(await moved!.read(), host, { relative: 1e-5, ofLargest: 2e-4 })).toBeNull();
    },
  );

  it('a sample does not depend on the others', async () => {
    const values = sampleUniform([3, 10, 6], 1);
    const weight = tensor(device, sampleUniform([6], 2));
    const norm = (x: Float32Array, samples: number) =>
      groupNorm(tensor(device, x, [samples, 10, 6]), weight, weight, { groups: 3 }).read();
    const all = await norm(values, 3);
    expect(await norm(values.slice(60, 120), 1)).toEqual(all.slice(60, 120));
  });

  it('refuses what does not fit, by name', () => {
    const x = zeros(device, [2, 5, 6]);
    const w = zeros(device, [6]);
    expect(() => groupNorm(x, w, w, { groups: 4 })).toThrow(TensorError);
    expect(() => groupNorm(x, w, w, { groups: 4 })).toThrow(
      /groups must be a divisor of the 6 channels, got 4/,
    );
    expect(() => groupNorm(w, w, w, { groups: 1 })).toThrow(/expected x \[N, …, C\], got \[6\]/);
    expect(() => groupNorm(x, zeros(device, [5]), w, { groups: 1 })).toThrow(/expected weight \[6\]/);
    expect(() => groupNorm(x, w, zeros(device, [6, 1]), { groups: 1 })).toThrow(/expected bias \[6\]/);
    expect(() => groupNorm(x, w, w, { groups: 1, epsilon: -1 })).toThrow(/epsilon must be/);
    expect(() => groupNorm(zeros(device, [2, 6], 'i32'), w, w, { groups: 1 })).toThrow(/expected an f32/);
  });
});
