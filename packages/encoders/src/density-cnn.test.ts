import { type Device, scoped, tensor } from '@bravais/tensor-core';
import { flattenHostTree, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { densityCnn, initDensityCnn } from '.';
import { cellFeatures } from './cell-features';
import { checkGradients } from './testing/check-gradients';

const OPTIONS = { width: 8, blocks: 3, embeddingDim: 6 };
const TRICLINIC = [9, 16, 20, 3, -2, 4];

/** Embeddings that count as equal. */
const SAME = { relative: 0, ofLargest: 1e-4 };

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

/** The embedding of densities [B, …extents] in cells of one metric. */
async function embed(
  densities: Float32Array,
  extents: readonly number[],
  metric: readonly number[] = TRICLINIC,
  seed = 2,
): Promise<number[]> {
  const { tree, flat } = packParameters(device, initDensityCnn(key(seed), OPTIONS));
  const batch = densities.length / (extents[0]! * extents[1]! * extents[2]!);
  using z = scoped(device, () =>
    densityCnn(
      tree,
      tensor(device, densities, [batch, ...extents]),
      tensor(device, new Array(batch).fill(metric)),
      0,
      null,
    ),
  );
  expect(z.shape).toEqual([batch, OPTIONS.embeddingDim]);
  const values = [...(await z.read())];
  flat.dispose();
  return values;
}

/** A grid moved along its axes, round the end. */
function rolled(grid: Float32Array, extents: readonly number[], shift: readonly number[]): Float32Array {
  const [a, b, c] = extents as [number, number, number];
  return grid.map((_, at) => {
    const [i, j, k] = [Math.floor(at / (b * c)), Math.floor(at / c) % b, at % c];
    const from = [i + shift[0]!, j + shift[1]!, k + shift[2]!];
    return grid[((from[0]! % a) * b + (from[1]! % b)) * c + (from[2]! % c)]!;
  });
}

describe('densityCnn', () => {
  test.prop(
    [
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 }),
      fc.array(fc.nat(8), { minLength: 3, maxLength: 3 }),
      fc.nat(1000),
    ],
    { numRuns: 30 },
  )('is the same wherever the origin of the cell lies', async (extents, shift, seed) => {
    const grid = sampleUniform(extents, seed, -6, 2);
    const z = await embed(grid, extents);
    const moved = await embed(rolled(grid, extents, shift), extents);
    expect(firstMismatch(Float32Array.from(moved), z, SAME)).toBeNull();
  });

  it('sees what is in the cell, and the cell', async () => {
    const extents = [6, 6, 6];
    const grid = sampleUniform(extents, 1, -6, 2);
    const z = await embed(grid, extents);
    const differs = async (other: Promise<number[]>): Promise<boolean> =>
      firstMismatch(Float32Array.from(await other), z, SAME) !== null;
    expect(await differs(embed(sampleUniform(extents, 2, -6, 2), extents))).toBe(true);
    expect(await differs(embed(grid.toReversed(), extents))).toBe(true);
    expect(await differs(embed(grid, extents, [18, 16, 20, 3, -2, 4]))).toBe(true);
    expect(await differs(embed(grid, extents))).toBe(false);
  });

  it('embeds a row the same in any batch', async () => {
    const extents = [4, 5, 3];
    const grids = sampleUniform([3, ...extents], 4, -6, 2);
    const all = await embed(grids, extents);
    const alone = await embed(grids.slice(60, 120), extents);
    const row = all.slice(OPTIONS.embeddingDim, 2 * OPTIONS.embeddingDim);
    expect(firstMismatch(Float32Array.from(alone), row, { relative: 0, ofLargest: 1e-5 })).toBeNull();
  });

  it('has the gradient of every parameter', async () => {
    const density = tensor(device, sampleUniform([2, 3, 4, 3], 5, -3, 2), [2, 3, 4, 3]);
    const metric = tensor(device, [TRICLINIC, [25, 25, 30, 0, 0, 12]]);
    await checkGradients(device, initDensityCnn(key(3), { width: 3, blocks: 2, embeddingDim: 2 }), (tree) =>
      densityCnn(tree, density, metric, 0, null),
    );
  });

  it('drops features in training only, and the same ones for the same key', async () => {
    const { tree } = packParameters(device, initDensityCnn(key(2), OPTIONS));
    const density = tensor(device, sampleUniform([1, 4, 4, 4], 1), [1, 4, 4, 4]);
    const metric = tensor(device, [TRICLINIC]);
    const run = async (dropoutKey: ReturnType<typeof key> | null) => [
      ...(await densityCnn(tree, density, metric, 0.5, dropoutKey).read()),
    ];
    expect(await run(key(7))).toEqual(await run(key(7)));
    expect(await run(key(7))).not.toEqual(await run(key(8)));
    expect(await run(null)).not.toEqual(await run(key(7)));
  });

  it('has as many parameters as it says, under names of their own', () => {
    const [w, K, D] = [OPTIONS.width, OPTIONS.blocks, OPTIONS.embeddingDim];
    const entries = flattenHostTree(initDensityCnn(key(0), OPTIONS));
    const count = entries.reduce((total, [, { values }]) => total + values.length, 0);
    expect(count).toBe(
      28 * w + K * (4 * w ** 2 + 33 * w) + 2 * w + (w ** 2 + 8 * w) + (4 * w ** 2 + 2 * w + 2 * w * D + D),
    );
    expect(entries.map(([name]) => name)).toContain('blocks.2.depthwise.weight');
  });
});

it('a cell is told by its lengths and angles alone', async () => {
  // a = (3, 0, 0), b = (1, 2, 0), c = (-1, 0.5, 4)
  const metric = [9, 5, 17.25, 0, -3, 3];
  const [cell, missing] = [tensor(device, [metric]), tensor(device, [new Array(6).fill(0)])];
  const features = [...(await cellFeatures(cell).read())];
  const expected = [
    ...[Math.log(9), Math.log(5), Math.log(17.25)],
    ...[0, -3 / Math.sqrt(9 * 17.25), 3 / Math.sqrt(9 * 5)],
  ];
  for (const [i, value] of expected.entries()) expect(features[i]).toBeCloseTo(value, 5);
  expect([...(await cellFeatures(missing).read())]).toEqual([0, 0, 0, 0, 0, 0]);
});
