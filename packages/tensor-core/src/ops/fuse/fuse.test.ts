import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LeafNode } from '../../autograd/apply';
import { backward } from '../../autograd/backward';
import type { Device } from '../../device';
import { grad } from '../../grad';
import { scoped, type Tensor, tensor } from '../../tensor';
import { describeOp, firstMismatch, sampleUniform, testDevice } from '../../testing';
import {
  abs,
  add,
  cast,
  clamp,
  exp,
  gelu,
  less,
  maximum,
  mul,
  sigmoid,
  silu,
  softplus,
  square,
  sub,
  tanh,
  where,
} from '../elementwise';
import { sum } from '../reduce';
import type { Expression } from './expression';
import { fuse, trace } from './fuse';
import { fusedOp } from './fused-op';
import { gateReference } from './reference';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

const gate = (x: Expression, y: Expression): Expression => mul(sigmoid(x), softplus(y));

describeOp({
  op: fusedOp(trace(gate, 'gate').computation),
  reference: gateReference,
  cases: [
    { inputs: [[0], [0]], attrs: { numbers: [] } },
    { inputs: [[], []], attrs: { numbers: [] } },
    { inputs: [[131], [131]], attrs: { numbers: [] }, range: [-8, 8] },
    { inputs: [[5, 8], [8]], attrs: { numbers: [] } },
    {
      inputs: [
        [5, 1],
        [1, 7],
      ],
      attrs: { numbers: [] },
    },
    { inputs: [[300, 256], [256]], attrs: { numbers: [] } },
  ],
});

/** A function written once and used both on tensors and on expressions. */
interface Pair {
  readonly text: string;
  readonly onTensors: (x: Tensor, y: Tensor) => Tensor;
  readonly onExpressions: (x: Expression, y: Expression) => Expression;
}

const leaves: readonly Pair[] = [
  { text: 'x', onTensors: (x) => x, onExpressions: (x) => x },
  { text: 'y', onTensors: (_, y) => y, onExpressions: (_, y) => y },
];
const one = { sigmoid, tanh, softplus, silu, gelu, square, abs };
const two = { add, sub, mul, maximum };

const { pair } = fc.letrec<{ pair: Pair }>((tie) => ({
  pair: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...leaves),
    fc.tuple(fc.constantFrom(...(Object.keys(one) as (keyof typeof one)[])), tie('pair')).map(
      ([name, inner]): Pair => ({
        text: `${name}(${inner.text})`,
        onTensors: (x, y) => one[name](inner.onTensors(x, y)),
        onExpressions: (x, y) => one[name](inner.onExpressions(x, y)),
      }),
    ),
    fc.tuple(fc.constantFrom(...(Object.keys(two) as (keyof typeof two)[])), tie('pair'), tie('pair')).map(
      ([name, left, right]): Pair => ({
        text: `${name}(${left.text}, ${right.text})`,
        onTensors: (x, y) => two[name](left.onTensors(x, y), right.onTensors(x, y)),
        onExpressions: (x, y) => two[name](left.onExpressions(x, y), right.onExpressions(x, y)),
      }),
    ),
  ),
}));

describe('fuse', () => {
  it('computes what the functions compute one by one, gradients included', async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ({ onTensors, onExpressions }) => {
        const whole = (x: Expression, y: Expression): Expression =>
          add(onExpressions(x, y), mul(0.1, mul(x, y)));
        const apart = (x: Tensor, y: Tensor): Tensor => add(onTensors(x, y), mul(0.1, mul(x, y)));
        const results = scoped(device, () => {
          const x = tensor(device, sampleUniform([23], 1, -1, 1));
          const y = tensor(device, sampleUniform([23], 2, -1, 1));
          return [fuse(whole), apart].map((f) => ({
            value: f(x, y),
            ...grad({ x, y }, (at) => sum(f(at.x, at.y))),
          }));
        });
        const [fused, plain] = results;
        for (const name of ['value', 'x', 'y'] as const) {
          const [got, want] = await Promise.all([fused![name].read(), plain![name].read()]);
          expect(firstMismatch(got, want, { relative: 2e-5, ofLargest: 2e-6 })).toBeNull();
        }
        for (const result of results) for (const made of Object.values(result)) made.dispose();
      }),
      { seed: 7, numRuns: 12 },
    );
  });

  it('takes one launch forward and one for all gradients', () => {
    const f = fuse((x: Expression, y: Expression) => add(mul(sigmoid(x), softplus(y)), mul(x, 3)));
    scoped(device, () => {
      const [x, y] = [
        [1, 2, 3],
        [3, 2, 1],
      ].map((values) => tensor(device, values).view([3], new LeafNode()));
      const start = device.stats.launches;
      const result = f(x!, y!);
      expect(device.stats.launches - start).toBe(1);
      const grads = backward(result.node!, tensor(device, [1, 1, 1]), add);
      expect(grads.size).toBe(2);
      expect(device.stats.launches - start).toBe(2);
      return [];
    });
  });

  it('hands a gradient through without a launch where it does not change', () => {
    scoped(device, () => {
      const [x, y] = [
        [1, 2, 3],
        [3, 2, 1],
      ].map((values) => tensor(device, values).view([3], new LeafNode()));
      const result = fuse((a: Expression, b: Expression) => add(add(a, b), 2))(x!, y!);
      const before = device.stats.launches;
      backward(result.node!, tensor(device, [1, 1, 1]), add);
      expect(device.stats.launches).toBe(before);
      return [];
    });
  });

  it('computes shared parts once', () => {
    const { computation } = trace((x: Expression) => {
      const s = sigmoid(x);
      return add(mul(s, s), mul(sigmoid(x), x));
    });
    const calls = computation.program.instructions.map((line) => line.function.name);
    expect(calls).toEqual(['sigmoid', 'mul', 'mul', 'add']);
  });

  it('keeps numbers out of the kernel', () => {
    const scaled = (factor: number) => trace((x: Expression) => mul(exp(x), factor), 'scaled');
    expect(scaled(2).computation).toBe(scaled(3).computation);
    expect(scaled(3).numbers).toEqual([3]);
  });

  it('hands masks and clamps through', async () => {
    const f = fuse((x) => where(less(x, 0), mul(x, 0.1), clamp(x, 0, 2)));
    const { y, slope } = scoped(device, () => {
      const x = tensor(device, [-2, 1, 3]);
      return { y: f(x), slope: grad({ x }, (at) => sum(f(at.x))).x };
    });
    expect([...(await y.read())]).toEqual([expect.closeTo(-0.2, 6), 1, 2]);
    expect([...(await slope.read())]).toEqual([expect.closeTo(0.1, 6), 1, 0]);
    y.dispose();
    slope.dispose();
  });

  it('splits gradients where the adapter cannot bind them all', async () => {
    const product = fuse(
      (
        a: Expression,
        b: Expression,
        c: Expression,
        d: Expression,
        e: Expression,
        f: Expression,
        g: Expression,
        h: Expression,
      ) => mul(mul(mul(a, b), mul(c, d)), mul(mul(e, f), mul(g, h))),
    );
    const grads = scoped(device, () => {
      const inputs = [1, 2, 3, 4, 5, 6, 7, 8].map((value) => tensor(device, [value]));
      return grad(inputs, ([a, b, c, d, e, f, g, h]) => sum(product(a!, b!, c!, d!, e!, f!, g!, h!)));
    });
    const values = await Promise.all(grads.map((each) => each.item()));
    expect(values).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((value) => 40_320 / value));
    for (const each of grads) each.dispose();
  });

  it('stretches operands beforehand where their sizes do not fit the params', async () => {
    const f = fuse((a: Expression, b: Expression, c: Expression) => add(mul(a, b), c));
    const { y, expected } = scoped(device, () => {
      const a = tensor(device, sampleUniform([2, 1, 3, 1, 2], 1), [2, 1, 3, 1, 2]);
      const b = tensor(device, sampleUniform([1, 3, 1, 2, 1], 2), [1, 3, 1, 2, 1]);
      const c = tensor(device, sampleUniform([2, 3, 1, 1, 2], 3), [2, 3, 1, 1, 2]);
      return { y: f(a, b, c), expected: add(mul(a, b), c) };
    });
    expect(
      firstMismatch(await y.read(), await expected.read(), { relative: 1e-6, ofLargest: 1e-7 }),
    ).toBeNull();
    y.dispose();
    expected.dispose();
  });

  it('refuses what cannot be fused, and says what to do', () => {
    expect(() => fuse(() => ({ kind: 'number', value: 1 }))).toThrow(
      'fuse: expected a function with at least one named parameter',
    );
    expect(() => fuse((x: Expression, _: Expression) => exp(x), 'lonely')).toThrow(
      'fuse: expected an expression that uses all its parameters, got lonely without number 2. Leave it out.',
    );
    const long = fuse((x: Expression) => {
      let y = x;
      for (let k = 0; k < 16; k++) y = add(y, k);
      return y;
    }, 'long');
    scoped(device, () => {
      expect(() => long(tensor(device, [1]))).toThrow('long: at most 15 numbers fit one kernel, got more.');
      const x = tensor(device, [1]);
      expect(() => fuse((a: Expression) => mul(a, x as never))).toThrow(
        'mul: operands must be all tensors or all expressions, got both.',
      );
      const ids = cast(tensor(device, [1]), 'i32');
      expect(() => fuse(gate, 'gate')(ids, ids)).toThrow('gate: operands must be f32, got i32.');
      return [];
    });
  });
});
