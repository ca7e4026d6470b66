import { scoped, tensor, valueAndGrad } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { describeOp, firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { describe, expect, it } from 'vitest';
import { variantsOf } from '../testing';
import {
  type TrilinearCrossEntropyOptions,
  trilinearCrossEntropy,
  trilinearCrossEntropyByAxis,
  trilinearCrossEntropyOp,
} from '.';
import {
  trilinearAxisTerms,
  trilinearCrossEntropyGradientReference,
  trilinearCrossEntropyReference,
} from './reference';

const device = await testDevice();

/** Three matrices [B, D]. */
const triple = (batch: number, depth: number): number[][] => [0, 1, 2].map(() => [batch, depth]);

/** Loss and gradients of three matrices [B, D] drawn from [-range, range). */
async function run(
  [batch, depth, range]: readonly [number, number, number],
  options: TrilinearCrossEntropyOptions,
) {
  const shape = [batch, depth];
  const values = [1, 2, 3].map((seed) => sampleUniform(shape, seed, -range, range));
  const inputs = values.map((each) => tensor(device, each, shape));
  const { value, grads } = valueAndGrad(inputs, ([x, y, z]) => trilinearCrossEntropy(x!, y!, z!, options));
  const result = {
    loss: await value.item(),
    gradients: await Promise.all(grads.map((grad) => grad.read())),
    host: values.map((each) => ({ shape, data: Float64Array.from(each) })),
  };
  for (const each of [value, ...grads, ...inputs]) each.dispose();
  return result;
}

for (const variant of variantsOf(device)) {
  const all = { variant, negatives: 'all' } as const;
  const distinct = { variant, negatives: 'distinct' } as const;
  describe(`trilinearCrossEntropy by ${variant}`, () => {
    describeOp({
      op: trilinearCrossEntropyOp,
      reference: trilinearCrossEntropyReference,
      tolerance: { relative: 2e-6, ofLargest: 0 },
      gradientTolerance: { relative: 1e-4, ofLargest: 2e-5 },
      cases: [
        { inputs: triple(2, 3), attrs: { ...all, scale: 1 } },
        { inputs: triple(5, 4), attrs: { ...all, scale: 0.5 } },
        { inputs: triple(9, 5), attrs: { ...all, scale: 2 } },
        { inputs: triple(11, 7), attrs: { ...all, scale: 1, slabBytes: 1 } },
        { inputs: triple(33, 6), attrs: { ...all, scale: 1 }, gradient: false },
        { inputs: triple(65, 17), attrs: { ...all, scale: 0.3 }, gradient: false },
        { inputs: triple(71, 128), attrs: { ...all, scale: 10 }, range: [-0.3, 0.3], gradient: false },
        { inputs: triple(3, 3), attrs: { ...distinct, scale: 1 } },
        { inputs: triple(5, 4), attrs: { ...distinct, scale: 2 } },
        { inputs: triple(9, 5), attrs: { ...distinct, scale: 1, slabBytes: 1 } },
        { inputs: triple(65, 17), attrs: { ...distinct, scale: 0.3 }, gradient: false },
        { inputs: triple(71, 128), attrs: { ...distinct, scale: 10 }, range: [-0.3, 0.3], gradient: false },
      ],
    });

    it.each([
      { size: [33, 6, 2], scale: 1, slabBytes: 40_000 },
      { size: [65, 17, 1], scale: 0.7, slabBytes: 1 },
      { size: [40, 128, 0.3], scale: 10, slabBytes: 2 ** 20 },
      { size: [37, 9, 1], scale: 1, slabBytes: 40_000, negatives: 'distinct' },
      { size: [65, 17, 1], scale: 0.7, slabBytes: 1, negatives: 'distinct' },
    ] as const)('has the gradient of its reference over many tiles and slabs: %j', async (item) => {
      const { gradients, host } = await run(item.size, { ...item, variant });
      const expected = trilinearCrossEntropyGradientReference(host, item);
      for (const [index, gradient] of gradients.entries()) {
        const mismatch = firstMismatch(gradient, expected[index]!, { relative: 1e-5, ofLargest: 2e-6 });
        expect(mismatch, `gradient ${index}`).toBeNull();
      }
    });

    // The spread of T is up to 20,000 here: far more than exp can hold, within one tile and between slices.
    it.each([0.01, 1, 30, 300])('stays exact whatever the spread of the scores: scale %f', async (scale) => {
      const { loss, gradients, host } = await run([37, 9, 2], { scale, variant });
      const expected = trilinearCrossEntropyReference(host, { scale }).data[0]!;
      expect(Math.abs(loss - expected)).toBeLessThan(3e-6 * expected);
      const slopes = trilinearCrossEntropyGradientReference(host, { scale });
      for (const [index, gradient] of gradients.entries()) {
        // A score's rounding, scale * 72 * 2^-24, is the relative error of its exp.
        const relative = 1e-5 + (scale * 72) / 2 ** 22;
        expect(firstMismatch(gradient, slopes[index]!, { relative, ofLargest: relative })).toBeNull();
      }
    });

    it.each([
      { batch: 1, negatives: 'all' },
      { batch: 1, negatives: 'distinct' },
      { batch: 2, negatives: 'distinct' },
    ] as const)('told from no others: loss and gradients 0: %j', async ({ batch, negatives }) => {
      const { loss, gradients } = await run([batch, 3, 2], { scale: 5, variant, negatives });
      expect(Math.abs(loss)).toBeLessThan(1e-6);
      expect(gradients.flatMap((gradient) => [...gradient]).every((each) => Math.abs(each) < 1e-6)).toBe(
        true,
      );
    });

    it.each(['all', 'distinct'] as const)('is the mean of the terms of its axes, %s', async (negatives) => {
      const shape = [13, 6];
      const rows = [1, 2, 3].map((seed) => sampleUniform(shape, seed));
      const { loss, terms } = scoped(device, () => {
        const [x, y, z] = rows.map((each) => tensor(device, each, shape));
        return trilinearCrossEntropyByAxis([x!, y!, z!], { variant, negatives, scale: 0.7 });
      });
      const host = rows.map((each) => ({ shape, data: Float64Array.from(each) }));
      const expected = trilinearAxisTerms(host, { scale: 0.7, negatives });
      const values = await Promise.all(terms.map((term) => term.item()));
      expect(firstMismatch(Float32Array.from(values), expected, { relative: 3e-6, ofLargest: 0 })).toBeNull();
      const mean = (values[0]! + values[1]! + values[2]!) / 3;
      expect(Math.abs((await loss.item()) - mean)).toBeLessThan(1e-6 * mean);
      for (const each of [loss, ...terms]) each.dispose();
    });

    it('gives the same bits twice, and small slabs the same result', async () => {
      const options = { scale: 1, variant };
      const [once, again] = [await run([41, 12, 1], options), await run([41, 12, 1], options)];
      expect(again.loss).toBe(once.loss);
      expect(again.gradients).toEqual(once.gradients);
      const small = await run([41, 12, 1], { ...options, slabBytes: 100_000 });
      expect(Math.abs(small.loss - once.loss)).toBeLessThan(2e-6 * once.loss);
      for (const [index, gradient] of small.gradients.entries()) {
        const mismatch = firstMismatch(gradient, once.gradients[index]!, { relative: 1e-5, ofLargest: 1e-6 });
        expect(mismatch, `gradient ${index}`).toBeNull();
      }
    });

    it('never holds the cubic tensor', async () => {
      const own = await openDevice();
      const shape = [128, 4];
      const inputs = [1, 2, 3].map((seed) => tensor(own, sampleUniform(shape, seed), shape));
      const { value } = valueAndGrad(inputs, ([x, y, z]) =>
        trilinearCrossEntropy(x!, y!, z!, { variant, slabBytes: 2 ** 18 }),
      );
      await value.item();
      expect(own.stats.peakLiveBytes).toBeLessThan((4 * 128 ** 3) / 4);
      own.destroy();
    });

    it('leaves nothing behind', async () => {
      const before = device.stats.liveBuffers;
      await run([20, 6, 1], { scale: 1, variant, slabBytes: 1 });
      expect(device.stats.liveBuffers).toBe(before);
    });
  });
}

it('names what is wrong with its operands', () => {
  scoped(device, () => {
    const x = tensor(device, new Float32Array(12), [3, 4]);
    const other = tensor(device, new Float32Array(12), [4, 3]);
    const none = tensor(device, new Float32Array(0), [0, 4]);
    const ids = tensor(device, new Int32Array(12), [3, 4]);
    expect(() => trilinearCrossEntropy(x, x, other)).toThrow('got [3, 4], [3, 4], [4, 3]');
    expect(() => trilinearCrossEntropy(none, none, none)).toThrow('none empty');
    expect(() => trilinearCrossEntropy(x, ids, x)).toThrow('got i32');
    expect(() => trilinearCrossEntropy(x, x, x, { slabBytes: 0 })).toThrow('slabBytes must be positive');
    const few = 'few' as unknown as 'all';
    expect(() => trilinearCrossEntropy(x, x, x, { negatives: few })).toThrow(
      'must be all, distinct, got few',
    );
    expect(() => trilinearCrossEntropy(x, x, x, { scale: Number.NaN })).toThrow('scale must be finite');
  });
});
