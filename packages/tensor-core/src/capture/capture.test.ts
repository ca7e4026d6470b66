import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../device';
import { valueAndGrad } from '../grad';
import { initMlp, mlp, type Parameters, packParameters } from '../nn';
import { add, matmul, mean, mul, relu, softmax, square, sub, sum, tanh, transpose } from '../ops';
import {
  type AdamWOptions,
  type AdamWState,
  adamW,
  decayMask,
  flattenGradient,
  initAdamW,
  warmupCosine,
} from '../optim';
import { adamWNumbers } from '../optim/adamw';
import { foldIn, type Key, key, type RandomKey } from '../random';
import { scoped, type Tensor, tensor } from '../tensor';
import { sampleUniform, testDevice } from '../testing';
import { capture } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const STEPS = 20;
const FEATURES = 12;
const network = () => initMlp(key(0), [FEATURES, 24, 24, 3]);
/** Two batch sizes, alternating. */
const rowsOf = (step: number): number => (step % 2 === 0 ? 10 : 7);
const optionsAt = (step: number): AdamWOptions => ({
  learningRate: warmupCosine(0.01, STEPS, 0.2, 0.1)(step),
  weightDecay: 0.05,
});
const keyAt = (step: number): Key => foldIn(key(5), step);

interface Batch<T> {
  readonly x: T;
  readonly y: T;
}

function hostBatch(step: number): Batch<{ shape: number[]; values: Float32Array }> {
  const host = (columns: number, seed: number) => {
    const shape = [rowsOf(step), columns];
    return { shape, values: sampleUniform(shape, 2 * step + seed) };
  };
  return { x: host(FEATURES, 0), y: host(3, 1) };
}

/** One step of training, with its numbers as they come: from the host or from the device. */
function trainingStep(
  parameters: Parameters<ReturnType<typeof network>>,
  mask: Tensor,
  state: AdamWState,
  batch: Batch<Tensor>,
  dropoutKey: RandomKey,
  optimizer: AdamWOptions | Tensor,
): { loss: Tensor; norm: Tensor; state: AdamWState } {
  const { value, grads } = valueAndGrad(parameters.tree, (tree) =>
    mean(square(sub(mlp(tree, batch.x, 0.3, foldIn(dropoutKey, 4)), batch.y))),
  );
  const gradient = flattenGradient(parameters, grads, 1);
  return {
    loss: value,
    norm: gradient.norm,
    state: adamW(parameters, gradient, mask, state, optimizer),
  };
}

interface Run {
  readonly losses: number[];
  readonly parameters: Uint32Array;
  readonly moments: Uint32Array;
}

const bitsOf = async (tensor: Tensor): Promise<Uint32Array> => new Uint32Array((await tensor.read()).buffer);

async function trainEagerly(): Promise<Run> {
  const parameters = packParameters(device, network());
  const mask = decayMask(parameters);
  let state = initAdamW(parameters);
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) {
    const { x, y } = hostBatch(step);
    const loss = scoped(device, () => {
      const batch = { x: tensor(device, x.values, x.shape), y: tensor(device, y.values, y.shape) };
      const result = trainingStep(parameters, mask, state, batch, keyAt(step), optionsAt(step));
      state = result.state;
      return result.loss;
    });
    losses.push(await loss.item());
    loss.dispose();
  }
  return {
    losses,
    parameters: await bitsOf(parameters.flat),
    moments: await bitsOf(state.secondMoment),
  };
}

describe('a captured training step', () => {
  it('gives the bits of the uncaptured one: AdamW, dropout, two shapes alternating', async () => {
    const expected = await trainEagerly();
    const parameters = packParameters(device, network());
    const mask = decayMask(parameters);
    const state = initAdamW(parameters);
    using step = capture(device, (inputs: { batch: Batch<Tensor>; key: RandomKey; optimizer: Tensor }) => {
      const { loss, norm } = trainingStep(
        parameters,
        mask,
        state,
        inputs.batch,
        inputs.key,
        inputs.optimizer,
      );
      return { loss, norm };
    });
    const losses: number[] = [];
    for (let index = 0; index < STEPS; index++) {
      const { loss } = step({
        batch: hostBatch(index),
        key: keyAt(index),
        optimizer: adamWNumbers(index + 1, optionsAt(index)),
      });
      losses.push(await loss.item());
    }
    expect(losses).toEqual(expected.losses);
    expect(await bitsOf(parameters.flat)).toEqual(expected.parameters);
    expect(await bitsOf(state.secondMoment)).toEqual(expected.moments);
    expect(step.stats).toMatchObject({ captures: 2, eager: 4, replays: STEPS - 4, fallback: null });
  });

  it('counts and submits replayed launches like others', async () => {
    using step = capture(device, ({ x }: { x: Tensor }) => ({ y: mul(add(x, 1), 2) }));
    const counts: number[] = [];
    for (let call = 0; call < 4; call++) {
      const before = device.stats;
      const { y } = step({ x: Float32Array.of(call, 1) });
      expect(await y.read()).toEqual(Float32Array.of(2 * call + 2, 4));
      expect(device.stats.submits - before.submits).toBe(1);
      counts.push(device.stats.launches - before.launches);
    }
    expect(new Set(counts).size).toBe(1);
    expect(step.stats).toMatchObject({ captures: 1, eager: 2, replays: 2 });
  });
});

/** One line of a random program over a 6 x 6 state and an input of that shape. */
type Instruction = (state: Tensor, x: Tensor) => Tensor;
const INSTRUCTIONS: Record<string, Instruction> = {
  add,
  sub,
  scale: (state) => mul(state, 0.5),
  matmul: (state, x) => tanh(matmul(state, x)),
  transpose: (state) => transpose(state),
  relu: (state) => relu(state),
  softmax: (state) => softmax(state),
  centre: (state) => sub(state, mean(state, [1], { keepDims: true })),
  constant: (state) => mul(state, tensor(state.device, new Float32Array(6).fill(1.5))),
  gradient: (state, x) => valueAndGrad({ state }, (p) => sum(square(matmul(p.state, x)))).grads.state,
};

describe('laws', () => {
  it('any program with state that it updates in place gives the same bits captured and not', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(INSTRUCTIONS)), { minLength: 1, maxLength: 12 }),
        fc.nat(1000),
        async (program, seed) => {
          const run = (state: Tensor, x: Tensor) => {
            const result = program.reduce(
              (value, name) => scoped(device, () => INSTRUCTIONS[name]!(value, x)),
              state.detach(),
            );
            state.assign(tanh(result));
            return { total: sum(result) };
          };
          const live = device.stats.liveBuffers;
          const initial = sampleUniform([6, 6], seed);
          const [plain, captured] = [tensor(device, initial, [6, 6]), tensor(device, initial, [6, 6])];
          using step = capture(device, ({ x }: { x: Tensor }) => run(captured, x));
          for (let call = 0; call < 5; call++) {
            const values = sampleUniform([6, 6], seed + call + 1);
            const total = scoped(device, () => run(plain, tensor(device, values, [6, 6])).total);
            const replayed = step({ x: { shape: [6, 6], values } }).total;
            expect(await bitsOf(replayed)).toEqual(await bitsOf(total));
            total.dispose();
          }
          expect(await bitsOf(captured)).toEqual(await bitsOf(plain));
          expect(step.stats).toMatchObject({ replays: 3, fallback: null });
          step.dispose();
          plain.dispose();
          captured.dispose();
          expect(device.stats.liveBuffers).toBe(live);
        },
      ),
      { numRuns: 25 },
    ));
});
