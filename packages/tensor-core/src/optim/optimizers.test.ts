import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../device';
import { grad } from '../grad';
import { namedValues, packParameters } from '../nn';
import { mul, square, sub, sum } from '../ops';
import { scoped, tensor } from '../tensor';
import { firstMismatch, sampleUniform, testDevice } from '../testing';
import { adamW, decayMask, flattenGradient, initAdamW, initEma, initSgd, sgd, updateEma } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const SHAPES = { weight: [7, 5], bias: [3], scale: [1] } as const;
const TOLERANCE = { relative: 2e-6, ofLargest: 1e-6 };

function model() {
  const initial = Object.fromEntries(
    Object.entries(SHAPES).map(([name, shape], seed) => [
      name,
      { shape, values: sampleUniform(shape, seed) },
    ]),
  );
  return { initial, parameters: packParameters(device, initial) };
}

/** Gradients of each step, by name, the same on host and device. */
function gradients(step: number): Record<keyof typeof SHAPES, Float32Array> {
  const of = (name: keyof typeof SHAPES, seed: number) => sampleUniform(SHAPES[name], 100 * step + seed);
  return { weight: of('weight', 1), bias: of('bias', 2), scale: of('scale', 3) };
}

function upload(step: number) {
  return Object.fromEntries(
    Object.entries(gradients(step)).map(([name, values]) => [
      name,
      tensor(device, values, SHAPES[name as 'bias']),
    ]),
  );
}

/** min(1, clip / ‖g‖). */
function clipScale(step: number, clipNorm: number | null): number {
  const squares = Object.values(gradients(step)).flatMap((values) => [...values].map((g) => g * g));
  const norm = Math.sqrt(squares.reduce((a, b) => a + b, 0));
  return clipNorm === null ? 1 : Math.min(1, clipNorm / (norm + 1e-6));
}

describe.each([null, 0.5])('with clipNorm %s', (clipNorm) => {
  it('AdamW follows its float64 reference for 20 steps; vectors are not decayed', async () => {
    const before = device.stats.liveBuffers;
    const { initial, parameters } = model();
    const options = { learningRate: 0.05, betas: [0.9, 0.99] as const, epsilon: 1e-8, weightDecay: 0.1 };
    const mask = decayMask(parameters);
    let state = initAdamW(parameters);
    const p = new Map(Object.entries(initial).map(([name, { values }]) => [name, Float64Array.from(values)]));
    const m = new Map([...p].map(([name, values]) => [name, new Float64Array(values.length)]));
    const v = new Map([...p].map(([name, values]) => [name, new Float64Array(values.length)]));
    for (let t = 1; t <= 20; t++) {
      scoped(device, () => {
        state = adamW(parameters, flattenGradient(parameters, upload(t), clipNorm), mask, state, options);
      });
      for (const [name, values] of Object.entries(gradients(t))) {
        values.forEach((raw, i) => {
          const g = raw * clipScale(t, clipNorm);
          const decay = name === 'weight' ? options.weightDecay : 0;
          p.get(name)![i]! *= 1 - options.learningRate * decay;
          m.get(name)![i] = 0.9 * m.get(name)![i]! + 0.1 * g;
          v.get(name)![i] = 0.99 * v.get(name)![i]! + 0.01 * g * g;
          const mHat = m.get(name)![i]! / (1 - 0.9 ** t);
          const vHat = v.get(name)![i]! / (1 - 0.99 ** t);
          p.get(name)![i]! -= (options.learningRate * mHat) / (Math.sqrt(vHat) + options.epsilon);
        });
      }
    }
    const after = namedValues(parameters.entries, (await parameters.flat.read()) as Float32Array);
    for (const [name, values] of p)
      expect(firstMismatch(after.get(name)!, values, { relative: 2e-5, ofLargest: 2e-5 }), name).toBeNull();
    expect(state.step).toBe(20);
    for (const item of [
      mask,
      state.firstMoment,
      state.secondMoment,
      parameters.flat,
      ...Object.values(parameters.tree),
    ])
      item.dispose();
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('SGD with momentum follows its float64 reference', async () => {
    const { initial, parameters } = model();
    const mask = decayMask(parameters);
    let state = initSgd(parameters);
    const weight = Float64Array.from(initial.weight!.values);
    const velocity = new Float64Array(weight.length);
    for (let t = 1; t <= 5; t++) {
      scoped(device, () => {
        const options = { learningRate: 0.1, momentum: 0.9, weightDecay: 0.01 };
        state = sgd(parameters, flattenGradient(parameters, upload(t), clipNorm), mask, state, options);
      });
      const g = gradients(t).weight;
      for (let i = 0; i < weight.length; i++) {
        velocity[i] = 0.9 * velocity[i]! + g[i]! * clipScale(t, clipNorm) + 0.01 * weight[i]!;
        weight[i]! -= 0.1 * velocity[i]!;
      }
    }
    const after = namedValues(parameters.entries, (await parameters.flat.read()) as Float32Array);
    expect(firstMismatch(after.get('weight')!, weight, TOLERANCE)).toBeNull();
  });
});

it('the gaps between parameters stay zero', async () => {
  const { parameters } = model();
  const mask = decayMask(parameters);
  let state = initAdamW(parameters);
  for (let t = 1; t <= 3; t++) {
    scoped(device, () => {
      state = adamW(parameters, flattenGradient(parameters, upload(t), 1), mask, state, {
        learningRate: 0.1,
      });
    });
  }
  const flat = await parameters.flat.read();
  const used = new Set(
    parameters.entries.flatMap(({ offset, size }) => Array.from({ length: size }, (_, i) => offset + i)),
  );
  expect(Array.from(flat).every((value, i) => used.has(i) || value === 0)).toBe(true);
});

it('AdamW finds the minimum of a quadratic', async () => {
  const target = tensor(device, [3, -2, 0.5]);
  const parameters = packParameters(device, { x: { shape: [3], values: new Float32Array(3) } });
  const mask = decayMask(parameters);
  let state = initAdamW(parameters);
  for (let step = 0; step < 300; step++) {
    scoped(device, () => {
      const grads = grad(parameters.tree, ({ x }) => sum(mul(square(sub(x, target)), 0.5)));
      state = adamW(parameters, flattenGradient(parameters, grads, null), mask, state, {
        learningRate: 0.05,
      });
    });
  }
  const found = await parameters.tree.x.read();
  expect(firstMismatch(found, [3, -2, 0.5], { relative: 1e-3, ofLargest: 1e-3 })).toBeNull();
});

test.prop([fc.integer({ min: 0, max: 1000 })], { numRuns: 10 })(
  'an average moves by 1 - decay of the way',
  async (thousandths) => {
    const decay = thousandths / 1000;
    const { initial, parameters } = model();
    const average = initEma(parameters);
    parameters.flat.clear();
    updateEma(average, parameters, decay);
    const named = namedValues(parameters.entries, (await average.read()) as Float32Array);
    const expected = Float64Array.from(initial.weight!.values, (value) => value * decay);
    expect(firstMismatch(named.get('weight')!, expected, TOLERANCE)).toBeNull();
  },
);

it('gradients of another shape are refused by name', () => {
  const { parameters } = model();
  scoped(device, () => {
    const { bias, ...rest } = upload(1);
    expect(() => flattenGradient(parameters, rest, null)).toThrow(
      'expected a gradient [3] for bias, got none',
    );
    expect(() => flattenGradient(parameters, { ...rest, bias: rest.weight! }, null)).toThrow(
      'for bias, got [7, 5]',
    );
    bias!.dispose();
  });
});
