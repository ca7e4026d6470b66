import { scoped, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';
import { key, type RandomKey } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { meanOfTerms } from '../../alignment-loss';
import { expectGradients, type HostEmbeddings, runLoss } from '../../testing/alignment-run';
import { shuffledCrossEntropies } from '.';
import { randomOrders } from './random-orders';
import { randomOrdersReference, shuffledReference } from './reference';

const device = await testDevice();

describe('randomOrders', () => {
  test.prop([fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 200 }), fc.nat(9999)], {
    numRuns: 15,
  })('are permutations, those of the host', async (rows, count, seed) => {
    const orders = scoped(device, () => randomOrders(device, key(seed), rows, count));
    const values = await Promise.all(orders.map(async (order) => [...(await order.read())]));
    for (const order of orders) order.dispose();
    expect(values).toEqual(randomOrdersReference(key(seed), rows, count));
    for (const order of values) expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
  });
});

/** Embeddings of so many modalities. */
function sample(modalities: number, batch: number, depth: number, seed: number): HostEmbeddings {
  const rows = Array.from({ length: modalities }, (_, which) => ({
    shape: [batch, depth] as const,
    data: sampleUniform([batch, depth], 9 * seed + which, -1, 1),
  }));
  return Object.fromEntries(rows.map((each, which) => [`m${which}`, each]));
}

const run = (embeddings: HostEmbeddings, bytes: number) =>
  runLoss(device, embeddings, (tree) => {
    const terms = shuffledCrossEntropies(Object.values(tree), key(3), bytes);
    return meanOfTerms(device, Object.fromEntries(Object.keys(tree).map((name, i) => [name, terms[i]!])));
  });

describe('shuffledCrossEntropies', () => {
  it.each([
    { modalities: 2, batch: 2, depth: 3, bytes: 1e6 },
    { modalities: 2, batch: 17, depth: 5, bytes: 1e6 },
    { modalities: 3, batch: 40, depth: 33, bytes: 1e6 },
    { modalities: 3, batch: 150, depth: 8, bytes: 1 },
    { modalities: 5, batch: 66, depth: 4, bytes: 1 },
  ])('have the values and gradients of their reference: %j', async ({ modalities, batch, depth, bytes }) => {
    const embeddings = sample(modalities, batch, depth, batch);
    const host = Object.values(embeddings).map(({ shape, data }) => ({
      shape,
      data: Float64Array.from(data),
    }));
    const { terms, gradients } = shuffledReference(host, key(3));
    const got = await run(embeddings, bytes);
    for (const [index, term] of Object.values(got.terms).entries()) {
      expect(Math.abs(term - terms[index]!)).toBeLessThan(1e-5 * terms[index]! + 1e-6);
    }
    const named = Object.keys(embeddings).map((name, index) => [name, gradients[index]!] as const);
    expectGradients(got, Object.fromEntries(named), () => 1e-7);
  });

  it('in chunks keep no scores for the gradient', async () => {
    const shape = [512, 8];
    const inputs = [1, 2, 3].map((seed) => tensor(device, sampleUniform(shape, seed), shape));
    const peakOf = async (bytes: number): Promise<number> => {
      const before = device.stats.liveBytes;
      const { peakLiveBytes } = await device.measurePeak(async () => {
        const { value, grads } = valueAndGrad(inputs, (rows) => mean(rows, bytes));
        await value.item();
        for (const each of [value, ...grads]) each.dispose();
      });
      return peakLiveBytes - before;
    };
    const [chunked, whole] = [await peakOf(1), await peakOf(2 ** 30)];
    for (const each of inputs) each.dispose();
    const scores = 4 * 512 ** 2;
    expect(chunked).toBeLessThan(2 * scores);
    expect(whole).toBeGreaterThan(10 * scores);
  });

  it('in a captured step draw anew with each key, the tuples of that key', async () => {
    const host = Object.values(sample(3, 20, 6, 4));
    const rows = host.map(({ shape, data }) => tensor(device, data, shape));
    using step = capture(device, (inputs: { shuffle: RandomKey }) => ({
      loss: mean(rows, 1e6, inputs.shuffle),
    }));
    const reference = host.map(({ shape, data }) => ({ shape, data: Float64Array.from(data) }));
    for (const seed of [1, 2, 3, 4]) {
      const { loss } = step({ shuffle: key(seed) });
      const { terms } = shuffledReference(reference, key(seed));
      expect(await loss.item()).toBeCloseTo((terms[0]! + terms[1]! + terms[2]!) / 3, 5);
    }
    expect(step.stats).toMatchObject({ replays: 2, fallback: null });
    for (const each of rows) each.dispose();
  });
});

/** The mean over the anchors. */
function mean(rows: readonly Tensor[], bytes: number, shuffle: RandomKey = key(3)): Tensor {
  const terms = shuffledCrossEntropies(rows, shuffle, bytes);
  return meanOfTerms(device, Object.fromEntries(terms.map((term, index) => [`m${index}`, term]))).total;
}
