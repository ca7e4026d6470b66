import { expect, it } from 'vitest';
import { valueAndGrad } from '../grad';
import { initMlp, mlp, packParameters } from '../nn';
import { mean, square, sub } from '../ops';
import { foldIn, key } from '../random';
import { scoped, tensor } from '../tensor';
import { sampleUniform, testDevice } from '../testing';
import { adamW, decayMask, flattenGradient, initAdamW } from '.';

const STEPS = 10_000;
const MEBIBYTE = 2 ** 20;

/**
 * Trains a small network with batches of changing size, as graph batches have, and compares what is alive half-way,
 * when drivers have filled their own pools, with what is alive at the end. Resident memory may move by what the garbage
 * collector has not got to yet, hence a bound that a leak of 100 bytes a step stays under, and one of a tensor does not.
 */
it(`${STEPS} training steps leave live buffers and resident memory where they were`, async () => {
  const device = await testDevice();
  const parameters = packParameters(device, initMlp(key(0), [8, 16, 1]));
  const mask = decayMask(parameters);
  let state = initAdamW(parameters);
  const step = (index: number): void => {
    scoped(device, () => {
      const batch = 16 + (index % 7);
      const x = tensor(device, sampleUniform([batch, 8], index), [batch, 8]);
      const y = tensor(device, sampleUniform([batch, 1], index + 1), [batch, 1]);
      const { grads } = valueAndGrad(parameters.tree, (tree) =>
        mean(square(sub(mlp(tree, x, 0.1, foldIn(key(1), index)), y))),
      );
      state = adamW(parameters, flattenGradient(parameters, grads, 1), mask, state, { learningRate: 1e-3 });
    });
  };
  const measure = () => ({ ...device.stats, resident: process.memoryUsage().rss });
  let early = measure();
  for (let index = 0; index < STEPS; index++) {
    step(index);
    if (index % 10 === 9) await device.synchronize();
    if (index === STEPS / 2) early = measure();
  }
  const late = measure();
  expect(late.liveBuffers).toBe(early.liveBuffers);
  expect(late.liveBytes).toBe(early.liveBytes);
  expect(late.peakLiveBytes).toBe(early.peakLiveBytes);
  expect(late.freeBytes - early.freeBytes).toBeLessThan(MEBIBYTE);
  expect(late.resident - early.resident).toBeLessThan(64 * MEBIBYTE);
  expect((await parameters.flat.read()).every(Number.isFinite)).toBe(true);
}, 300_000);
