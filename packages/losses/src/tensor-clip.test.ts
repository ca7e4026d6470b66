import { scoped, type Tensor, tensor, valueAndGrad } from '@bravais/tensor-core';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { trilinearCrossEntropyReference } from './ops/trilinear/tensor-clip/reference';
import { tensorClip } from './tensor-clip';

const device = await testDevice();

/** Three embeddings [B, D]. */
function embeddings(batch: number, dim: number, seed: number): Float32Array[] {
  return [0, 1, 2].map((which) => sampleUniform([batch, dim], 3 * seed + which));
}

function reference(values: readonly Float32Array[], dim: number, scale: number): number {
  const unit = values.map((each) => {
    const data = Float64Array.from(each);
    for (let start = 0; start < data.length; start += dim) {
      const norm = Math.hypot(...data.subarray(start, start + dim));
      for (let k = start; k < start + dim; k++) data[k]! /= norm;
    }
    return { shape: [each.length / dim, dim], data };
  });
  return trilinearCrossEntropyReference(unit, { scale }).data[0]!;
}

async function value(values: readonly Float32Array[], dim: number, temperature: number): Promise<number> {
  const loss = scoped(device, () => {
    const [x, y, z] = values.map((each) => tensor(device, each, [each.length / dim, dim]));
    return tensorClip(x!, y!, z!, { temperature });
  });
  const result = await loss.item();
  loss.dispose();
  return result;
}

/** Loss, dL/dx and dL/d(logScale) with a learned scale. */
async function learned(values: readonly Float32Array[], dim: number, logScale: number) {
  const tree = {
    x: tensor(device, values[0]!, [values[0]!.length / dim, dim]),
    s: tensor(device, new Float32Array([logScale]), []),
  };
  const [y, z] = values.slice(1).map((each) => tensor(device, each, [each.length / dim, dim]));
  const { value: loss, grads } = valueAndGrad(tree, ({ x, s }: { x: Tensor; s: Tensor }) =>
    tensorClip(x, y!, z!, { logScale: s }),
  );
  const result = { loss: await loss.item(), ofScale: await grads.s.item(), ofRows: await grads.x.read() };
  for (const each of [loss, grads.x, grads.s, tree.x, tree.s, y!, z!]) each.dispose();
  return result;
}

describe('tensorClip', () => {
  it.each([
    [2, 3, 0.07],
    [7, 5, 0.2],
    [33, 16, 0.01],
  ])('equals its reference for %i rows of %i at temperature %f', async (batch, dim, temperature) => {
    const values = embeddings(batch, dim, 1);
    const expected = reference(values, dim, 1 / temperature);
    expect(Math.abs((await value(values, dim, temperature)) - expected)).toBeLessThan(2e-5 * expected);
  });

  it('in closed form: equal orthonormal rows give log(1 + (B² - 1) exp(-1/τ))', async () => {
    const eye = Float32Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 1 : 0));
    const expected = Math.log(1 + 24 * Math.exp(-1 / 0.3));
    expect(await value([eye, eye, eye], 5, 0.3)).toBeCloseTo(expected, 5);
  });

  test.prop([fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 99 })], { numRuns: 15 })(
    'does not change when materials are shuffled, modalities exchanged or rows stretched',
    async (batch, seed) => {
      const values = embeddings(batch, 6, seed);
      const [x, y, z] = values as [Float32Array, Float32Array, Float32Array];
      const shuffled = values.map((each) => Float32Array.from([...each.subarray(6), ...each.subarray(0, 6)]));
      const expected = await value(values, 6, 0.1);
      expect(await value(shuffled, 6, 0.1)).toBeCloseTo(expected, 4);
      expect(await value([z, x, y], 6, 0.1)).toBeCloseTo(expected, 4);
      expect(await value([x.map((each) => 50 * each), y, z], 6, 0.1)).toBeCloseTo(expected, 4);
    },
  );

  it('a learned scale of log(1/τ) is the fixed temperature, has a gradient, and is clamped at 100', async () => {
    const values = embeddings(9, 4, 5);
    const at = await learned(values, 4, Math.log(5));
    expect(at.loss).toBeCloseTo(reference(values, 4, 5), 4);
    const [above, below] = [1e-5, -1e-5].map((step) => reference(values, 4, 5 * Math.exp(step)));
    expect(at.ofScale).toBeCloseTo((above! - below!) / 2e-5, 3);
    expect(at.ofRows.some((each) => each !== 0)).toBe(true);
    const past = await learned(values, 4, Math.log(1000));
    expect(past.loss).toBeCloseTo(reference(values, 4, 100), 2);
    expect(past.ofScale).toBe(0);
  });
});
