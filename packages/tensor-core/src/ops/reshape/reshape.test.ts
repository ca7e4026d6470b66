import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { scoped, tensor } from '../../tensor';
import { describeOp, testDevice } from '../../testing';
import { expandDims, reshape, reshapeOp, squeeze } from '.';
import { reshapeReference } from './reference';

describeOp({
  op: reshapeOp,
  reference: reshapeReference,
  cases: [
    { inputs: [[]], attrs: { shape: [1, 1] } },
    { inputs: [[6]], attrs: { shape: [2, 3] } },
    { inputs: [[2, 3, 4]], attrs: { shape: [4, -1] } },
    { inputs: [[1]], attrs: { shape: [] } },
    { inputs: [[0, 3]], attrs: { shape: [3, 0, 2] } },
    { inputs: [[4, 0]], attrs: { shape: [4, -1] } },
  ],
});

describe('reshape laws', () => {
  let device: Device;
  beforeAll(async () => {
    device = await testDevice();
  });

  it('keeps the values in order and copies nothing', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }),
        fc.nat(5),
        async (shape, at) => {
          const size = shape.reduce((product, extent) => product * extent, 1);
          const values = Float32Array.from({ length: size }, (_, i) => i);
          const before = device.stats.liveBuffers;
          const y = scoped(device, () => {
            const x = tensor(device, values, shape);
            return squeeze(expandDims(reshape(x, [-1]), at % 2), at % 2);
          });
          expect(device.stats.liveBuffers).toBe(before + 1);
          expect(y.shape).toEqual([size]);
          expect(await y.read()).toEqual(values);
          y.dispose();
        },
      ),
      { numRuns: 30 },
    ));

  it('names what does not fit', () => {
    scoped(device, () => {
      const x = tensor(device, new Float32Array(6), [2, 3]);
      const shapeError = (message: RegExp) =>
        expect.objectContaining({ code: 'SHAPE', message: expect.stringMatching(message) });
      expect(() => reshape(x, [4, 2])).toThrow(shapeError(/reshape: .*6 elements.*\[4, 2\] with 8/));
      expect(() => reshape(x, [4, -1])).toThrow(shapeError(/reshape: .*divides 6/));
      expect(() => reshape(x, [-1, -1])).toThrow(shapeError(/reshape: .*at most one -1/));
      expect(() => reshape(x, [-2, -3])).toThrow(shapeError(/reshape: .*non-negative/));
      expect(() => squeeze(x, 0)).toThrow(shapeError(/squeeze: axis 0/));
      expect(() => expandDims(x, 4)).toThrow(shapeError(/expandDims: axis/));
      return [];
    });
  });
});
