import { type Device, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { expect } from 'vitest';
import type { AlignmentLoss } from '../alignment-loss';

/** Host values of an embedding, row by row. */
export interface HostRows {
  readonly shape: readonly [batch: number, features: number];
  readonly data: Float32Array;
}

/** Host values by modality. */
export type HostEmbeddings = Readonly<Record<string, HostRows>>;

/** What a loss answers, read back. */
export interface AlignmentRun {
  readonly total: number;
  readonly terms: Record<string, number>;
  readonly gradients: Record<string, Float32Array>;
}

/** A loss of embeddings and its gradients; checks that nothing else is left on the device. */
export async function runLoss(
  device: Device,
  embeddings: HostEmbeddings,
  loss: (embeddings: Record<string, Tensor>) => AlignmentLoss,
): Promise<AlignmentRun> {
  const before = device.stats.liveBuffers;
  const inputs = Object.fromEntries(
    Object.entries(embeddings).map(([name, { shape, data }]) => [name, tensor(device, data, shape)]),
  );
  const { value, grads, aux } = valueAndGrad(inputs, (tracked) => {
    const { total, terms } = loss(tracked);
    return { loss: total, aux: terms };
  });
  const read = async <T>(tree: Readonly<Record<string, Tensor>>, of: (each: Tensor) => Promise<T>) =>
    Object.fromEntries(
      await Promise.all(Object.entries(tree).map(async ([name, each]) => [name, await of(each)] as const)),
    );
  const run = {
    total: await value.item(),
    terms: await read(aux!, (each) => each.item()),
    gradients: await read(grads, async (each) => (await each.read()) as Float32Array),
  };
  for (const tree of [inputs, grads, aux!]) for (const each of Object.values(tree)) each.dispose();
  value.dispose();
  expect(device.stats.liveBuffers).toBe(before);
  return run;
}

/** The rows named, on the host. */
export function hostRows({ shape: [, features], data }: HostRows, rows: readonly number[]): HostRows {
  const taken = new Float32Array(rows.length * features);
  for (const [place, row] of rows.entries()) {
    taken.set(data.subarray(row * features, (row + 1) * features), place * features);
  }
  return { shape: [rows.length, features], data: taken };
}

/** {@link hostRows} of every modality. */
export function subBatch(embeddings: HostEmbeddings, rows: readonly number[]): HostEmbeddings {
  return Object.fromEntries(Object.entries(embeddings).map(([name, each]) => [name, hostRows(each, rows)]));
}

/** Expects each gradient within 1e-4 of its largest element, and `floor` besides. */
export function expectGradients(
  { gradients }: AlignmentRun,
  expected: Readonly<Record<string, ArrayLike<number>>>,
  floor: (name: string) => number,
): void {
  expect(Object.keys(gradients)).toEqual(Object.keys(expected));
  for (const [name, want] of Object.entries(expected)) {
    const got = gradients[name]!;
    expect(got.length).toBe(want.length);
    const largest = Array.from(want).reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    const allowed = 1e-4 * largest + floor(name);
    for (let i = 0; i < want.length; i++) {
      const off = Math.abs(got[i]! - want[i]!);
      expect(off <= allowed, `${name}[${i}]: expected ${want[i]} within ${allowed}, got ${got[i]}`).toBe(
        true,
      );
    }
  }
}

/** Expects a loss of 0 without terms, and zero gradients. */
export function expectNothing({ total, terms, gradients }: AlignmentRun): void {
  expect(total).toBe(0);
  expect(terms).toEqual({});
  for (const gradient of Object.values(gradients)) expect(gradient.every((each) => each === 0)).toBe(true);
}
