import { beforeAll, expect, it } from 'vitest';
import type { Device } from '../device';
import { initMlp, packParameters } from '../nn';
import { key } from '../random';
import { scoped, tensor } from '../tensor';
import { sampleUniform, testDevice } from '../testing';
import { initAdamW, initSgd } from '.';
import { adamW, adamWNumbers } from './adamw';
import { decayMask } from './decay-mask';
import { sgd, sgdNumbers } from './sgd';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const flatGradient = (size: number, step: number) => ({
  flat: tensor(device, sampleUniform([size], step)),
  scale: tensor(device, [0.7]),
  norm: tensor(device, [1]),
});

async function afterFiveSteps(optimizer: 'adamW' | 'sgd', inTensor: boolean): Promise<Uint32Array[]> {
  const parameters = packParameters(device, initMlp(key(0), [9, 7, 2]));
  const mask = decayMask(parameters);
  const velocity = initSgd(parameters);
  let moments = initAdamW(parameters);
  for (let step = 0; step < 5; step++) {
    scoped(device, () => {
      const gradient = flatGradient(parameters.flat.size, step);
      const options = { learningRate: 0.1 / (step + 1), weightDecay: 0.03 };
      if (optimizer === 'adamW') {
        const numbers = inTensor ? tensor(device, adamWNumbers(step + 1, options)) : options;
        moments = adamW(parameters, gradient, mask, moments, numbers);
      } else {
        const numbers = { ...options, momentum: 0.8 };
        sgd(parameters, gradient, mask, velocity, inTensor ? tensor(device, sgdNumbers(numbers)) : numbers);
      }
      return [];
    });
  }
  const state = optimizer === 'adamW' ? [moments.firstMoment, moments.secondMoment] : [velocity.velocity];
  if (optimizer === 'adamW') expect(moments.step).toBe(5);
  const values = await Promise.all([parameters.flat, ...state].map((each) => each.read()));
  return values.map((each) => new Uint32Array(each.buffer));
}

it.each(['adamW', 'sgd'] as const)('%s: numbers in a tensor give the bits of numbers', async (optimizer) => {
  const expected = await afterFiveSteps(optimizer, false);
  expect(await afterFiveSteps(optimizer, true)).toEqual(expected);
});

it('the numbers are in the documented order', () => {
  const options = { learningRate: 0.25, betas: [0.5, 0.75] as const, epsilon: 2 ** -20, weightDecay: 0.125 };
  expect([...adamWNumbers(1, options)]).toEqual([0.25, 0.5, 0.75, 2 ** -20, 0.125, 2, 4, 0]);
  expect([...sgdNumbers({ learningRate: 0.25, momentum: 0.5, weightDecay: 0.125 })]).toEqual([
    0.25, 0.5, 0.125, 0,
  ]);
});

it('other tensors are refused, and nothing is launched', () => {
  const parameters = packParameters(device, initMlp(key(0), [2, 2]));
  const mask = decayMask(parameters);
  scoped(device, () => {
    const gradient = flatGradient(parameters.flat.size, 1);
    const { launches } = device.stats;
    expect(() => adamW(parameters, gradient, mask, initAdamW(parameters), tensor(device, [1, 2, 3]))).toThrow(
      'adamW: expected its numbers as f32 [8], got f32 [3]. Make them with adamWNumbers.',
    );
    expect(() =>
      sgd(parameters, gradient, mask, initSgd(parameters), tensor(device, new Int32Array(4))),
    ).toThrow('sgd: expected its numbers as f32 [4], got i32 [4]. Make them with sgdNumbers.');
    expect(device.stats.launches).toBe(launches);
    return [];
  });
});
