import { type Device, scoped, tensor } from '@bravais/tensor-core';
import { flattenHostTree, packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { firstMismatch, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ImageCnnOptions, imageCnn, initImageCnn } from '.';
import { checkGradients } from './testing/check-gradients';

const OPTIONS = { channels: 3, widths: [8, 16], blocksPerStage: 2, embeddingDim: 5 };

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe.each([false, true])('imageCnn, depthwise %s', (depthwise) => {
  const options: ImageCnnOptions = { ...OPTIONS, depthwise };

  it.each([
    [1, 1],
    [2, 3],
    [17, 9],
    [32, 32],
  ])('embeds images of %i x %i, a row the same in any batch', async (height, width) => {
    const { tree } = packParameters(device, initImageCnn(key(1), options));
    const size = height * width * 3;
    const images = sampleUniform([3, height, width, 3], 2, 0, 1);
    const run = async (values: Float32Array, batch: number) => {
      using z = scoped(device, () =>
        imageCnn(tree, tensor(device, values, [batch, height, width, 3]), 0, null),
      );
      expect(z.shape).toEqual([batch, 5]);
      return [...(await z.read())];
    };
    const all = await run(images, 3);
    const alone = Float32Array.from(await run(images.slice(size, 2 * size), 1));
    expect(firstMismatch(alone, all.slice(5, 10), { relative: 0, ofLargest: 1e-5 })).toBeNull();
    expect(all.every(Number.isFinite)).toBe(true);
    if (height > 1) expect(all.slice(0, 5)).not.toEqual(all.slice(5, 10));
  });

  it('has the gradient of every parameter', async () => {
    const shape = [2, 5, 6, 1];
    const image = tensor(device, sampleUniform(shape, 5, 0, 1), shape);
    const small = { channels: 1, widths: [2, 3], blocksPerStage: 1, depthwise, embeddingDim: 2 };
    await checkGradients(device, initImageCnn(key(4), small), (tree) => imageCnn(tree, image, 0, null));
  });

  it('has as many parameters as it says, under names of their own', () => {
    const entries = flattenHostTree(initImageCnn(key(0), options));
    const count = entries.reduce((total, [, { values }]) => total + values.length, 0);
    const [C, v, w, D] = [3, 8, 16, 5];
    const block = (n: number) => (depthwise ? 2 * n ** 2 + 26 * n : 18 * n ** 2 + 6 * n);
    const entry = depthwise
      ? 10 * v + 10 * w + 2 * v * w + w ** 2 + 9 * w
      : 9 * v * w + 9 * w ** 2 + v * w + 9 * w;
    const stem = 9 * C * v + 3 * v;
    expect(count).toBe(stem + 2 * block(v) + entry + block(w) + (w ** 2 + w + w * D + D));
    const names = entries.map(([name]) => name);
    expect(names).toContain(depthwise ? 'stages.1.0.conv1.depthwise.weight' : 'stages.1.0.conv1.weight');
    expect(names).toContain('stages.1.0.shortcut.conv.weight');
  });

  it('drops features in training only, and the same ones for the same key', async () => {
    const { tree } = packParameters(device, initImageCnn(key(2), options));
    const image = tensor(device, sampleUniform([1, 8, 8, 3], 1, 0, 1), [1, 8, 8, 3]);
    const run = async (dropoutKey: ReturnType<typeof key> | null) => [
      ...(await imageCnn(tree, image, 0.5, dropoutKey).read()),
    ];
    expect(await run(key(7))).toEqual(await run(key(7)));
    expect(await run(key(7))).not.toEqual(await run(key(8)));
    expect(await run(null)).not.toEqual(await run(key(7)));
  });
});
