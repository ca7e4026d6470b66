import { key, normal } from '@bravais/tensor-core/random';
import { sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { type BarlowTwins3dOptions, barlowTwins3d } from './barlow-twins-3d';
import { barlowTwins3dGradientReference, barlowTwins3dReference } from './ops/trilinear/barlow/reference';
import {
  expectGradients,
  expectNothing,
  type HostEmbeddings,
  type HostRows,
  hostRows,
  runLoss,
  subBatch,
} from './testing/alignment-run';
import { standardized } from './testing/barlow-twins-reference';
import { anyFinite, awkwardBatches } from './testing/host-embeddings';
import { fullRows } from './testing/tensor-clip-reference';

const device = await testDevice();

const run = (embeddings: HostEmbeddings, options: BarlowTwins3dOptions = {}) =>
  runLoss(device, embeddings, (tree) => barlowTwins3d(tree, options));

describe('barlowTwins3d', () => {
  const batches = awkwardBatches({
    modalities: [3, 3],
    batch: 16,
    features: 10,
    sizes: [1e-3, 1, 1e4, 1e14],
  });

  test.prop([batches, fc.constantFrom('zero', 'half', 'ignore')], { numRuns: 30 })(
    'has the value and the gradients of its float64 reference, with masks those of the sub-batch',
    async ({ embeddings, presence }, twoEqual) => {
      const attrs = { lambda: 0.0051, twoEqual, epsilon: 1e-5 } as const;
      const got = await run(embeddings, { twoEqual, presence });
      const present = fullRows(embeddings, presence);
      if (present.length < 2) {
        expectNothing(got);
        return;
      }
      const sub = subBatch(embeddings, present);
      const host = Object.values(sub).map(({ shape, data }) => ({ shape, data: Float64Array.from(data) }));
      const expected = barlowTwins3dReference(host, attrs).data[0]!;
      expect(Math.abs(got.total - expected)).toBeLessThanOrEqual(1e-4 * expected);
      expect(got.terms).toEqual({ 'structure|spectrum|density': got.total });
      const gradients = barlowTwins3dGradientReference(host, attrs);
      const taken = Object.entries(got.gradients).map(([name, data]): [string, Float32Array] => [
        name,
        hostRows({ shape: embeddings[name]!.shape, data }, present).data,
      ]);
      const named = Object.keys(sub).map((name, index) => [name, gradients[index]!] as const);
      const ofRows = { ...got, gradients: Object.fromEntries(taken) };
      // What a sum over pairs of features rounds off; times 1/σ.
      const rounding = 5e-7 * embeddings.structure!.shape[1] ** 2;
      expectGradients(
        ofRows,
        Object.fromEntries(named),
        (name) => rounding * standardized(sub[name]!, attrs.epsilon).largestRstd,
      );
      for (const [name, { shape }] of Object.entries(embeddings)) {
        const absent = got.gradients[name]!.filter((_, at) => !present.includes(Math.floor(at / shape[1])));
        expect(absent.every((each) => each === 0)).toBe(true);
      }
    },
  );

  test.prop([anyFinite], { numRuns: 40 })('is finite for any finite embeddings', async (embeddings) => {
    const { total, gradients } = await run(embeddings);
    expect(Number.isFinite(total)).toBe(true);
    expect(Object.values(gradients).every((each) => each.every(Number.isFinite))).toBe(true);
  });

  test.prop([fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 99 })], { numRuns: 15 })(
    'does not change when materials are shuffled or modalities exchanged',
    async (batch, seed) => {
      const [x, y, z] = [0, 1, 2].map(
        (which): HostRows => ({ shape: [batch, 5], data: sampleUniform([batch, 5], 3 * seed + which) }),
      );
      const [a, b, c] = [x!, y!, z!];
      const turned = Array.from({ length: batch }, (_, row) => (row + 1) % batch);
      const { total } = await run({ a, b, c });
      for (const changed of [subBatch({ a, b, c }, turned), { c, a, b }]) {
        expect(Math.abs((await run(changed)).total - total)).toBeLessThan(1e-4 * total);
      }
    },
  );

  it.each([0, 1])('of %i materials is 0', async (batch) => {
    const rows = { shape: [batch, 4] as const, data: new Float32Array(4 * batch) };
    expectNothing(await run({ a: rows, b: rows, c: rows }));
  });
});

describe('what a third moment can express', () => {
  const shape = [4096, 8] as const;
  const gaussian = (seed: number): HostRows => ({ shape, data: normal(key(seed), shape[0] * shape[1]) });
  const negative = (rows: HostRows): HostRows => ({ shape, data: rows.data.map((each) => -each) });
  /** Loss for each feature, of the diagonal alone. */
  const diagonal = async (a: HostRows, b: HostRows, c: HostRows): Promise<number> =>
    (await run({ a, b, c }, { lambda: 0 })).total / shape[1];

  it('tells three equal Gaussian embeddings from three independent ones no better than chance', async () => {
    const equal = await diagonal(gaussian(1), gaussian(1), gaussian(1));
    const independent = await diagonal(gaussian(1), gaussian(2), gaussian(3));
    // Nothing expressed at all is 1, full agreement is to be 0; skewness of B samples has variance 6/B.
    for (const loss of [equal, independent]) expect(Math.abs(loss - 1)).toBeLessThan(0.1);
  });

  it('reaches its target only with features of skewness 1', async () => {
    // 1 with probability p: skewness (1 - 2p) / sqrt(p (1 - p)) is 1 at p = ½ - 1/√20.
    const p = 0.5 - 1 / Math.sqrt(20);
    const coins = sampleUniform(shape, 5, 0, 1).map((each) => Number(each < p));
    const skewed = { shape, data: coins };
    expect(await diagonal(skewed, skewed, skewed)).toBeLessThan(0.01);
    // All three signs turned: from agreement to C = -1.
    const turned = negative(skewed);
    expect(await diagonal(turned, turned, turned)).toBeCloseTo(4, 0);
    // Two of three turned: the same loss, though those two point the other way.
    const [two, none] = [await diagonal(skewed, turned, turned), await diagonal(skewed, skewed, skewed)];
    expect(Math.abs(two - none)).toBeLessThan(1e-6);
  });
});
