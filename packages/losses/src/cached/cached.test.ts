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
  valueAndGrad,
} from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';
import { initMlp, type Mlp, mlp, packParameters } from '@bravais/tensor-core/nn';
import { adamW, adamWNumbers, decayMask, initAdamW, valueAndFlatGradient } from '@bravais/tensor-core/optim';
import { foldIn, key, type RandomKey } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { allPairsClip, type CachedBatch, cachedFlatGradient, cachedValueAndGrad, clip, joinParts } from '..';
import type { Embeddings } from '../embeddings';
import { LossError } from '../errors';

const [WIDTH, DIM] = [6, 5];

interface Part {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly key: RandomKey;
}

interface Model {
  readonly structure: Mlp;
  readonly phononDos: Mlp;
  readonly text: Mlp;
  readonly logScale: Tensor;
}

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

function initialModel(seed = 0) {
  const encoder = (stream: number) => initMlp(foldIn(key(seed), stream), [WIDTH, 8, DIM]);
  return packParameters(device, {
    structure: encoder(0),
    phononDos: encoder(1),
    text: encoder(2),
    logScale: { shape: [1], values: Float32Array.of(Math.log(5)) },
  });
}

const encodeAt =
  (rate: number) =>
  (model: Model, { inputs, key }: Part): Embeddings =>
    Object.fromEntries(
      Object.entries(inputs).map(([name, x], stream) => [
        name,
        mlp(model[name as 'structure'], x, rate, foldIn(key, stream)),
      ]),
    );

/** Parts of the given rows; those named in `without` lack a modality. */
function makeParts(rows: readonly number[], without: Readonly<Record<number, string>> = {}): Part[] {
  return rows.map((count, index) => {
    const names = ['structure', 'phononDos', 'text'].filter((name) => without[index] !== name);
    const inputs = names.map((name) => {
      const values = sampleUniform([count, WIDTH], 100 * index + name.length);
      return [name, tensor(device, values, [count, WIDTH])] as const;
    });
    return { inputs: Object.fromEntries(inputs), key: foldIn(key(7), index) };
  });
}

/** Masks of the rows that a batch of parts has. */
function presenceOf(rows: readonly number[], without: Readonly<Record<number, string>>) {
  const mask = (name: string) =>
    rows.flatMap((count, index) => new Array<number>(count).fill(without[index] === name ? 0 : 1));
  return { structure: mask('structure'), phononDos: mask('phononDos'), text: mask('text') };
}

/** The same loss of the same embeddings with everything alive at once. */
function direct<P extends object, T>(parameters: P, { parts, encode, loss }: CachedBatch<P, T>) {
  return valueAndGrad(parameters, (tracked) =>
    loss(joinParts(parts.map((part, index) => encode(tracked, part, index))), tracked),
  );
}

async function numbers({ value, grads }: { value: Tensor; grads: object }) {
  const flat = await Promise.all(flattenTree(grads).map(([, each]) => each.read()));
  return { value: await value.item(), grads: flat.map((each) => Array.from(each)) };
}

function expectSame(
  actual: Awaited<ReturnType<typeof numbers>>,
  expected: Awaited<ReturnType<typeof numbers>>,
): void {
  expect(Math.abs(actual.value - expected.value)).toBeLessThanOrEqual(1e-6 * Math.abs(expected.value));
  const all = expected.grads.flat();
  const size = Math.sqrt(all.reduce((total, each) => total + each ** 2, 0));
  const error = Math.sqrt(actual.grads.flat().reduce((total, each, i) => total + (each - all[i]!) ** 2, 0));
  expect(size).toBeGreaterThan(0);
  expect(error / size).toBeLessThan(1e-5);
}

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
      const parameters = initialModel(seed);
      const model: Model = parameters.tree;
      const batch: CachedBatch<Model, Part> = {
        parts: makeParts(rows, without),
        encode: encodeAt(rate),
        loss: (embeddings, { logScale }) =>
          allPairsClip(embeddings, { logScale, presence: presenceOf(rows, without) }).total,
      };
      expectSame(await numbers(cachedValueAndGrad(model, batch)), await numbers(direct(model, batch)));
    },
  );

  it('is the direct form for any other loss of the rows', async () => {
    const model: Model = initialModel().tree;
    const batch: CachedBatch<Model, Part> = {
      parts: makeParts([4, 1, 6]),
      encode: encodeAt(0.2),
      loss: ({ structure, text }) => {
        const likeness = (x: Tensor) => matmul(l2Normalize(x), transpose(l2Normalize(x)));
        return mean(square(sub(likeness(structure!), likeness(text!))));
      },
    };
    expectSame(await numbers(cachedValueAndGrad(model, batch)), await numbers(direct(model, batch)));
  });

  it('gives the same bits twice, however the encoders were called between', async () => {
    const model: Model = initialModel().tree;
    const batch: CachedBatch<Model, Part> = {
      parts: makeParts([5, 5, 3]),
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
    const model: Model = initialModel().tree;
    const parts = makeParts([6, 6]);
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
    const model: Model = initialModel().tree;
    const parts = makeParts([3, 3]);
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
      const model: Model = initialModel().tree;
      const parts = makeParts([3, 4]);
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

describe('cachedFlatGradient', () => {
  const loss: CachedBatch<Model, Part>['loss'] = (embeddings, { logScale }) =>
    allPairsClip(embeddings, { logScale }).total;

  it.each([null, 1e-3])('is valueAndFlatGradient, clipped to %s', async (clipNorm) => {
    const parameters = initialModel();
    const batch: CachedBatch<Model, Part> = { parts: makeParts([4, 7, 2]), encode: encodeAt(0.3), loss };
    const expected = valueAndFlatGradient(
      parameters,
      (tree) => loss(joinParts(batch.parts.map((part, index) => batch.encode(tree, part, index))), tree),
      clipNorm,
    );
    const actual = cachedFlatGradient(parameters, batch, clipNorm);
    expectSame(
      await numbers({ value: actual.value, grads: { ...actual.gradient } }),
      await numbers({ value: expected.value, grads: { ...expected.gradient } }),
    );
  });

  it('trains inside capture with the parts as inputs: replays have the bits of eager steps', async () => {
    const train = async (
      steps: number,
      captured: boolean,
    ): Promise<{ losses: number[]; replays: number }> => {
      const parameters = initialModel();
      const [mask, state] = [decayMask(parameters), initAdamW(parameters)];
      const update = ({ parts, numbers }: { parts: readonly Part[]; numbers: Tensor }) => {
        const { value, gradient } = cachedFlatGradient(parameters, { parts, encode: encodeAt(0.2), loss }, 1);
        adamW(parameters, gradient, mask, state, numbers);
        return { value };
      };
      using step = capture(device, update);
      const losses: number[] = [];
      for (let index = 0; index < steps; index++) {
        const parts = makeParts([5, 5, 5], { 2: 'text' }).map((part, at) => ({
          ...part,
          key: foldIn(foldIn(key(3), index), at),
        }));
        const numbers = adamWNumbers(index + 1, { learningRate: 0.01 });
        const { value } = captured
          ? step({ parts, numbers })
          : scoped(device, () => update({ parts, numbers: tensor(device, numbers) }));
        losses.push(await value.item());
      }
      expect(step.stats.fallback).toBeNull();
      return { losses, replays: step.stats.replays };
    };
    const [eager, replayed] = [await train(6, false), await train(6, true)];
    expect(replayed.losses).toEqual(eager.losses);
    expect(replayed.replays).toBe(4);
    expect(new Set(eager.losses).size).toBe(6);
  });
});
