import { beforeAll, expect, it } from 'vitest';
import type { Device } from '../device';
import { conv2d as conv2dOp } from '../ops/conv';
import { key } from '../random';
import { tensor } from '../tensor';
import { sampleUniform, testDevice } from '../testing';
import { conv2d, conv3d, groupNorm, initConv, initGroupNorm, packParameters } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

it('has the names, shapes and bounds of PyTorch, and the op of the same name applies it', async () => {
  const { entries, tree } = packParameters(device, { conv: initConv(key(0), 6, 4, [3, 2], 2) });
  expect(entries.map(({ name, shape }) => [name, shape])).toEqual([
    ['conv.weight', [4, 3, 3, 2]],
    ['conv.bias', [4]],
  ]);
  const bound = 1 / Math.sqrt(3 * 6);
  const weight = [...(await tree.conv.weight.read())];
  expect(Math.max(...weight.map(Math.abs))).toBeLessThanOrEqual(bound);
  expect(Math.max(...weight.map(Math.abs))).toBeGreaterThan(0.8 * bound);
  const x = tensor(device, sampleUniform([2, 5, 4, 6], 1), [2, 5, 4, 6]);
  const options = { groups: 2, padding: 1, stride: 2 };
  const expected = conv2dOp(x, tree.conv.weight, { ...options, bias: tree.conv.bias });
  expect(await conv2d(tree.conv, x, options).read()).toEqual(await expected.read());
});

it('a kernel of one tap is a linear layer, and a fresh group norm leaves mean 0', async () => {
  const { tree } = packParameters(device, {
    conv: initConv(key(1), 2, 4, [1, 1, 1]),
    norm: initGroupNorm(4),
  });
  const x = tensor(device, sampleUniform([1, 3, 3, 3, 2], 2), [1, 3, 3, 3, 2]);
  const y = conv3d(tree.conv, x);
  const [input, weight, bias, output] = await Promise.all(
    [x, tree.conv.weight, tree.conv.bias, y].map((each) => each.read()),
  );
  for (let at = 0; at < 27; at++) {
    for (let o = 0; o < 4; o++) {
      const sum = input![2 * at]! * weight![2 * o]! + input![2 * at + 1]! * weight![2 * o + 1]! + bias![o]!;
      expect(output![4 * at + o]).toBeCloseTo(sum, 5);
    }
  }
  const normed = [...(await groupNorm(tree.norm, y, 2).read())];
  expect(normed.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
});
