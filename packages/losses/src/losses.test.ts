import { type Device, scoped, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { allPairsClip, clip, LossError } from '.';
import { allPairsClipReference, clipReference, type Rows } from './reference';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

function rows(batch: number, dim: number, seed: number): Rows {
  const values = sampleUniform([batch, dim], seed);
  return Array.from({ length: batch }, (_, row) => [...values.subarray(row * dim, (row + 1) * dim)]);
}

async function number(make: () => Tensor): Promise<number> {
  using value = scoped(device, make);
  return value.item();
}

/** Value and gradient of a loss of one tree of embeddings. */
async function withGradient<K extends string>(
  embeddings: Record<K, Rows>,
  loss: (tree: Record<K, Tensor>) => Tensor,
) {
  const parameters = Object.fromEntries(
    Object.entries<Rows>(embeddings).map(([name, each]) => [name, tensor(device, each)]),
  ) as Record<K, Tensor>;
  const { value, grads } = valueAndGrad(parameters, loss);
  const gradient = Object.fromEntries(
    await Promise.all(
      Object.entries<Tensor>(grads).map(async ([name, grad]) => [name, await grad.read()] as const),
    ),
  ) as Record<K, Float32Array>;
  return { value: await value.item(), gradient };
}

/** Central differences of a float64 loss in every element of one embedding. */
function differences(embedding: Rows, loss: (moved: Rows) => number): number[] {
  const step = 1e-5;
  return embedding.flatMap((row, r) =>
    row.map((_, c) => {
      const moved = (by: number): Rows =>
        embedding.map((each, i) => (i === r ? each.map((value, j) => (j === c ? value + by : value)) : each));
      return (loss(moved(step)) - loss(moved(-step))) / (2 * step);
    }),
  );
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(1e-3, ...expected.map(Math.abs));
  for (const [i, want] of expected.entries()) {
    expect(Math.abs(actual[i]! - want), `element ${i}`).toBeLessThan(tolerance * largest);
  }
}

describe('clip', () => {
  it.each([
    [2, 3, 0.07],
    [1, 4, 0.2],
    [7, 5, 0.2],
    [65, 17, 0.1],
    [128, 128, 0.07],
  ])('equals its reference for %i rows of %i at temperature %f', async (batch, dim, temperature) => {
    const [a, b] = [rows(batch, dim, 1), rows(batch, dim, 2)];
    const value = await number(() => clip(tensor(device, a), tensor(device, b), { temperature }));
    const expected = clipReference(a, b, temperature);
    expect(Math.abs(value - expected)).toBeLessThan(2e-5 * Math.max(1, expected));
  });

  it('has the gradient of its reference', async () => {
    const embeddings = { a: rows(5, 4, 3), b: rows(5, 4, 4) };
    const { gradient } = await withGradient(embeddings, ({ a, b }) => clip(a, b, { temperature: 0.3 }));
    expectClose(
      gradient.a,
      differences(embeddings.a, (a) => clipReference(a, embeddings.b, 0.3)),
      1e-3,
    );
    expectClose(
      gradient.b,
      differences(embeddings.b, (b) => clipReference(embeddings.a, b, 0.3)),
      1e-3,
    );
  });

  it('in closed form: orthonormal rows give log(1 + (B - 1) exp(-1/τ))', async () => {
    const eye = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => (i === j ? 1 : 0)));
    const value = await number(() => clip(tensor(device, eye), tensor(device, eye), { temperature: 0.5 }));
    expect(value).toBeCloseTo(Math.log(1 + 3 * Math.exp(-2)), 5);
  });

  it('equal embeddings give log B, whatever their length', async () => {
    const same = Array.from({ length: 9 }, (_, i) => [i + 1, 2 * (i + 1)]);
    expect(
      await number(() => clip(tensor(device, same), tensor(device, same), { temperature: 0.1 })),
    ).toBeCloseTo(Math.log(9), 4);
  });

  test.prop([fc.integer({ min: 2, max: 20 }), fc.integer({ min: 0, max: 99 })], { numRuns: 15 })(
    'does not change when the materials are shuffled or the modalities exchanged',
    async (batch, seed) => {
      const [a, b] = [rows(batch, 6, seed), rows(batch, 6, seed + 1)];
      const turn = (each: Rows): Rows => [...each.slice(1), each[0]!];
      const value = (x: Rows, y: Rows) =>
        number(() => clip(tensor(device, x), tensor(device, y), { temperature: 0.2 }));
      const reference = await value(a, b);
      expect(await value(turn(a), turn(b))).toBeCloseTo(reference, 4);
      expect(await value(b, a)).toBeCloseTo(reference, 4);
    },
  );

  it('a learned scale of log(1/τ) is the fixed temperature, has a gradient, and is clamped at 100', async () => {
    const embeddings = { a: rows(6, 4, 5), b: rows(6, 4, 6) };
    const learned = (logScale: number) =>
      withGradient({ ...embeddings, s: [[logScale]] }, ({ a, b, s }) =>
        clip(a, b, { logScale: s.view([1], s.node) }),
      );
    const at = await learned(Math.log(1 / 0.2));
    expect(at.value).toBeCloseTo(clipReference(embeddings.a, embeddings.b, 0.2), 4);
    const slope =
      (clipReference(embeddings.a, embeddings.b, 0.2 * Math.exp(-1e-5)) -
        clipReference(embeddings.a, embeddings.b, 0.2 * Math.exp(1e-5))) /
      2e-5;
    expect(at.gradient.s[0]).toBeCloseTo(slope, 3);
    const past = await learned(Math.log(1000));
    expect(past.value).toBeCloseTo(clipReference(embeddings.a, embeddings.b, 0.01), 2);
    expect(past.gradient.s[0]).toBe(0);
  });

  it('stays finite at sharp temperatures', async () => {
    const { value, gradient } = await withGradient({ a: rows(32, 8, 7), b: rows(32, 8, 8) }, ({ a, b }) =>
      clip(a, b, { temperature: 0.001 }),
    );
    expect(Number.isFinite(value)).toBe(true);
    expect([...gradient.a, ...gradient.b].every(Number.isFinite)).toBe(true);
  });
});

describe('allPairsClip', () => {
  const three = (batch: number) => ({
    structure: rows(batch, 5, 11),
    phononDos: rows(batch, 5, 12),
    text: rows(batch, 5, 13),
  });
  const upload = (embeddings: Record<string, Rows>) =>
    Object.fromEntries(Object.entries(embeddings).map(([name, each]) => [name, tensor(device, each)]));

  it('of two modalities is clip', async () => {
    const { structure, phononDos } = three(9);
    const value = await number(() => allPairsClip(upload({ structure, phononDos }), { temperature: 0.2 }));
    expect(value).toBeCloseTo(clipReference(structure, phononDos, 0.2), 4);
  });

  it('averages over the pairs, and a mask equals the sub-batch', async () => {
    const embeddings = three(8);
    const presence = { phononDos: [1, 1, 1, 0, 1, 0, 1, 1], text: [0, 1, 1, 1, 0, 0, 1, 0] };
    for (const masks of [{}, presence]) {
      const value = await number(() => allPairsClip(upload(embeddings), { temperature: 0.2 }, masks));
      expect(value).toBeCloseTo(allPairsClipReference(embeddings, 0.2, masks), 4);
    }
  });

  it('absent rows get no gradient and their values do not matter', async () => {
    const { structure, phononDos } = three(5);
    const presence = { phononDos: [1, 0, 1, 1, 0] };
    const noisy = phononDos.map((row, i) => (presence.phononDos[i] ? row : row.map(() => 1e6)));
    const run = (b: Rows) =>
      withGradient({ structure, phononDos: b }, (tree) => allPairsClip(tree, { temperature: 0.2 }, presence));
    const [clean, dirty] = [await run(phononDos), await run(noisy)];
    expect(dirty.value).toBe(clean.value);
    expect([...clean.gradient.phononDos.subarray(5, 10)]).toEqual([0, 0, 0, 0, 0]);
    expect([...clean.gradient.structure.subarray(20, 25)]).toEqual([0, 0, 0, 0, 0]);
    expect(clean.gradient.structure.some((value) => value !== 0)).toBe(true);
  });

  it.each([[[0, 0, 0, 0]], [[0, 1, 0, 0]]])(
    'with presence %j nothing is left: loss 0, gradients 0',
    async (mask) => {
      const { structure, phononDos } = three(4);
      const { value, gradient } = await withGradient({ structure, phononDos }, (tree) =>
        allPairsClip(tree, { temperature: 0.2 }, { phononDos: mask }),
      );
      expect(value).toBe(0);
      expect([...gradient.structure, ...gradient.phononDos].every((each) => each === 0)).toBe(true);
    },
  );

  it('names what is wrong with its operands', () => {
    scoped(device, () => {
      const a = tensor(device, rows(3, 4, 1));
      const scale = { temperature: 1 };
      expect(() => allPairsClip({ a }, scale)).toThrow(LossError);
      expect(() => allPairsClip({ a, b: tensor(device, rows(3, 5, 1)) }, scale)).toThrow('got [3, 5] for b');
      expect(() => allPairsClip({ a, b: a }, scale, { b: [1] })).toThrow(
        'a presence mask of 3 rows for b, got 1',
      );
    });
  });
});
