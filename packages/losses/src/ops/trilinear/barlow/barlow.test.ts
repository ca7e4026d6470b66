import { scoped, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { describeOp, firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { describe, expect, it } from 'vitest';
import { type BarlowTwins3dOptions, barlowTwins3d } from '../../../barlow-twins-3d';
import { variantsOf } from '../testing';
import { barlowTwins3dOp } from '.';
import { barlowTwins3dGradientReference, barlowTwins3dReference } from './reference';

const device = await testDevice();

/** The loss of three embeddings. */
const triple3d = (x: Tensor, y: Tensor, z: Tensor, options: BarlowTwins3dOptions): Tensor =>
  barlowTwins3d({ x, y, z }, options).total;

/** Three matrices [B, D]. */
const triple = (batch: number, features: number): number[][] => [0, 1, 2].map(() => [batch, features]);

/** Loss and gradients of three matrices [B, D] drawn from [low, high). */
async function run(
  [batch, features, low, high]: readonly [number, number, number, number],
  options: BarlowTwins3dOptions,
) {
  const shape = [batch, features];
  const values = [1, 2, 3].map((seed) => sampleUniform(shape, seed, low, high));
  const inputs = values.map((each) => tensor(device, each, shape));
  const { value, grads } = valueAndGrad(inputs, ([x, y, z]) => triple3d(x!, y!, z!, options));
  const result = {
    loss: await value.item(),
    gradients: await Promise.all(grads.map((grad) => grad.read())),
    host: values.map((each) => ({ shape, data: Float64Array.from(each) })),
  };
  for (const each of [value, ...grads, ...inputs]) each.dispose();
  return result;
}

for (const variant of variantsOf(device)) {
  const attrs = { variant, lambda: 0.3, twoEqual: 'zero', epsilon: 1e-5 } as const;
  describe(`barlowTwins3d by ${variant}`, () => {
    describeOp({
      op: barlowTwins3dOp,
      reference: barlowTwins3dReference,
      tolerance: { relative: 4e-6, ofLargest: 0 },
      gradientTolerance: { relative: 1e-4, ofLargest: 2e-5 },
      cases: [
        { inputs: triple(1, 1), attrs },
        { inputs: triple(3, 3), attrs },
        { inputs: triple(5, 4), attrs: { ...attrs, twoEqual: 'half' } },
        { inputs: triple(7, 5), attrs: { ...attrs, twoEqual: 'ignore' } },
        { inputs: triple(6, 9), attrs: { ...attrs, twoEqual: 'half', slabBytes: 1 } },
        { inputs: triple(11, 12), attrs: { ...attrs, slabBytes: 1 } },
        { inputs: triple(9, 33), attrs: { ...attrs, twoEqual: 'half' }, gradient: false },
        { inputs: triple(8, 41), attrs: { ...attrs, twoEqual: 'ignore' }, gradient: false },
        { inputs: triple(130, 65), attrs: { ...attrs, lambda: 0.005 }, gradient: false },
      ],
    });

    it.each([
      { size: [9, 33, -1, 1], twoEqual: 'half', slabBytes: 60_000 },
      { size: [21, 40, -1, 1], twoEqual: 'zero', slabBytes: 1 },
      { size: [130, 36, 0, 1], twoEqual: 'ignore', slabBytes: 2 ** 20 },
    ] as const)('has the gradient of its reference over many tiles and slabs: %j', async (item) => {
      const { gradients, host } = await run(item.size, { ...attrs, ...item });
      const expected = barlowTwins3dGradientReference(host, { ...attrs, ...item });
      for (const [index, gradient] of gradients.entries()) {
        const mismatch = firstMismatch(gradient, expected[index]!, { relative: 2e-5, ofLargest: 1e-5 });
        expect(mismatch, `gradient ${index}`).toBeNull();
      }
    });

    it('does not lose the spread of features that lie far from 0', async () => {
      // float32 keeps such values to 6e-5, 1e-4 of their standard deviation.
      const size = [64, 12, 1000, 1002] as const;
      const { loss, host } = await run(size, attrs);
      const expected = barlowTwins3dReference(host, attrs).data[0]!;
      expect(Math.abs(loss - expected)).toBeLessThan(1e-3 * expected);
    });

    it('counts a constant feature as 0, with a finite gradient', async () => {
      const { loss, gradients } = await run([5, 3, 7, 7], attrs);
      expect(loss).toBe(3);
      expect(gradients.flatMap((gradient) => [...gradient]).every((each) => each === 0)).toBe(true);
    });

    it('gives the same bits twice, and small slabs the same result', async () => {
      const size = [30, 41, -1, 1] as const;
      const [once, again] = [await run(size, attrs), await run(size, attrs)];
      expect(again.loss).toBe(once.loss);
      expect(again.gradients).toEqual(once.gradients);
      const small = await run(size, { ...attrs, slabBytes: 100_000 });
      for (const [index, gradient] of small.gradients.entries()) {
        const mismatch = firstMismatch(gradient, once.gradients[index]!, { relative: 1e-5, ofLargest: 2e-6 });
        expect(mismatch, `gradient ${index}`).toBeNull();
      }
    });

    it('never holds the cubic tensor', async () => {
      const own = await openDevice();
      const shape = [4, 128];
      const inputs = [1, 2, 3].map((seed) => tensor(own, sampleUniform(shape, seed), shape));
      const { value } = valueAndGrad(inputs, ([x, y, z]) =>
        triple3d(x!, y!, z!, { variant, slabBytes: 2 ** 18 }),
      );
      await value.item();
      expect(own.stats.peakLiveBytes).toBeLessThan((4 * 128 ** 3) / 4);
      own.destroy();
    });

    it('leaves nothing behind', async () => {
      const before = device.stats.liveBuffers;
      await run([12, 20, -1, 1], { ...attrs, slabBytes: 1 });
      expect(device.stats.liveBuffers).toBe(before);
    });
  });
}

it('names what is wrong with its operands', () => {
  scoped(device, () => {
    const x = tensor(device, new Float32Array(12), [3, 4]);
    const other = tensor(device, new Float32Array(12), [4, 3]);
    const ids = tensor(device, new Int32Array(12), [3, 4]);
    const bad = { twoEqual: 'third' } as unknown as BarlowTwins3dOptions;
    expect(() => triple3d(x, other, x, {})).toThrow('got [3, 4] for x and [4, 3] for y');
    expect(() => triple3d(ids, ids, ids, {})).toThrow('must be f32, got i32');
    expect(() => triple3d(x, x, x, { lambda: -1 })).toThrow('lambda must be 0 or more and finite');
    expect(() => triple3d(x, x, x, { epsilon: 0 })).toThrow('epsilon must be positive');
    expect(() => triple3d(x, x, x, bad)).toThrow('must be zero, half, ignore, got third');
  });
});
