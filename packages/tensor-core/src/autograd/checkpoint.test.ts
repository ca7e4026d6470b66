import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../device';
import { valueAndGrad } from '../grad';
import { initMlp, type Linear, linear, mlp, packParameters } from '../nn';
import { add, dropout, matmul, mean, mul, sigmoid, square, sum, tanh } from '../ops';
import { foldIn, key } from '../random';
import { readAll, scoped, type Tensor, tensor } from '../tensor';
import { sampleUniform, testDevice } from '../testing';
import { checkpoint, flattenTree, type Tree } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

/** Bits of the loss and of every gradient. */
async function bits<P extends Tree>(parameters: P, loss: (parameters: P) => Tensor): Promise<Uint32Array[]> {
  const { value, grads } = valueAndGrad(parameters, loss);
  const tensors = [value, ...flattenTree(grads).map(([, gradient]) => gradient)];
  const values = await readAll(tensors);
  for (const each of tensors) each.dispose();
  return values.map((each) => new Uint32Array(each.buffer));
}

describe('a checkpointed function has the values and gradients of the function, bit for bit', () => {
  const x = () => tensor(device, sampleUniform([5, 8], 1), [5, 8]);
  type Wrap = <Args extends readonly unknown[]>(f: (...args: Args) => Tensor) => (...args: Args) => Tensor;
  const plain: Wrap = (f) => f;

  async function same<P extends Tree>(parameters: P, loss: (wrap: Wrap) => (parameters: P) => Tensor) {
    const before = device.stats.liveBuffers;
    const expected = await bits(parameters, loss(plain));
    expect(await bits(parameters, loss(checkpoint))).toEqual(expected);
    expect(expected.some((each) => each.some((word) => word !== 0))).toBe(true);
    expect(device.stats.liveBuffers).toBe(before);
  }

  it('deep MLP in blocks, with dropout', async () => {
    const { tree } = packParameters(device, {
      blocks: [1, 2, 3].map((seed) => initMlp(key(seed), [8, 16, 8])),
    });
    const input = x();
    await same(
      tree,
      (wrap) =>
        ({ blocks }) =>
          mean(square(blocks.reduce((y, block, i) => wrap(mlp)(block, y, 0.3, foldIn(key(9), i)), input))),
    );
  });

  it('parameters by closure, one of them used outside too', async () => {
    const { tree } = packParameters(device, initMlp(key(4), [8, 8, 8]));
    const input = x();
    await same(tree, (wrap) => ({ layers: [first, second] }) => {
      const block = wrap((y: Tensor) => linear(second!, tanh(linear(first!, y))));
      return sum(mul(linear(first!, block(block(input))), 0.1));
    });
  });

  it('inputs used several times, inside and outside', async () => {
    const parameters = { w: tensor(device, sampleUniform([8, 8], 3), [8, 8]) };
    const input = x();
    await same(parameters, (wrap) => ({ w }) => {
      const y = tanh(matmul(input, w));
      const inside = wrap((a: Tensor) => add(mul(a, sigmoid(a)), mul(a, matmul(a, w))));
      return sum(add(add(y, inside(y)), mul(inside(y), y)));
    });
  });

  it('nested, and giving back its argument', async () => {
    const parameters = { w: tensor(device, sampleUniform([8, 8], 5), [8, 8]) };
    const input = x();
    await same(parameters, (wrap) => ({ w }) => {
      const layer = wrap((a: Tensor) => tanh(matmul(a, w)));
      const identity = wrap((a: Tensor) => a);
      const nested = wrap((a: Tensor) => identity(layer(wrap((b: Tensor) => layer(layer(b)))(a))));
      return sum(square(identity(nested(nested(input)))));
    });
  });

  it('any graph, cut anywhere', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.nat(2)), { minLength: 1, maxLength: 8 }),
        fc.nat(7),
        fc.nat(8),
        async (lines, from, length) => {
          const parameters = { a: tensor(device, [0.3, -1.2, 0.7]), b: tensor(device, [1.1, 0.4, -0.6]) };
          const step = (values: readonly Tensor[], line: readonly [number, number, number]): Tensor => {
            const [left, right] = [values[line[0] % values.length]!, values[line[1] % values.length]!];
            return [() => add(left, right), () => mul(left, right), () => tanh(add(left, right))][line[2]]!();
          };
          const all = (values: readonly Tensor[], part: typeof lines): readonly Tensor[] => {
            const known = [...values];
            for (const line of part) known.push(step(known, line));
            return known;
          };
          const loss = (wrap: Wrap) => (p: typeof parameters) => {
            const before = all([p.a, p.b], lines.slice(0, from));
            const cut = wrap(
              (known: readonly Tensor[]) => all(known, lines.slice(from, from + length)).at(-1)!,
            )(before);
            return sum(all([...before, cut], lines.slice(from + length)).at(-1)!);
          };
          expect(await bits(parameters, loss(checkpoint))).toEqual(await bits(parameters, loss(plain)));
          for (const each of Object.values(parameters)) each.dispose();
        },
      ),
      { numRuns: 60 },
    ));
});

it('the peak of memory is lower', async () => {
  const depth = 24;
  const { tree } = packParameters(device, initMlp(key(1), new Array<number>(depth + 1).fill(16)));
  const input = tensor(device, sampleUniform([512, 16], 2), [512, 16]);
  const layer = (parameters: Linear, x: Tensor) => tanh(mul(tanh(linear(parameters, x)), 1.5));
  const block = (layers: readonly Linear[], x: Tensor) => layers.reduce((y, each) => layer(each, y), x);
  const peak = async (apply: typeof block) => {
    const { liveBytes } = device.stats;
    const { result, peakLiveBytes } = await device.measurePeak(() =>
      valueAndGrad(tree, ({ layers }) => {
        const blocks = [0, 6, 12, 18].map((first) => layers.slice(first, first + 6));
        return mean(square(blocks.reduce((x, part) => apply(part, x), input)));
      }),
    );
    result.value.dispose();
    for (const [, gradient] of flattenTree(result.grads)) gradient.dispose();
    return peakLiveBytes - liveBytes;
  };
  const whole = await peak(block);
  const inBlocks = await peak(checkpoint(block));
  expect(inBlocks).toBeLessThan(0.45 * whole);
});

it('layers label the launches of the second run as those of the first', async () => {
  const x = tensor(device, [0.5]);
  const paths: string[] = [];
  const f = checkpoint((a: Tensor) =>
    device.layer('inner', () => {
      paths.push(device.layerPath);
      return tanh(a);
    }),
  );
  scoped(device, () => {
    valueAndGrad({ x }, (p) => sum(device.layer('outer', () => f(p.x))));
    return [];
  });
  expect(paths).toEqual(['outer/inner', 'outer/inner']);
});

it('without anything tracked it is the function, and something must be a tensor', async () => {
  const { liveBuffers } = device.stats;
  let runs = 0;
  const x = tensor(device, [1, 2]);
  const y = checkpoint((a: Tensor) => {
    runs++;
    return dropout(mul(a, 2), { rate: 0, key: key(1) });
  })(x);
  expect(await y.read()).toEqual(Float32Array.of(2, 4));
  expect([runs, y.node]).toEqual([1, null]);
  x.dispose();
  y.dispose();
  expect(device.stats.liveBuffers).toBe(liveBuffers);
  expect(() => checkpoint((_: number) => tensor(device, [1]))(3)).toThrow(
    'checkpoint: expected a tensor among the arguments',
  );
});
