import { expect, it } from 'vitest';
import { valueAndGrad } from '../grad';
import { initLinear, linear, packParameters } from '../nn';
import { dropout, mean, square, sub } from '../ops';
import { decayMask, flattenGradient, initAdamW } from '../optim';
import { adamW, adamWNumbers } from '../optim/adamw';
import { foldIn, key, type RandomKey } from '../random';
import type { Tensor } from '../tensor';
import { sampleUniform, testDevice } from '../testing';
import { capture } from '.';

const STEPS = 10_000;
const MEBIBYTE = 2 ** 20;

/** Like the uncaptured steps in `optim`: memory a tenth of the way in, against memory at the end. */
it(`${STEPS} captured steps leave live buffers and resident memory where they were`, async () => {
  const device = await testDevice();
  const parameters = packParameters(device, initLinear(key(0), 4, 1));
  const mask = decayMask(parameters);
  const state = initAdamW(parameters);
  using step = capture(device, (inputs: { x: Tensor; y: Tensor; key: RandomKey; optimizer: Tensor }) => {
    const { value, grads } = valueAndGrad(parameters.tree, (tree) =>
      mean(square(sub(linear(tree, dropout(inputs.x, { rate: 0.1, key: inputs.key })), inputs.y))),
    );
    adamW(parameters, flattenGradient(parameters, grads, null), mask, state, inputs.optimizer);
    return { loss: value };
  });
  const measure = () => ({ ...device.stats, resident: process.memoryUsage().rss });
  let early = measure();
  let last = Number.NaN;
  for (let index = 0; index < STEPS; index++) {
    const rows = 16 + (index % 3);
    const { loss } = step({
      x: { shape: [rows, 4], values: sampleUniform([rows, 4], index) },
      y: { shape: [rows, 1], values: sampleUniform([rows, 1], index + 1) },
      key: foldIn(key(1), index),
      optimizer: adamWNumbers(index + 1, { learningRate: 1e-3 }),
    });
    if (index % 10 === 9) last = await loss.item();
    if (index === STEPS / 10) early = measure();
  }
  const late = measure();
  expect(step.stats).toMatchObject({ captures: 3, eager: 6, replays: STEPS - 6, fallback: null });
  for (const count of ['liveBuffers', 'liveBytes', 'freeBuffers', 'freeBytes', 'peakLiveBytes'] as const) {
    expect(late[count], count).toBe(early[count]);
  }
  expect(late.resident - early.resident).toBeLessThan(64 * MEBIBYTE);
  expect(Number.isFinite(last)).toBe(true);
}, 120_000);
