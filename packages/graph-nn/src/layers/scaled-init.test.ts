import { key, normal } from '@bravais/tensor-core/random';
import { expect, it } from 'vitest';
import { scaledLinear, scaledWeight } from './scaled-init';

const N = 256;

/** Second moment of W x over many inputs. */
function secondMoment(weight: ArrayLike<number>, inputs: readonly Float32Array[]): number {
  let total = 0;
  for (const x of inputs) {
    for (let o = 0; o < N; o++) {
      total += x.reduce((sum, value, i) => sum + value * weight[o * x.length + i]!, 0) ** 2;
    }
  }
  return total / (N * inputs.length);
}

const inputs = (length: number) => Array.from({ length: 40 }, (_, row) => normal(key(row), length, 0, 1));

it('keeps the variance of a signal, alone and as a part of a wider layer', () => {
  const { values, shape } = scaledWeight(key(1), N, N);
  expect(shape).toEqual([N, N]);
  expect(secondMoment(values, inputs(N))).toBeCloseTo(1, 1);
  const part = scaledWeight(key(2), N, N, { fanIn: 4 * N });
  expect(secondMoment(part.values, inputs(N))).toBeCloseTo(1 / 4, 1);
});

it('makes up for what a SiLU takes', () => {
  const { weight, bias } = scaledLinear(key(3), N, N, { afterSilu: true });
  const activated = inputs(N).map((x) => x.map((value) => value / (1 + Math.exp(-value))));
  expect(secondMoment(weight.values, activated)).toBeCloseTo(1, 1);
  expect(bias).toEqual({ shape: [N], values: new Float32Array(N) });
});
