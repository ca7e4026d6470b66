import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import { grad } from '../../grad';
import { empty, scoped, type Tensor, tensor } from '../../tensor';
import { firstMismatch, testDevice } from '../../testing';
import { sum } from '../reduce';
import {
  abs,
  add,
  clamp,
  div,
  equal,
  exp,
  gelu,
  less,
  log,
  logicalNot,
  maximum,
  minimum,
  mul,
  notEqual,
  pow,
  relu,
  sigmoid,
  sign,
  silu,
  softplus,
  sqrt,
  tanh,
  where,
} from './index';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const onDevice = (values: readonly number[]): Tensor => tensor(device, Float32Array.from(values));

async function valuesOf(compute: () => Tensor): Promise<number[]> {
  const result = scoped(device, compute);
  const values = [...(await result.read())];
  result.dispose();
  return values;
}

const valueAt = (f: (x: Tensor) => Tensor, values: readonly number[]): Promise<number[]> =>
  valuesOf(() => f(onDevice(values)));

const slopeAt = (f: (x: Tensor) => Tensor, values: readonly number[]): Promise<number[]> =>
  valuesOf(() => grad({ x: onDevice(values) }, ({ x }) => sum(f(x))).x);

describe('extreme values', () => {
  it('stay finite where the function is', async () => {
    const far = [-inf, -1e30, -200, -100, 100, 200, 1e30, inf];
    expect(await valueAt(sigmoid, far)).toEqual([0, 0, 0, expect.closeTo(0, 30), 1, 1, 1, 1]);
    expect(await valueAt(tanh, far)).toEqual([-1, -1, -1, -1, 1, 1, 1, 1]);
    expect(await valueAt(softplus, [-1e30, -200, 200, 1e30])).toEqual([0, 0, 200, Math.fround(1e30)]);
    expect(await valueAt(silu, [-1e30, -200, 200, 1e30])).toEqual([-0, -0, 200, Math.fround(1e30)]);
    expect(await valueAt(gelu, [-1e10, -200, 200, 1e10])).toEqual([-0, -0, 200, 1e10]);
  });

  it('have finite slopes there too', async () => {
    const far = [-1e10, -200, 200, 1e10];
    expect((await slopeAt(sigmoid, far)).map(Math.abs)).toEqual([0, 0, 0, 0]);
    expect((await slopeAt(tanh, far)).map(Math.abs)).toEqual([0, 0, 0, 0]);
    for (const f of [softplus, silu, gelu]) {
      expect((await slopeAt(f, far)).map(Math.abs)).toEqual([0, 0, 1, 1]);
    }
  });

  it('keep their relative accuracy close to zero and in the tails', async () => {
    const small = [-1e-3, -1e-6, 1e-20, 1e-6, 1e-3].map(Math.fround);
    const tail = [-60, -30, -12].map(Math.fround);
    const check = async (f: (x: Tensor) => Tensor, form: (x: number) => number, at: readonly number[]) =>
      expect(
        firstMismatch(Float32Array.from(await valueAt(f, at)), at.map(form), {
          relative: 4e-6,
          ofLargest: 0,
        }),
      ).toBeNull();
    await check(tanh, Math.tanh, small);
    await check(softplus, (x) => Math.log1p(Math.exp(x)), tail);
    await check(sigmoid, (x) => 1 / (1 + Math.exp(-x)), tail);
    await check(log, Math.log, [0.999, 0.999999, 1.000001, 1.001, 1e-37, 3e38].map(Math.fround));
  });

  it('follow IEEE at poles', async () => {
    expect(await valueAt(log, [0, -1, inf, 1])).toEqual([-inf, nan, inf, 0]);
    expect(await valueAt(exp, [-inf, 0, 89, inf])).toEqual([0, 1, inf, inf]);
    expect(await valueAt(sqrt, [0, -1, inf])).toEqual([0, nan, inf]);
    expect(await valueAt((x) => div(1, x), [0, inf])).toEqual([inf, 0]);
  });
});

describe('NaN', () => {
  it.each([
    ['relu', relu],
    ['abs', abs],
    ['sign', sign],
    ['clamp', (x: Tensor) => clamp(x, -1, 1)],
    ['minimum', (x: Tensor) => minimum(x, 0)],
    ['minimum of a number first', (x: Tensor) => minimum(0, x)],
    ['maximum', (x: Tensor) => maximum(x, 0)],
    ['maximum of a number first', (x: Tensor) => maximum(0, x)],
    ['sigmoid', sigmoid],
    ['tanh', tanh],
    ['softplus', softplus],
    ['gelu', gelu],
    ['log', log],
  ])('passes through %s', async (_, f) => {
    expect(await valueAt(f, [nan])).toEqual([nan]);
  });

  it('is unlike everything in comparisons', async () => {
    expect(await valueAt((x) => less(x, 0), [nan])).toEqual([0]);
    expect(await valueAt((x) => equal(x, x), [nan, 1])).toEqual([0, 1]);
    expect(await valueAt((x) => notEqual(x, x), [nan, 1])).toEqual([1, 0]);
  });
});

describe('pow', () => {
  it('has values for negative bases at whole exponents only', async () => {
    const powers = await valuesOf(() =>
      pow(onDevice([-2, -2, -2, -2, 0, 0, 0, 2]), onDevice([2, 3, -1, 0.5, 0, 2, -1, 0])),
    );
    expect(powers).toEqual([
      expect.closeTo(4, 4),
      expect.closeTo(-8, 4),
      expect.closeTo(-0.5, 6),
      nan,
      1,
      0,
      inf,
      1,
    ]);
  });

  it('has the slopes of x² and x⁰ at and below zero', async () => {
    const slopes = await slopeAt((x) => pow(x, 2), [-1.5, 0]);
    expect(slopes).toEqual([expect.closeTo(-3, 4), 0]);
    expect(await slopeAt((x) => pow(x, 0), [0, -2])).toEqual([0, 0]);
    expect(await slopeAt((b) => pow(0, b), [0, 2])).toEqual([0, 0]);
  });
});

describe('gradients at kinks', () => {
  it('are as documented', async () => {
    expect(await slopeAt(relu, [-1, 0, 1])).toEqual([0, 0, 1]);
    expect(await slopeAt(abs, [-1, 0, 1])).toEqual([-1, 0, 1]);
    expect(await slopeAt((x) => clamp(x, -1, 1), [-2, -1, 0, 1, 2])).toEqual([0, 1, 1, 1, 0]);
    expect(await slopeAt((x) => maximum(x, 1), [0, 1, 2])).toEqual([0, 0.5, 1]);
    expect(await slopeAt((x) => minimum(1, x), [0, 1, 2])).toEqual([1, 0.5, 0]);
  });

  it('come from masks as constants', async () => {
    expect(await slopeAt((x) => mul(x, less(x, 0)), [-3, 3])).toEqual([1, 0]);
    expect(await slopeAt((x) => add(x, sign(x)), [-3, 3])).toEqual([1, 1]);
  });
});

describe('where', () => {
  const mask = [1, 0, -2, 0];

  it('takes a where the mask is not zero, and b is not looked at', async () => {
    const chosen = await valuesOf(() =>
      where(onDevice(mask), onDevice([1, nan, 3, nan]), onDevice([nan, 6, nan, 8])),
    );
    expect(chosen).toEqual([1, 6, 3, 8]);
    expect(await valuesOf(() => where(onDevice(mask), 5, -5))).toEqual([5, -5, 5, -5]);
    expect(await valuesOf(() => logicalNot(onDevice(mask)))).toEqual([0, 1, 0, 1]);
  });

  it('sends the gradient to the chosen side only, also where the other is infinite', async () => {
    const positive = (x: Tensor): Tensor => where(less(0, x), log(maximum(x, 0)), 0);
    expect(await slopeAt((x) => where(onDevice(mask), x, 0), [1, 2, 3, 4])).toEqual([1, 0, 1, 0]);
    expect(await slopeAt((x) => where(onDevice(mask), 0, x), [1, 2, 3, 4])).toEqual([0, 1, 0, 1]);
    expect((await slopeAt(positive, [2]))[0]).toBeCloseTo(0.5, 6);
  });
});

describe('sizes', () => {
  it('past 65,535 workgroups are computed to the end', async () => {
    const rows = 4_194_305;
    const x = tensor(
      device,
      new Float32Array(rows * 4).map((_, i) => i % 1009),
      [rows, 4],
    );
    const y = add(x, tensor(device, [1, 2, 3, 4]));
    const got = await y.read();
    let wrong = 0;
    for (let i = 0; i < got.length; i++) if (got[i] !== (i % 1009) + 1 + (i % 4)) wrong++;
    expect(wrong).toBe(0);
    x.dispose();
    y.dispose();
    device.trim();
  });
});

describe('errors', () => {
  it('name the op, what was expected and what came', () => {
    scoped(device, () => {
      const x = onDevice([1, 2, 3]);
      expect(() => add(x, onDevice([1, 2]))).toThrow(
        'add: shapes must agree from the right or be 1, got [3] and [2].',
      );
      expect(() => mul(x, empty(device, [3], 'i32'))).toThrow(
        "mul: operands must be f32, got i32. Use cast(x, 'f32').",
      );
      expect(() => add(1, 2)).toThrow('add: expected at least one tensor, got numbers only.');
      expect(() => clamp(x, 1, -1)).toThrow('clamp: low must be at most high, got 1 and -1.');
      return [];
    });
  });
});
