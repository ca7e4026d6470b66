import {
  type Device,
  flattenTree,
  l2Normalize,
  matmul,
  mean,
  mul,
  scoped,
  square,
  sub,
  type Tensor,
  TensorError,
  tensor,
  transpose,
} from '@bravais/tensor-core';
import { foldIn, type RandomKey } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { allPairsClip, type CachedBatch, cachedValueAndGrad, clip } from '..';
import type { Embeddings } from '../embeddings';
import { LossError } from '../errors';
import {
  DIM,
  direct,
  encodeAt,
  expectSame,
  initialModel,
  type Model,
  makeParts,
  numbers,
  type Part,
  presenceOf,
} from './testing/three-encoders';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe('cachedValueAndGrad', () => {
  const batches = fc.record({
    rows: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 5 }),
    lacking: fc.constantFrom(null, 'structure', 'phononDos', 'text'),
    rate: fc.constantFrom(0, 0.3),
    seed: fc.nat(1000),
  });

  test.prop([batches], { numRuns: 12 })(
    'is the direct form: any parts, modalities missing, dropout, a learned temperature',
    async ({ rows, lacking, rate, seed }) => {
      const without = lacking ? { 1: lacking } : {};
      const parameters = initialModel(device, seed);
      const model: Model = parameters.tree;
      const batch: CachedBatch<Model, Part> = {
        parts: makeParts(device, rows, without),
        encode: encodeAt(rate),
        loss: (embeddings, { logScale }) =>
          allPairsClip(embeddings, { logScale, presence: presenceOf(rows, without) }).total,
      };
      expectSame(await numbers(cachedValueAndGrad(model, batch)), await numbers(direct(model, batch)));
    },
  );

  it('is the direct form for any other loss of the rows', async () => {
    const model: Model = initialModel(device).tree;
    const batch: CachedBatch<Model, Part> = {
      parts: makeParts(device, [4, 1, 6]),
      encode: encodeAt(0.2),
      loss: ({ structure, text }) => {
        const likeness = (x: Tensor) => matmul(l2Normalize(x), transpose(l2Normalize(x)));
        return mean(square(sub(likeness(structure!), likeness(text!))));
      },
    };
    expectSame(await numbers(cachedValueAndGrad(model, batch)), await numbers(direct(model, batch)));
  });

  it('gives the same bits twice, however the encoders were called between', async () => {
    const model: Model = initialModel(device).tree;
    const batch: CachedBatch<Model, Part> = {
      parts: makeParts(device, [5, 5, 3]),
      encode: encodeAt(0.5),
      loss: ({ structure, text }) => clip({ structure: structure!, text: text! }, { temperature: 0.1 }).total,
    };
    const first = await numbers(cachedValueAndGrad(model, batch));
    scoped(device, () => {
      batch.encode(model, batch.parts[2]!, 2);
    });
    expect(await numbers(cachedValueAndGrad(model, batch))).toEqual(first);
  });

  it('drops the same features in both passes, which another key would change', async () => {
    const model: Model = initialModel(device).tree;
    const parts = makeParts(device, [6, 6]);
    const passes = new Map<Part, number>();
    const batch = (keyOf: (part: Part, pass: number) => RandomKey): CachedBatch<Model, Part> => ({
      parts,
      encode: (tree, part) => {
        const pass = passes.get(part) ?? 0;
        passes.set(part, pass + 1);
        return encodeAt(0.5)(tree, { ...part, key: keyOf(part, pass % 2) });
      },
      loss: ({ structure, text }) => clip({ structure: structure!, text: text! }, { temperature: 0.2 }).total,
    });
    const same = await numbers(
      cachedValueAndGrad(
        model,
        batch(({ key }) => key),
      ),
    );
    const changing = await numbers(
      cachedValueAndGrad(
        model,
        batch(({ key }, pass) => foldIn(key, pass)),
      ),
    );
    expect([...passes.values()]).toEqual([4, 4]);
    const expected = await numbers(direct(model, { ...batch(({ key }) => key), encode: encodeAt(0.5) }));
    expectSame(same, expected);
    const errors = changing.grads.flat().map((each, i) => Math.abs(each - expected.grads.flat()[i]!));
    expect(Math.max(...errors)).toBeGreaterThan(1e-3);
  });

  it('hands aux through and leaves nothing else behind', async () => {
    const model: Model = initialModel(device).tree;
    const parts = makeParts(device, [3, 3]);
    const before = device.stats.liveBuffers;
    const { value, grads, aux } = cachedValueAndGrad(model, {
      parts,
      encode: encodeAt(0),
      loss: ({ structure, text }) => {
        const loss = clip({ structure: structure!, text: text! }, { temperature: 1 }).total;
        return { loss, aux: { halved: mul(loss.detach(), 0.5) } };
      },
    });
    expect(await aux!.halved.item()).toBeCloseTo((await value.item()) / 2, 6);
    for (const [, each] of flattenTree({ value, grads, aux: aux! })) each.dispose();
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('keeps the activations of one part at a time', async () => {
    const rows = 512;
    const parameters = { w: tensor(device, sampleUniform([8, 256], 1), [8, 256]) };
    const inputs = Array.from({ length: 8 }, (_, part) =>
      tensor(device, sampleUniform([rows, 8], part + 2), [rows, 8]),
    );
    const batch: CachedBatch<typeof parameters, Tensor> = {
      parts: inputs,
      encode: ({ w }, x) => {
        const hidden = square(matmul(x, w));
        return { a: matmul(hidden, transpose(w)), b: matmul(square(hidden), transpose(w)) };
      },
      loss: ({ a, b }) => mean(square(sub(a!, b!))),
    };
    const peakOf = async (work: () => { value: Tensor; grads: object }) => {
      const before = device.stats.liveBytes;
      const { result, peakLiveBytes } = await device.measurePeak(() => scoped(device, work));
      for (const [, each] of flattenTree({ value: result.value, grads: result.grads })) each.dispose();
      return peakLiveBytes - before;
    };
    const cached = await peakOf(() => cachedValueAndGrad(parameters, batch));
    const whole = await peakOf(() => direct(parameters, batch));
    const activation = 4 * rows * 256;
    expect(whole).toBeGreaterThan(8 * 2 * activation);
    expect(cached).toBeLessThan(whole / 4);
  });

  it('names what is wrong', () => {
    scoped(device, () => {
      const model: Model = initialModel(device).tree;
      const parts = makeParts(device, [3, 4]);
      const loss = (embeddings: Embeddings) => allPairsClip(embeddings, { temperature: 1 }).total;
      const run = (changes: Partial<CachedBatch<Model, Part>>) => () =>
        cachedValueAndGrad(model, { parts, encode: encodeAt(0), loss, ...changes });
      const z = (rows: number, features = DIM) =>
        tensor(device, sampleUniform([rows, features], 1), [rows, features]);
      expect(run({ parts: [] })).toThrow('expected at least one part, got none');
      expect(run({ encode: () => ({}) })).toThrow('got none in part 0. Leave the part out.');
      expect(run({ encode: () => ({ a: z(3), b: z(4) }) })).toThrow('got [3, 5] for a and [4, 5] for b');
      expect(run({ encode: (_, __, i) => ({ a: z(3, 5 + i) }) })).toThrow(
        'expected 5 features of a in every part, got 6 in part 1',
      );
      let calls = 0;
      const shrinking = () => ({ a: z(4), b: z(4), ...(calls++ < 2 ? { c: z(4) } : {}) });
      expect(run({ encode: shrinking })).toThrow(
        'a [4, 5] and b [4, 5] and c [4, 5], got a [4, 5] and b [4, 5]',
      );
      expect(run({ encode: () => ({ a: z(1), b: tensor(device, [1, 2]) }) })).toThrow(LossError);
      expect(run({ loss: ({ text }) => text! })).toThrow(TensorError);
      expect(() => cachedValueAndGrad({}, { parts: [], encode: () => ({}), loss: () => z(1) })).toThrow(
        'at least one parameter',
      );
    });
  });
});
