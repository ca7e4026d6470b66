import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { grad } from '../../grad';
import type { Shape } from '../../shape';
import { scoped, tensor, zeros } from '../../tensor';
import {
  ACCUMULATED,
  asHardware,
  describeOp,
  firstMismatch,
  type OpCase,
  sampleIntegers,
  sampleUniform,
  testDevice,
} from '../../testing';
import { mul } from '../elementwise';
import { sum } from '../reduce';
import { embedding, embeddingOp } from '.';
import { embeddingVjp } from './forward';
import { embeddingReference } from './reference';

const drawn = (table: Shape, ids: Shape): OpCase<null> => ({
  inputs: [table, { shape: ids, values: sampleIntegers(ids, 9, table[0]!) }],
  attrs: null,
});

describeOp({
  op: embeddingOp,
  reference: embeddingReference,
  cases: [
    drawn([3, 4], [0]),
    drawn([3, 0], [5]),
    drawn([1, 1], []),
    drawn([7, 4], [1]),
    drawn([7, 3], [65]),
    drawn([5, 8], [2, 3]),
    drawn([2, 5], [2, 1, 3, 2]),
    drawn([4, 8], [517]),
    drawn([3, 6], [389]),
    drawn([119, 64], [2_003]),
    { inputs: [[0, 4], { shape: [3], values: Int32Array.of(0, 1, -1) }], attrs: null },
    { inputs: [[3, 4], { shape: [5], values: Int32Array.of(2, -1, 3, 0, 2 ** 31 - 1) }], attrs: null },
    { inputs: [[3, 2], { shape: [4], values: Uint32Array.of(2, 3, 0, 2 ** 32 - 1) }], attrs: null },
  ],
});

describe('embedding', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  test.prop(
    [
      fc.integer({ min: 1, max: 130 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 3_000 }),
      fc.nat(),
    ],
    { numRuns: 20 },
  )('the gradient of row v is the sum of the gradients of the ids v', async (rows, width, count, seed) => {
    const ids = sampleIntegers([count], seed, rows + 1);
    const weights = sampleUniform([count, width], seed + 1, 0, 1);
    const [dx, again] = [0, 1].map(() =>
      scoped(device, () => {
        const table = zeros(device, [rows, width]);
        const cotangent = tensor(device, weights, [count, width]);
        return grad({ table }, (leaf) => sum(mul(embedding(leaf.table, tensor(device, ids)), cotangent)))
          .table;
      }),
    );
    const expected = new Float64Array((rows + 1) * width);
    ids.forEach((id, i) => {
      for (let c = 0; c < width; c++) expected[id * width + c]! += weights[i * width + c]!;
    });
    const values = await dx!.read();
    expect(firstMismatch(values, expected.subarray(0, rows * width), ACCUMULATED)).toBeNull();
    expect(await again!.read()).toEqual(values);
    dx!.dispose();
    again!.dispose();
  });

  it('sums the gradients of equal ids on a GPU, of small and of large tables, and repeats', async () => {
    const gpu = asHardware(device);
    for (const [rows, width, count] of [
      [119, 64, 2_003], // many chunks
      [119, 3, 70],
      [1, 5, 9_001],
      [3, 4, 20], // one chunk
      [257, 4, 1_000], // sorted
      [3_000, 5, 700],
      [2_000, 4, 1],
    ] as const) {
      // Half of the ids are out of range: they give no gradient.
      const ids = sampleIntegers([count], 5, 2 * rows);
      const weights = sampleUniform([count, width], 6);
      const [dx, again] = [0, 1].map(() =>
        scoped(gpu, () =>
          embeddingVjp(tensor(gpu, weights, [1, count, width]), tensor(gpu, ids, [1, count]), [rows, width]),
        ),
      );
      const expected = new Float64Array(2 * rows * width);
      ids.forEach((id, i) => {
        for (let c = 0; c < width; c++) expected[id * width + c]! += weights[i * width + c]!;
      });
      const values = await dx!.read();
      expect(dx!.shape).toEqual([rows, width]);
      expect(firstMismatch(values, expected.subarray(0, rows * width), ACCUMULATED)).toBeNull();
      expect(await again!.read()).toEqual(values);
      dx!.dispose();
      again!.dispose();
    }
    const out = scoped(gpu, () =>
      embeddingVjp(
        tensor(gpu, [[1], [Number.NaN], [4]]),
        tensor(gpu, Int32Array.of(1, -1, 2 ** 31 - 1)),
        [2, 1],
      ),
    );
    expect([...(await out.read())]).toEqual([0, 1]);
    out.dispose();
    expect(gpu.stats.liveBuffers).toBe(0);
  });

  it('does not let a NaN spread to other ids, and ignores the gradient of an id out of range', async () => {
    const ids = Int32Array.of(0, 5, 1, 0);
    const [y, dx] = scoped(device, () => {
      const table = tensor(device, [[1], [Number.NaN]]);
      const cotangent = tensor(device, [[2], [Number.NaN], [4], [8]]);
      const at = tensor(device, ids);
      return [
        embedding(table, at),
        grad({ table }, (leaf) => sum(mul(embedding(leaf.table, at), cotangent))).table,
      ];
    });
    expect([...(await y!.read())]).toEqual([1, 0, Number.NaN, 1]);
    expect([...(await dx!.read())]).toEqual([10, 4]);
    y!.dispose();
    dx!.dispose();
  });

  it('launches more than 65,535 workgroups, forward and back', async () => {
    const count = 65_536 * 64 + 3;
    const [y, dx] = scoped(device, () => {
      const table = tensor(device, [[1], [2]]);
      const ids = tensor(
        device,
        Int32Array.from({ length: count }, (_, i) => (i + 1) % 2),
      );
      return [embedding(table, ids), grad({ table }, (leaf) => sum(embedding(leaf.table, ids))).table];
    });
    expect((await y!.read()).findIndex((value, i) => value !== 2 - (i % 2))).toBe(-1);
    expect([...(await dx!.read())]).toEqual([Math.floor(count / 2), Math.ceil(count / 2)]);
    y!.dispose();
    dx!.dispose();
    device.trim();
  });

  it('names what it cannot take', () => {
    scoped(device, () => {
      const table = zeros(device, [3, 4]);
      const ids = tensor(device, Int32Array.of(0, 2));
      const fails = (code: string, message: RegExp) =>
        expect.objectContaining({ code, message: expect.stringMatching(message) });
      expect(() => embedding(zeros(device, [3, 4], 'i32'), ids)).toThrow(
        fails('DTYPE', /^embedding: .*f32 table/),
      );
      expect(() => embedding(zeros(device, [3]), ids)).toThrow(fails('SHAPE', /table \[V, D\], got \[3\]/));
      expect(() => embedding(table, zeros(device, [2]))).toThrow(
        fails('DTYPE', /ids of i32 or u32, got f32/),
      );
      return [];
    });
  });
});
