import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { checkpoint, flattenTree, mapTree, type Tree } from '../autograd';
import type { Device } from '../device';
import { add, embedding, layerNorm, matmul, mul, square, sum } from '../ops';
import { readAll, scoped, type Tensor, tensor } from '../tensor';
import { sampleUniform, testDevice } from '../testing';
import { valueAndGrad } from './value-and-grad';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const uniform = (shape: readonly number[], seed: number): Tensor =>
  tensor(device, sampleUniform(shape, seed), shape);

function parametersOf(width: number) {
  return {
    table: uniform([5, width], 1),
    weight: uniform([width, width], 2),
    bias: uniform([width], 3),
    norm: { weight: uniform([width], 4), bias: uniform([width], 5) },
    scale: uniform([1], 6),
    idle: uniform([3, 2], 7),
  };
}

/** A loss that uses the weight `uses` times, and every op whose gradient can be made in place. */
function lossOf(tree: ReturnType<typeof parametersOf>, rows: number, uses: number, remade: boolean): Tensor {
  const ids = tensor(
    device,
    Int32Array.from({ length: rows }, (_, i) => i % 5),
  );
  const layer = (x: Tensor, weight: Tensor, bias: Tensor): Tensor =>
    matmul(x, weight, { transposeB: true, bias, activation: 'silu' });
  const applied = remade ? checkpoint(layer) : layer;
  let x = embedding(tree.table, ids);
  for (let use = 0; use < uses; use++) x = applied(x, tree.weight, tree.bias);
  return sum(square(mul(layerNorm(x, tree.norm.weight, tree.norm.bias), tree.scale)));
}

describe('gradients in given tensors', () => {
  const cases = [
    fc.constantFrom(3, 8, 20),
    fc.constantFrom(1, 70, 300),
    fc.integer({ min: 1, max: 3 }),
    fc.boolean(),
  ];
  test.prop(
    cases as [fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<number>, fc.Arbitrary<boolean>],
    {
      numRuns: 25,
    },
  )('have the bits of those in tensors of their own', async (width, rows, uses, remade) => {
    const before = device.stats.liveBuffers;
    const parameters = parametersOf(width);
    const loss = (tree: typeof parameters): Tensor => lossOf(tree, rows, uses, remade);
    const own = valueAndGrad(parameters, loss);
    const into = mapTree(parameters, ({ shape }) => uniform(shape, 8));
    const placed = valueAndGrad(parameters, loss, into);
    const expected = await read(own.grads);
    expect(await read(placed.grads)).toEqual(expected);
    expect(await read(into)).toEqual(expected);
    for (const tree of [parameters, own.grads, placed.grads, into])
      for (const [, item] of flattenTree(tree)) item.dispose();
    for (const { value } of [own, placed]) value.dispose();
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('are made there: nothing is copied', () => {
    const { table, weight, bias, norm } = parametersOf(64);
    const parameters = { table, weight, bias, norm };
    const into = mapTree(parameters, ({ shape }) => uniform(shape, 8));
    const copies = vi.spyOn(device, 'copy');
    scoped(device, () => {
      const scale = uniform([1], 6);
      const idle = scale;
      valueAndGrad(parameters, (tree) => lossOf({ ...tree, scale, idle }, 1300, 1, false), into);
    });
    expect(copies).not.toHaveBeenCalled();
    copies.mockRestore();
    for (const tree of [parameters, into]) for (const [, item] of flattenTree(tree)) item.dispose();
  });

  it('need a tensor like each parameter', () => {
    scoped(device, () => {
      const parameters = { a: uniform([2, 3], 1), b: uniform([4], 2) };
      const loss = ({ a, b }: typeof parameters): Tensor => add(sum(a), sum(b));
      expect(() => valueAndGrad(parameters, loss, { a: uniform([2, 3], 1), b: uniform([3], 2) })).toThrow(
        'expected f32 [4] for the gradient of b, got f32 [3]',
      );
      const missing = { a: parameters.a } as typeof parameters;
      expect(() => valueAndGrad(parameters, loss, missing)).toThrow('gradient of b, got none');
    });
  });
});

async function read(tree: Tree): Promise<unknown> {
  return readAll(flattenTree(tree).map(([, item]) => item));
}
