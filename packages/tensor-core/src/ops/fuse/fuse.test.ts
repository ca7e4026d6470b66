import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LeafNode } from '../../autograd/apply';
import { backward } from '../../autograd/backward';
import type { Device } from '../../device';
import { grad } from '../../grad';
import type { Kernel } from '../../runtime/kernel';
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
import * as activation from '../elementwise/activation-functions';
import * as arithmetic from '../elementwise/arithmetic-functions';
import * as bound from '../elementwise/bound-functions';
import * as comparison from '../elementwise/comparison-functions';
import * as power from '../elementwise/power-functions';
import { sum } from '../reduce';
import { type Computation, generatedKernel } from './computation';
import type { ElementwiseFunction } from './elementwise-function';
import type { Expression } from './expression';
import { single } from './forward';
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

describe('generated kernels', () => {
  const kernelOf = (computation: Computation, mode: 'same' | 'strided', width: 1 | 4): Kernel =>
    generatedKernel(
      computation,
      computation.inputs.map(() => mode),
      mode === 'strided' ? 3 : 0,
      width,
    )!.kernel;
  const functions = [arithmetic, power, activation, bound, comparison].flatMap(
    (family): ElementwiseFunction[] => Object.values(family),
  );

  it.each(functions.map((callee) => [callee.name, callee] as const))('of %s compile', async (_, callee) => {
    const computation = single(callee, 'x'.repeat(callee.vjp.length));
    const gradients = [...new Set(computation.gradients)].filter((slot) => slot !== null && slot !== 'g');
    const parts = [computation.value];
    if (gradients.length > 0) parts.push(computation.gradient(gradients as string[]));
    for (const part of parts) {
      for (const width of [1, 4] as const) await device.validate(kernelOf(part, 'same', width));
    }
    if (callee.vjp.length < 3) await device.validate(kernelOf(computation.value, 'strided', 1));
  });

  it('read like written by hand', () => {
    const { computation } = trace((x: Expression, y: Expression) => mul(square(x), add(y, 1)), 'example');
    expect(kernelOf(computation.gradient(['d1', 'd2']), 'same', 1).source).toMatchInlineSnapshot(`
      "struct Params {
        count: u32,
        n0: f32,
      }

      var<immediate> params: Params;

      @group(0) @binding(0) var<storage, read> g: array<vec4f>;
      @group(0) @binding(1) var<storage, read> x0: array<vec4f>;
      @group(0) @binding(2) var<storage, read> x1: array<vec4f>;

      @group(0) @binding(3) var<storage, read_write> y0: array<vec4f>;
      @group(0) @binding(4) var<storage, read_write> y1: array<vec4f>;

      fn square_value(a: vec4f) -> vec4f {
        return a * a;
      }

      fn add_value(a: vec4f, b: vec4f) -> vec4f {
        return a + b;
      }

      fn mul_vjp_a(b: vec4f, g: vec4f) -> vec4f {
        return g * b;
      }

      fn mul_vjp_b(a: vec4f, g: vec4f) -> vec4f {
        return g * a;
      }

      fn square_vjp_a(a: vec4f, g: vec4f) -> vec4f {
        return 2.0 * g * a;
      }

      fn load_g(i: u32) -> vec4f {
        return g[i];
      }

      fn load_x0(i: u32) -> vec4f {
        return x0[i];
      }

      fn load_x1(i: u32) -> vec4f {
        return x1[i];
      }

      struct Results {
        y0: vec4f,
        y1: vec4f,
      }

      fn compute(g: vec4f, x0: vec4f, x1: vec4f) -> Results {
        let n0 = vec4f(params.n0);
        let v0 = square_value(x0);
        let v1 = add_value(x1, n0);
        let d0 = mul_vjp_a(v1, g);
        let d1 = mul_vjp_b(v0, g);
        let d2 = square_vjp_a(x0, d0);
        return Results(d1, d2);
      }

      @compute @workgroup_size(64)
      fn main(
        @builtin(workgroup_id) workgroup: vec3u,
        @builtin(num_workgroups) workgroups: vec3u,
        @builtin(local_invocation_index) thread: u32,
      ) {
        let i = (workgroup.x + workgroup.y * workgroups.x) * 64u + thread;
        if (i >= params.count) {
          return;
        }
        let g_lanes = load_g(i);
        let x0_lanes = load_x0(i);
        let x1_lanes = load_x1(i);
        let r = compute(g_lanes, x0_lanes, x1_lanes);
        y0[i] = r.y0;
        y1[i] = r.y1;
      }
      "
    `);
  });
});
