import { type Device, flattenTree, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { initMlp, type Mlp, mlp, packParameters } from '@bravais/tensor-core/nn';
import { foldIn, key, type RandomKey } from '@bravais/tensor-core/random';
import { sampleUniform } from '@bravais/tensor-core/testing';
import { expect } from 'vitest';
import { type CachedBatch, joinParts } from '../..';
import type { Embeddings } from '../../embeddings';

/** Features that the encoders take. */
const WIDTH = 6;
/** Features of an embedding. */
export const DIM = 5;

/** So many rows of each modality, and the key of their dropout. */
export interface Part {
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly key: RandomKey;
}

/** The encoders and log(1 / temperature). */
export interface Model {
  readonly structure: Mlp;
  readonly phononDos: Mlp;
  readonly text: Mlp;
  readonly logScale: Tensor;
}

/** Three perceptrons and a learned temperature. */
export function initialModel(device: Device, seed = 0) {
  const encoder = (stream: number) => initMlp(foldIn(key(seed), stream), [WIDTH, 8, DIM]);
  return packParameters(device, {
    structure: encoder(0),
    phononDos: encoder(1),
    text: encoder(2),
    logScale: { shape: [1], values: Float32Array.of(Math.log(5)) },
  });
}

/** Embeds a part with dropout at a rate. */
export const encodeAt =
  (rate: number) =>
  (model: Model, { inputs, key }: Part): Embeddings =>
    Object.fromEntries(
      Object.entries(inputs).map(([name, x], stream) => [
        name,
        mlp(model[name as 'structure'], x, rate, foldIn(key, stream)),
      ]),
    );

/** Parts of the given rows; those named in `without` lack a modality. */
export function makeParts(
  device: Device,
  rows: readonly number[],
  without: Readonly<Record<number, string>> = {},
): Part[] {
  return rows.map((count, index) => {
    const names = ['structure', 'phononDos', 'text'].filter((name) => without[index] !== name);
    const inputs = names.map((name) => {
      const values = sampleUniform([count, WIDTH], 100 * index + name.length);
      return [name, tensor(device, values, [count, WIDTH])] as const;
    });
    return { inputs: Object.fromEntries(inputs), key: foldIn(key(7), index) };
  });
}

/** Masks of the rows that a batch of parts has. */
export function presenceOf(rows: readonly number[], without: Readonly<Record<number, string>>) {
  const mask = (name: string) =>
    rows.flatMap((count, index) => new Array<number>(count).fill(without[index] === name ? 0 : 1));
  return { structure: mask('structure'), phononDos: mask('phononDos'), text: mask('text') };
}

/** The same loss of the same embeddings with everything alive at once. */
export function direct<P extends object, T>(parameters: P, { parts, encode, loss }: CachedBatch<P, T>) {
  return valueAndGrad(parameters, (tracked) =>
    loss(joinParts(parts.map((part, index) => encode(tracked, part, index))), tracked),
  );
}

/** Value and gradients, read back. */
export async function numbers({ value, grads }: { value: Tensor; grads: object }) {
  const flat = await Promise.all(flattenTree(grads).map(([, each]) => each.read()));
  return { value: await value.item(), grads: flat.map((each) => Array.from(each)) };
}

/** Expects the same value to 1e-6 and the same gradients to 1e-5 of their length. */
export function expectSame(
  actual: Awaited<ReturnType<typeof numbers>>,
  expected: Awaited<ReturnType<typeof numbers>>,
): void {
  expect(Math.abs(actual.value - expected.value)).toBeLessThanOrEqual(1e-6 * Math.abs(expected.value));
  const all = expected.grads.flat();
  const size = Math.sqrt(all.reduce((total, each) => total + each ** 2, 0));
  const error = Math.sqrt(actual.grads.flat().reduce((total, each, i) => total + (each - all[i]!) ** 2, 0));
  expect(size).toBeGreaterThan(0);
  expect(error / size).toBeLessThan(1e-5);
}
