import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../device';
import { grad, valueAndGrad } from '../grad';
import { add, matmul, mean, mul, square, sub, sum } from '../ops';
import { scoped, type Tensor, tensor } from '../tensor';
import { testDevice } from '../testing';
import { apply, defineOp, flattenTree, mapTree, unflattenTree } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

/** Values of everything in a tree by name, disposing of it. */
async function values(tree: Parameters<typeof flattenTree>[0]): Promise<Record<string, number[]>> {
  const named = await Promise.all(
    flattenTree(tree).map(async ([name, item]) => [name, [...(await item.read())]] as [string, number[]]),
  );
  for (const [, item] of flattenTree(tree)) item.dispose();
  return Object.fromEntries(named);
}

describe('valueAndGrad', () => {
  it('gives loss and gradients of a linear model, by hand', async () => {
    const before = device.stats.liveBuffers;
    const x = tensor(device, [
      [1, 2],
      [3, 4],
    ]);
    const y = tensor(device, [[1], [0]]);
    const params = { w: tensor(device, [[0.5], [-1]]), layers: [{ bias: tensor(device, [0.25]) }] };
    const { value, grads } = valueAndGrad(params, ({ w, layers }) =>
      mean(square(sub(add(matmul(x, w), layers[0]!.bias), y))),
    );
    // residuals r = x w + b - y = [-2.25, -2.25]; dL/dw = xᵀ r, dL/db = Σ r (mean of two squares)
    expect(await value.item()).toBeCloseTo(2.25 ** 2, 5);
    expect(await values(grads)).toEqual({ w: [-9, -13.5], 'layers.0.bias': [-4.5] });
    for (const item of [x, y, value, params.w, params.layers[0]!.bias]) item.dispose();
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('adds the contributions of every use', async () => {
    const params = { a: tensor(device, [2, 3]) };
    const grads = grad(params, ({ a }) => sum(add(mul(a, a), mul(a, 5))));
    expect(await values(grads)).toEqual({ a: [9, 11] });
    params.a.dispose();
  });

  it('gives zeros for parameters that do not take part', async () => {
    const params = { used: tensor(device, [1, 2]), idle: tensor(device, [[3, 4]]) };
    expect(await values(grad(params, ({ used }) => sum(used)))).toEqual({ used: [1, 1], idle: [0, 0] });
    for (const [, item] of flattenTree(params)) item.dispose();
  });

  it('hands results beside the loss through', async () => {
    const params = [tensor(device, [1, 2])] as const;
    const { value, grads, aux } = valueAndGrad(params, ([p]) => {
      const doubled = mul(p, 2);
      return { loss: sum(doubled), aux: { doubled: doubled.detach() } };
    });
    expect(await aux!.doubled.read()).toEqual(new Float32Array([2, 4]));
    expect(aux!.doubled.node).toBeNull();
    for (const item of [value, grads[0], aux!.doubled, params[0]]) item.dispose();
  });

  it('walks graphs far deeper than the call stack', async () => {
    const params = { a: tensor(device, [1]) };
    const chain = (a: Tensor): Tensor => {
      let x = a;
      for (let i = 0; i < 3000; i++) x = add(x, 1);
      return sum(x);
    };
    expect(await values(grad(params, ({ a }) => chain(a)))).toEqual({ a: [1] });
    params.a.dispose();
  });

  it('leaves nothing behind when the loss throws', () => {
    const before = device.stats.liveBuffers;
    const params = { a: tensor(device, [1, 2]) };
    expect(() => grad(params, ({ a }) => mul(a, 2))).toThrow('the loss must be one number, got shape [2]');
    expect(() => grad({ a: params.a }, ({ a }) => sum(matmul(a, a)))).toThrow(/matmul/);
    params.a.dispose();
    expect(device.stats.liveBuffers).toBe(before);
  });

  it('refuses a gradient that an op has not got, and integer parameters', () => {
    const floor = defineOp<null>({
      name: 'floor',
      shape: ([x]) => x!,
      forward: ([x]) => ({ output: x!.view(x!.shape) }),
      vjp: null,
    });
    const params = { a: tensor(device, [1.5]) };
    expect(() => grad(params, ({ a }) => sum(apply(floor, [a], null)))).toThrow('floor: it has no gradient');
    const ids = { a: tensor(device, new Int32Array([1])) };
    expect(() => grad(ids, ({ a }) => a)).toThrow('parameters must be f32, got i32 for a');
    params.a.dispose();
    ids.a.dispose();
  });
});

it('a tree flattens to PyTorch names and back', () => {
  scoped(device, () => {
    const tree = {
      layers: [{ weight: tensor(device, [1]), bias: tensor(device, [2]) }],
      head: tensor(device, [3]),
    };
    const flat = flattenTree(tree);
    expect(flat.map(([name]) => name)).toEqual(['layers.0.weight', 'layers.0.bias', 'head']);
    expect(unflattenTree(tree, new Map(flat))).toEqual(tree);
    expect(mapTree(tree, (item) => item)).toEqual(tree);
    expect(() => unflattenTree(tree, new Map(flat.slice(1)))).toThrow(
      'expected a tensor named layers.0.weight',
    );
  });
});
