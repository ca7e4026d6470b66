import { bench, describe } from 'vitest';
import { valueAndGrad } from '../grad';
import { initMlp, mlp, packParameters } from '../nn';
import { mean, square, sub } from '../ops';
import { decayMask, flattenGradient, initAdamW } from '../optim';
import { adamW, adamWNumbers } from '../optim/adamw';
import { foldIn, key, type RandomKey } from '../random';
import { scoped, type Tensor, tensor } from '../tensor';
import { sampleUniform, testDevice } from '../testing';
import { capture } from '.';

const device = await testDevice();
const parameters = packParameters(device, initMlp(key(0), [8, 16, 16, 16, 1]));
const mask = decayMask(parameters);
const state = initAdamW(parameters);
const x = sampleUniform([16, 8], 1);
const y = sampleUniform([16, 1], 2);
let index = 0;

interface Inputs {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly key: RandomKey;
  readonly numbers: Tensor;
}

function train({ x, y, key, numbers }: Inputs): { loss: Tensor } {
  const { value, grads } = valueAndGrad(parameters.tree, (tree) =>
    mean(square(sub(mlp(tree, x, 0.1, key), y))),
  );
  adamW(parameters, flattenGradient(parameters, grads, 1), mask, state, numbers);
  return { loss: value };
}

const step = capture(device, train);
const numbersOf = (at: number): Float32Array => adamWNumbers(at, { learningRate: 1e-3 });

describe(`a training step of 42 small launches on ${device.adapter.description}`, () => {
  bench('eager', async () => {
    index++;
    scoped(device, () => {
      train({
        x: tensor(device, x, [16, 8]),
        y: tensor(device, y, [16, 1]),
        key: foldIn(key(1), index),
        numbers: tensor(device, numbersOf(index)),
      });
      return [];
    });
    await device.synchronize();
  });
  bench('captured', async () => {
    index++;
    step({
      x: { shape: [16, 8], values: x },
      y: { shape: [16, 1], values: y },
      key: foldIn(key(1), index),
      numbers: numbersOf(index),
    });
    await device.synchronize();
  });
});
