import {
  type Device,
  mul,
  readAll,
  scoped,
  sum,
  type Tensor,
  tensor,
  valueAndGrad,
} from '@bravais/tensor-core';
import { gaussLegendre } from './gauss-legendre';
import { InterpretError } from './interpret-error';

/** An input of one material on the host, without a batch. */
export interface PathInput {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** Inputs by name. */
export type PathInputs<Value = PathInput> = Readonly<Record<string, Value>>;

/** How much of f(x) − f(0) each number of an input brings. */
export interface IntegratedGradients {
  readonly attributions: PathInputs<Float64Array>;
  /** f(x). */
  readonly value: number;
  /** f at the baseline, where all inputs are 0. */
  readonly baselineValue: number;
  /** |Σ attributions − (f(x) − f(0))|: what the sum over steps misses of the integral. */
  readonly completenessError: number;
}

/** How {@link integratedGradients} goes along the path. */
export interface PathOptions {
  /** Points on the path; the more, the smaller the error of completeness. Default 64. */
  readonly steps?: number;
  /** Points that go to the device at once. Default 16. */
  readonly batch?: number;
}

/** α = t⁴. */
const POWER = 4;

/**
 * a_i = x_i ∫₀¹ ∂f/∂x_i(α x) dα: what each input brings to f beyond the baseline 0; all a_i together bring f(x) − f(0).
 *
 * The integral is Gauss and Legendre's over t with α = t⁴, since much happens near α = 0: √x of a spectrum has no finite slope there, and
 * layer norm has seen the direction of x, whatever its length, as soon as it is above rounding. Inputs of 0 bring nothing, whatever
 * their slope.
 *
 * Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", ICML 2017.
 *
 * @param inputs of one material
 * @param f values `[K]` of K copies, whose inputs are `[K, ...shape]`; no copy may depend on another
 * @throws {InterpretError} `ARGUMENT`, `NOT_FINITE`
 *
 * @example
 * ```ts
 * const x = { shape: [3], values: Float32Array.of(1, 2, 3) };
 * const { attributions } = await integratedGradients(device, { x }, ({ x }) => sum(square(x!), 1));
 * // attributions.x: 1, 4, 9
 * ```
 */
export async function integratedGradients(
  device: Device,
  inputs: PathInputs,
  f: (inputs: PathInputs<Tensor>) => Tensor,
  { steps = 64, batch = 16 }: PathOptions = {},
): Promise<IntegratedGradients> {
  for (const [name, count] of Object.entries({ steps, batch })) requireCount(name, count);
  const slopes = new Map(
    Object.entries(inputs).map(([name, { values }]) => [name, new Float64Array(values.length)]),
  );
  const { points, weights } = gaussLegendre(steps);
  const widths = weights.map((weight, k) => weight * POWER * points[k]! ** (POWER - 1));
  for (let start = 0; start < steps; start += batch) {
    const alphas = Array.from(points.subarray(start, start + batch), (t) => t ** POWER);
    const found = await slopesAt(device, inputs, f, alphas, widths.subarray(start, start + batch));
    for (const [name, values] of found) {
      const sums = slopes.get(name)!;
      for (const [at, value] of values.entries()) sums[at % sums.length]! += value;
    }
  }
  const attributions = Object.fromEntries(
    Object.entries(inputs).map(([name, { values }]) => [
      name,
      slopes.get(name)!.map((slope, i) => (values[i] === 0 ? 0 : slope * values[i]!)),
    ]),
  );
  const [value, baselineValue] = await valuesAt(device, inputs, f, [1, 0]);
  const total = Object.values(attributions).reduce((all, each) => each.reduce((a, b) => a + b, all), 0);
  const completenessError = Math.abs(total - (value! - baselineValue!));
  if (!Number.isFinite(completenessError)) {
    throw new InterpretError(
      'NOT_FINITE',
      `integrated gradients: finite values and slopes expected, got f(x) = ${value}, f(0) = ${baselineValue} and a sum of ${total}. Look for what overflows in the model.`,
    );
  }
  return { attributions, value: value!, baselineValue: baselineValue!, completenessError };
}

/** ∂f/∂x at each α, times the width dα of its part of the path; the copies one after the other. */
async function slopesAt(
  device: Device,
  inputs: PathInputs,
  f: (inputs: PathInputs<Tensor>) => Tensor,
  alphas: readonly number[],
  widths: Float64Array,
): Promise<[string, Float32Array][]> {
  const names = Object.keys(inputs);
  const tensors = scoped(device, () => {
    const along = pathPoints(device, inputs, alphas);
    const weights = tensor(device, Float32Array.from(widths));
    const { grads } = valueAndGrad(along, (tracked) => sum(mul(f(tracked), weights)));
    return names.map((name) => grads[name]!);
  });
  const values = (await readAll(tensors)) as Float32Array[];
  for (const each of tensors) each.dispose();
  return names.map((name, at) => [name, values[at]!]);
}

async function valuesAt(
  device: Device,
  inputs: PathInputs,
  f: (inputs: PathInputs<Tensor>) => Tensor,
  alphas: readonly number[],
): Promise<number[]> {
  const result = scoped(device, () => f(pathPoints(device, inputs, alphas)));
  const values = await result.read();
  result.dispose();
  return Array.from(values);
}

/** α x for each α, `[K, ...shape]`. */
function pathPoints(device: Device, inputs: PathInputs, alphas: readonly number[]): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, values }]) => {
      const copies = new Float32Array(alphas.length * values.length);
      for (const [k, alpha] of alphas.entries())
        copies.set(
          values.map((value) => alpha * value),
          k * values.length,
        );
      return [name, tensor(device, copies, [alphas.length, ...shape])];
    }),
  );
}

function requireCount(name: string, count: number): void {
  if (Number.isSafeInteger(count) && count >= 1) return;
  throw new InterpretError(
    'ARGUMENT',
    `integrated gradients: ${name} must be a positive integer, got ${count}. Take 64 steps, 16 at once.`,
  );
}
