import { type Device, scoped, type Tensor, tensor } from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';
import { adamW, adamWNumbers, decayMask, initAdamW, valueAndFlatGradient } from '@bravais/tensor-core/optim';
import { foldIn, key } from '@bravais/tensor-core/random';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { allPairsClip, type CachedBatch, cachedFlatGradient, joinParts } from '..';
import {
  encodeAt,
  expectSame,
  initialModel,
  type Model,
  makeParts,
  numbers,
  type Part,
} from './testing/three-encoders';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe('cachedFlatGradient', () => {
  const loss: CachedBatch<Model, Part>['loss'] = (embeddings, { logScale }) =>
    allPairsClip(embeddings, { logScale }).total;

  it.each([null, 1e-3])('is valueAndFlatGradient, clipped to %s', async (clipNorm) => {
    const parameters = initialModel(device);
    const batch: CachedBatch<Model, Part> = {
      parts: makeParts(device, [4, 7, 2]),
      encode: encodeAt(0.3),
      loss,
    };
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
      const parameters = initialModel(device);
      const [mask, state] = [decayMask(parameters), initAdamW(parameters)];
      const update = ({ parts, numbers }: { parts: readonly Part[]; numbers: Tensor }) => {
        const { value, gradient } = cachedFlatGradient(parameters, { parts, encode: encodeAt(0.2), loss }, 1);
        adamW(parameters, gradient, mask, state, numbers);
        return { value };
      };
      using step = capture(device, update);
      const losses: number[] = [];
      for (let index = 0; index < steps; index++) {
        const parts = makeParts(device, [5, 5, 5], { 2: 'text' }).map((part, at) => ({
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
