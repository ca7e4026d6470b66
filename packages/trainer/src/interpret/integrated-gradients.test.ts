import { add, type Device, mul, silu, sqrt, square, sum, type Tensor, tensor } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { integratedGradients } from './integrated-gradients';
import { InterpretError } from './interpret-error';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const of = (...values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) });

describe('integrated gradients', () => {
  it('of a sum of functions of one input each are what each function brings', async () => {
    const x = of(1, -2, 0, 3);
    const f = ({ x }: Readonly<Record<string, Tensor>>): Tensor => sum(square(x!), 1);
    const { attributions, value, baselineValue, completenessError } = await integratedGradients(
      device,
      { x },
      f,
    );
    for (const [at, expected] of [1, 4, 0, 9].entries()) expect(attributions.x![at]).toBeCloseTo(expected, 5);
    expect([value, baselineValue]).toEqual([14, 0]);
    expect(completenessError).toBeLessThan(1e-5);
  });

  it('give an input that does nothing nothing, and several inputs one path', async () => {
    const inputs = { a: of(1, 2), b: of(3, 5), idle: of(7) };
    const { attributions, completenessError } = await integratedGradients(
      device,
      inputs,
      ({ a, b }) => sum(mul(a!, b!), 1),
      { steps: 32 },
    );
    // ∫ x_i y_i α dα = x_i y_i / 2 for each of both.
    for (const name of ['a', 'b']) {
      expect(attributions[name]![0]).toBeCloseTo(1.5, 5);
      expect(attributions[name]![1]).toBeCloseTo(5, 5);
    }
    expect([...attributions.idle!]).toEqual([0]);
    expect(completenessError).toBeLessThan(1e-5);
  });

  it('go through a root at 0, where the slope has no bound', async () => {
    const x = of(4, 0, 0.01);
    const f = ({ x }: Readonly<Record<string, Tensor>>): Tensor => sum(sqrt(x!), 1);
    const { attributions, completenessError } = await integratedGradients(device, { x }, f, { steps: 8 });
    // √α with α = t⁴ is t².
    expect(attributions.x![0]).toBeCloseTo(2, 5);
    expect(attributions.x![1]).toBe(0);
    expect(attributions.x![2]).toBeCloseTo(0.1, 6);
    expect(completenessError).toBeLessThan(1e-5);
  });

  it('are complete to rounding for polynomials of degree k in 2 k steps', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.integer({ min: 1, max: 4 }), async (seed, degree) => {
        const x = { shape: [5], values: sampleUniform([5], seed) };
        const f = ({ x }: Readonly<Record<string, Tensor>>): Tensor =>
          sum(new Array<Tensor>(degree).fill(x!).reduce(mul), 1);
        const { attributions, completenessError } = await integratedGradients(device, { x }, f, {
          steps: 2 * degree,
        });
        expect(completenessError).toBeLessThan(2e-6);
        for (const [at, value] of x.values.entries()) {
          expect(attributions.x![at]).toBeCloseTo(value ** degree, 5);
        }
      }),
      { numRuns: 20 },
    ));

  it('miss the less of f(x) − f(0) the more steps there are', async () => {
    const x = of(3, -5, 8, 20);
    const weights = [1.5, 2, -3, 0.7];
    const f = ({ x }: Readonly<Record<string, Tensor>>): Tensor =>
      sum(silu(mul(add(x!, 0.3), tensor(device, weights, [1, 4]))), 1);
    const errors: number[] = [];
    for (const steps of [2, 4, 8, 32]) {
      errors.push((await integratedGradients(device, { x }, f, { steps })).completenessError);
    }
    for (const [at, error] of errors.slice(1).entries()) expect(error).toBeLessThan(0.5 * errors[at]!);
    expect(errors[3]).toBeLessThan(1e-4);
  });

  it('are the same whatever goes to the device at once, and leave nothing there', async () => {
    const { liveBuffers } = device.stats;
    const x = of(0.3, 2, -1);
    const f = ({ x }: Readonly<Record<string, Tensor>>): Tensor => sum(mul(silu(x!), square(x!)), 1);
    const whole = await integratedGradients(device, { x }, f, { steps: 10, batch: 10 });
    const parts = await integratedGradients(device, { x }, f, { steps: 10, batch: 3 });
    expect(parts.attributions.x).toEqual(whole.attributions.x);
    expect(device.stats.liveBuffers).toBe(liveBuffers);
  });

  it('refuse no steps, and what is not finite', async () => {
    const f = ({ x }: Readonly<Record<string, Tensor>>): Tensor => sum(mul(x!, 1e30), 1);
    await expect(integratedGradients(device, { x: of(1) }, f, { steps: 0 })).rejects.toBeInstanceOf(
      InterpretError,
    );
    const huge = integratedGradients(device, { x: of(3e38) }, f);
    await expect(huge).rejects.toMatchObject({ code: 'NOT_FINITE' });
  });
});
