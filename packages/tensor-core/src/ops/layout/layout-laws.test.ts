import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import type { HostArray } from '../../dtype';
import { type Shape, sizeOf } from '../../shape';
import { empty, scoped, type Tensor, tensor } from '../../tensor';
import { sampleIntegers, testDevice } from '../../testing';
import { broadcastTo, concat, flip, pad, permute, slice, split, stack, transpose } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const shapes = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 });
const runs = { numRuns: 40 };

/** Values of `work` on a tensor with distinct integers in `shape`. */
async function compute(
  shape: Shape,
  work: (x: Tensor) => Tensor,
): Promise<{ before: HostArray; after: HostArray; shape: Shape }> {
  const before = Int32Array.from({ length: sizeOf(shape) }, (_, i) => i + 1);
  const output = scoped(device, () => work(tensor(device, before, shape)));
  const after = await output.read();
  output.dispose();
  return { before, after, shape: output.shape };
}

describe('layout laws', () => {
  it('permute is undone by the inverse permutation', () =>
    fc.assert(
      fc.asyncProperty(
        shapes.chain((shape) =>
          fc.record({
            shape: fc.constant(shape),
            axes: fc.shuffledSubarray(
              shape.map((_, axis) => axis),
              { minLength: shape.length, maxLength: shape.length },
            ),
          }),
        ),
        async ({ shape, axes }) => {
          const inverse = axes.map((_, axis) => axes.indexOf(axis));
          const there = await compute(shape, (x) => permute(permute(x, axes), inverse));
          expect(there.after).toEqual(there.before);
          expect(there.shape).toEqual(shape);
        },
      ),
      runs,
    ));

  it('transpose puts x[i, j] at [j, i], whatever the sizes', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 70 }),
        async (rows, columns) => {
          const { after, before } = await compute([rows, columns], (x) => transpose(x));
          const expected = before.map((_, i) => (i % rows) * columns + Math.floor(i / rows) + 1);
          expect(after).toEqual(expected);
        },
      ),
      runs,
    ));

  it('concat undoes split along every axis', () =>
    fc.assert(
      fc.asyncProperty(
        fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 9 })),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 0, max: 2 }),
        async (others, sizes, axis) => {
          const shape = [...others];
          shape.splice(
            axis,
            0,
            sizes.reduce((sum, size) => sum + size, 0),
          );
          const both = await compute(shape, (x) => concat(split(x, sizes, axis), axis));
          expect(both.after).toEqual(both.before);
          expect(both.shape).toEqual(shape);
        },
      ),
      runs,
    ));

  it('slice takes back what pad put around', () =>
    fc.assert(
      fc.asyncProperty(
        shapes,
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), {
          minLength: 5,
          maxLength: 5,
        }),
        async (shape, all) => {
          const widths = all.slice(0, shape.length);
          const back = await compute(shape, (x) =>
            slice(
              pad(x, widths, -7),
              shape.map((extent, axis) => ({ start: widths[axis]![0], end: widths[axis]![0] + extent })),
            ),
          );
          expect(back.after).toEqual(back.before);
        },
      ),
      runs,
    ));

  it('flipping twice changes nothing', () =>
    fc.assert(
      fc.asyncProperty(shapes, async (shape) => {
        const twice = await compute(shape, (x) =>
          flip(
            flip(x),
            x.shape.map((_, axis) => axis),
          ),
        );
        expect(twice.after).toEqual(twice.before);
      }),
      runs,
    ));

  it('a slice of a stack is the tensor at that place', async () => {
    const parts = [1, 2, 3, 4, 5].map((seed) => sampleIntegers([3, 2], seed, 100));
    const picked = scoped(device, () =>
      slice(
        stack(
          parts.map((values) => tensor(device, values, [3, 2])),
          -1,
        ),
        [null, null, { start: 3, end: 4 }],
      ),
    );
    expect(picked.shape).toEqual([3, 2, 1]);
    expect(await picked.read()).toEqual(parts[3]);
    picked.dispose();
  });

  it('keeps every bit of any 4-byte type, NaN payloads included', async () => {
    const bits = Uint32Array.from([0x7fc12345, 0xffc00001, 0x7f800000, 0x80000000, 1, 0xffffffff]);
    const floats = new Float32Array(bits.buffer);
    const outputs = scoped(device, () => {
      const x = tensor(device, floats, [2, 3]);
      return [
        permute(transpose(x), [1, 0]),
        slice(
          pad(x, [
            [1, 0],
            [1, 0],
          ]),
          [{ start: 1 }, { start: 1 }],
        ),
      ];
    });
    for (const output of outputs) {
      const back = await output.read();
      expect(new Uint32Array(back.buffer)).toEqual(bits);
      output.dispose();
    }
  });

  it('reaches past 65,535 workgroups', async () => {
    const [rows, columns] = [4_113, 4_099];
    const values = Uint32Array.from({ length: rows * columns }, (_, i) => i);
    const [mirrored, repeated] = scoped(device, () => [
      flip(tensor(device, values, [rows, columns]), 1),
      broadcastTo(tensor(device, values.slice(0, 4), [4]), [1_050_000 * 4, 4]),
    ]);
    const across = (await mirrored!.read()) as Uint32Array;
    let wrong = 0;
    for (let i = 0; i < values.length; i++) {
      const column = i % columns;
      if (across[i] !== i - column + (columns - 1 - column)) wrong++;
    }
    const down = (await repeated!.read()) as Uint32Array;
    for (let i = 0; i < down.length; i++) if (down[i] !== i % 4) wrong++;
    expect(wrong).toBe(0);
    mirrored!.dispose();
    repeated!.dispose();
  });
});

describe('layout errors', () => {
  const cases: [what: string, code: string, message: RegExp, work: (x: Tensor) => unknown][] = [
    ['a permutation that misses an axis', 'SHAPE', /permute: .*\[0, 0\]/, (x) => permute(x, [0, 0])],
    ['an axis that does not exist', 'SHAPE', /transpose: axis/, (x) => transpose(x, 0, 2)],
    ['too many ranges', 'SHAPE', /slice: .*at most 2/, (x) => slice(x, [null, null, null])],
    ['a step of 0', 'ARGUMENT', /slice: .*step/, (x) => slice(x, [{ step: 0 }])],
    ['sizes that do not add up', 'SHAPE', /split: .*add up to 3/, (x) => split(x, [1, 1])],
    ['extents that differ', 'SHAPE', /concat: .*axis 0/, (x) => concat([x, transpose(x)])],
    ['nothing to join', 'ARGUMENT', /concat: /, () => concat([])],
    ['nothing to stack', 'ARGUMENT', /stack: /, () => stack([])],
    [
      'a negative width',
      'SHAPE',
      /pad: .*slice/,
      (x) =>
        pad(x, [
          [-1, 0],
          [0, 0],
        ]),
    ],
    ['a shape it does not stretch to', 'SHAPE', /broadcastTo: /, (x) => broadcastTo(x, [3, 4])],
    ['an axis flipped twice', 'SHAPE', /flip: axes must be distinct/, (x) => flip(x, [0, -2])],
  ];
  for (const [what, code, message, work] of cases) {
    it(`names ${what}`, () => {
      scoped(device, () => {
        const x = tensor(device, new Float32Array(6), [3, 2]);
        expect(() => work(x)).toThrow(
          expect.objectContaining({ code, message: expect.stringMatching(message) }),
        );
        return [];
      });
    });
  }

  it('names types that do not match', () => {
    scoped(device, () => {
      const x = empty(device, [2]);
      expect(() => concat([x, empty(device, [2], 'i32')])).toThrow(
        expect.objectContaining({ code: 'DTYPE' }),
      );
      return [];
    });
  });
});
