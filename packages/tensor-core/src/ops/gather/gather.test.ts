import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { grad } from '../../grad';
import { empty, scoped, tensor } from '../../tensor';
import { ACCUMULATED, describeOp, sampleIntegers, sampleUniform, testDevice } from '../../testing';
import { mul } from '../elementwise';
import { sum } from '../reduce';
import { gatherRows, gatherRowsOp, invertIndex, pickPerRow, pickPerRowOp } from '.';
import { gatherRowsReference, pickPerRowReference } from './reference';

const at = (...values: number[]) => ({ shape: [values.length], values: Int32Array.from(values) });
const drawn = (count: number, bound: number) => ({
  shape: [count],
  values: sampleIntegers([count], 11, bound),
});

describeOp({
  op: gatherRowsOp,
  reference: gatherRowsReference,
  cases: [
    { inputs: [[1], at(0)], attrs: {} },
    { inputs: [[5], at(4, 0, 4, 4, 2)], attrs: {} },
    { inputs: [[3, 4], at(2, 2, 0, 1, 2, 0, 0)], attrs: {} },
    { inputs: [[7, 3], drawn(13, 7)], attrs: {} },
    { inputs: [[4, 2, 3], drawn(5, 4)], attrs: {} },
    { inputs: [[3, 2], { shape: [2, 2], values: Uint32Array.from([2, 0, 0, 1]) }], attrs: {} },
    { inputs: [[3, 4], at(1, -1, 3, 1_000_000, 2)], attrs: {} },
    { inputs: [[3, 4], at()], attrs: {} },
    { inputs: [[0, 4], at(0, 1)], attrs: {} },
    { inputs: [[3, 0], at(0, 1)], attrs: {} },
    { inputs: [[3, 4], at(2, 0, 2), at(0, 1, 1, 3), at(1, 0, 2)], attrs: {} },
    { inputs: [[67, 1], drawn(211, 67)], attrs: {} },
  ],
  large: [{ inputs: [[1_009, 5], drawn(860_001, 1_009)], attrs: {} }],
  gradientTolerance: { relative: 1e-4, ofLargest: 1e-5 },
});

describeOp({
  op: pickPerRowOp,
  reference: pickPerRowReference,
  cases: [
    { inputs: [[1, 1], at(0)], attrs: {} },
    { inputs: [[5, 3], at(2, 0, 1, 1, 2)], attrs: {} },
    { inputs: [[3, 4], at(-1, 4, 3)], attrs: {} },
    { inputs: [[0, 4], at()], attrs: {} },
    { inputs: [[67, 4], drawn(67, 4)], attrs: {} },
  ],
  tolerance: ACCUMULATED,
});

describe('gather laws', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  /** Offsets and order of the inverse, by sorting on the host. */
  function invertOnHost(index: readonly number[], rows: number): { offsets: number[]; order: number[] } {
    const order = index.map((_, e) => e).filter((e) => index[e]! >= 0 && index[e]! < rows);
    order.sort((a, b) => index[a]! - index[b]! || a - b);
    const offsets = Array.from({ length: rows + 1 }, (_, n) => order.filter((e) => index[e]! < n).length);
    return { offsets, order };
  }

  it('the inverse of an index is its stable sort', () =>
    fc.assert(
      fc.asyncProperty(
        fc
          .nat(40)
          .chain((rows) =>
            fc.tuple(fc.constant(rows), fc.array(fc.integer({ min: -2, max: rows + 1 }), { maxLength: 300 })),
          ),
        async ([rows, index]) => {
          const { offsets, order } = scoped(device, () => ({
            ...invertIndex(tensor(device, Int32Array.from(index)), rows),
          }));
          const expected = invertOnHost(index, rows);
          expect([...(await offsets.read())]).toEqual(expected.offsets);
          expect([...(await order.read()).slice(0, expected.order.length)]).toEqual(expected.order);
          offsets.dispose();
          order.dispose();
        },
      ),
      { numRuns: 40 },
    ));

  it('inverts an index whose counters need longer chunks, and reaches past 65,535 workgroups', async () => {
    const [size, rows] = [4_200_007, 30_011];
    const index = sampleIntegers([size], 5, rows);
    const { offsets, order } = scoped(device, () => ({ ...invertIndex(tensor(device, index), rows) }));
    const starts = (await offsets.read()) as Int32Array;
    const positions = (await order.read()) as Int32Array;
    let wrong = 0;
    for (let n = 0; n < rows; n++) {
      for (let s = starts[n]!; s < starts[n + 1]!; s++) {
        if (index[positions[s]!] !== n) wrong++;
        if (s > starts[n]! && positions[s]! <= positions[s - 1]!) wrong++;
      }
    }
    expect(wrong).toBe(0);
    expect([starts[0], starts[rows]]).toEqual([0, size]);
    offsets.dispose();
    order.dispose();
  });

  it('has the same gradient, bit for bit, whether the inverse is given or found', async () => {
    const [rows, size, width] = [29, 503, 6];
    const index = sampleIntegers([size], 3, rows);
    const weights = sampleUniform([size, width], 4);
    const run = (known: boolean) =>
      scoped(device, () => {
        const at = tensor(device, index);
        const factor = tensor(device, weights, [size, width]);
        const host = invertOnHost([...index], rows);
        const inverse = {
          offsets: tensor(device, Int32Array.from(host.offsets)),
          order: tensor(device, Int32Array.from(host.order)),
        };
        const x = tensor(device, sampleUniform([rows, width], 5), [rows, width]);
        return grad({ x }, (p) => sum(mul(gatherRows(p.x, at, known ? { inverse } : {}), factor))).x;
      });
    const [given, found] = [run(true), run(false)];
    expect(await found.read()).toEqual(await given.read());
    given.dispose();
    found.dispose();
  });

  it('names what is wrong with its inputs', () => {
    scoped(device, () => {
      const x = empty(device, [4, 2]);
      const index = empty(device, [3], 'i32');
      const bad = (code: string, message: RegExp) =>
        expect.objectContaining({ code, message: expect.stringMatching(message) });
      expect(() => gatherRows(x, x)).toThrow(
        bad('DTYPE', /gatherRows: the index must be i32 or u32, got f32/),
      );
      expect(() => gatherRows(empty(device, []), index)).toThrow(bad('SHAPE', /got a scalar/));
      expect(() => gatherRows(x, index, { inverse: { offsets: index, order: index } })).toThrow(
        bad('SHAPE', /offsets \[5\]/),
      );
      expect(() => pickPerRow(x, index)).toThrow(bad('SHAPE', /pickPerRow: .*\[4, 2\] and \[3\]/));
      return [];
    });
  });
});
