// Times this package on workloads shared with other libraries: `node bench/peers.mjs [part of a workload's name]`.
// Prints one JSON line per workload: {peer, work, ms, check, total_s}; `ms` is the best of up to 12 runs after two
// warm-ups, each ending with one scalar read back, and `check` the first run's scalar. Build the package first.
import { matmul, mean, scoped, square, sub, tensor, valueAndGrad } from '@bravais/tensor-core';
import { packParameters } from '@bravais/tensor-core/nn';
import { openDevice } from '@bravais/tensor-core/node';
import { adamW, decayMask, flattenGradient, initAdamW } from '@bravais/tensor-core/optim';

const only = process.argv[2] ?? '';
const device = await openDevice();
const peer = `bravais-${device.adapter.kind}`;

const workloads = {
  matmul512: () => squareProduct(512, 1),
  matmul1024: () => squareProduct(1024, 3),
  mlp_step: mlpStep,
};

for (const [work, prepare] of Object.entries(workloads)) {
  if (!work.includes(only)) continue;
  try {
    const start = performance.now();
    const { ms, check } = await best(prepare());
    const seconds = (performance.now() - start) / 1000;
    print({ peer, work, ms: +ms.toFixed(3), check: +check.toPrecision(6), total_s: +seconds.toFixed(1) });
  } catch (error) {
    print({ peer, work, error: String(error).slice(0, 160) });
  }
}
device.destroy();

/** C = A B of n x n; the scalar is C[0, 0]. */
function squareProduct(n, seed) {
  const [a, b] = [uniform([n, n], seed), uniform([n, n], seed + 1)];
  return () => firstValue(matmul(a, b));
}

/** One Adam step of a 128-128-1 network on 4,096 rows, mean squared error; the scalar is the loss before the step. */
function mlpStep() {
  const [x, y] = [uniform([4096, 128], 5), uniform([4096, 1], 6)];
  const initial = {
    w1: { shape: [128, 128], values: uniformValues(128 * 128, 7, 0.15) },
    b1: { shape: [128], values: uniformValues(128, 8, 0.1) },
    w2: { shape: [128, 1], values: uniformValues(128, 9, 0.15) },
    b2: { shape: [1], values: uniformValues(1, 10, 0.1) },
  };
  const parameters = packParameters(device, initial);
  const mask = decayMask(parameters);
  let state = initAdamW(parameters);
  return async () => {
    const loss = scoped(device, () => {
      const { value, grads } = valueAndGrad(parameters.tree, ({ w1, b1, w2, b2 }) => {
        const hidden = matmul(x, w1, { bias: b1, activation: 'relu' });
        return mean(square(sub(matmul(hidden, w2, { bias: b2 }), y)));
      });
      const gradient = flattenGradient(parameters, grads, null);
      state = adamW(parameters, gradient, mask, state, { learningRate: 1e-3, weightDecay: 0 });
      return value;
    });
    return firstValue(loss);
  };
}

/** Reads one element of a tensor and lets go of it. */
async function firstValue(result) {
  const { storage, byteOffset } = result.binding;
  const [bytes] = await device.read([{ storage, byteOffset, bytes: 4 }]);
  result.dispose();
  return new Float32Array(bytes)[0];
}

/** Best of up to 12 runs within 8 s, after two that warm up. */
async function best(run) {
  const check = await run();
  await run();
  let ms = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let count = 0; count < 12 && performance.now() - start < 8000; count++) {
    const begun = performance.now();
    await run();
    ms = Math.min(ms, performance.now() - begun);
  }
  return { ms, check };
}

function uniform(shape, seed) {
  return tensor(device, uniformValues(shape[0] * shape[1], seed, 1), shape);
}

/** Uniform values in [-scale, scale): mulberry32, the generator of the shared inputs. */
function uniformValues(count, seed, scale) {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * 2 * scale - scale;
  });
}

function print(line) {
  console.log(JSON.stringify(line));
}
