import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../device';
import type { Kernel } from '../../runtime/kernel';
import { testDevice } from '../../testing';
import { add, mul, square } from '../elementwise';
import * as activation from '../elementwise/activation-functions';
import * as arithmetic from '../elementwise/arithmetic-functions';
import * as bound from '../elementwise/bound-functions';
import * as comparison from '../elementwise/comparison-functions';
import * as power from '../elementwise/power-functions';
import { type Computation, generatedKernel } from './computation';
import type { ElementwiseFunction } from './elementwise-function';
import type { Expression } from './expression';
import { single } from './forward';
import { trace } from './fuse';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
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
