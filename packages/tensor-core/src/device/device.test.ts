import { beforeAll, describe, expect, it } from 'vitest';
import { openDevice } from '../node';
import { defineKernel } from '../runtime/kernel';
import { empty, tensor } from '../tensor';
import { testDevice } from '../testing';
import type { Device, TraceEvent } from '.';
import { openDevice as openOn } from './open-device';

const scale = defineKernel({
  name: 'test-scale',
  source: /* wgsl */ `
struct Params { n: u32, factor: f32 }
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
var<immediate> params: Params;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.n) { y[id.x] = params.factor * x[id.x]; }
}`,
  bindings: ['read', 'write'],
  params: ['u32', 'f32'],
});

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

function launchScale(on: Device, kernel = scale): ReturnType<typeof empty> {
  using x = tensor(on, [1, 2, 3]);
  const y = empty(on, [3]);
  on.launch({ kernel, bindings: [x.binding, y.binding], params: [3, 2.5], groups: 1, flops: 3 });
  return y;
}

it('describes its adapter and offers what the adapter offers', () => {
  const { adapter, gpu } = device;
  expect(['hardware', 'software']).toContain(adapter.kind);
  expect(adapter.description.length + adapter.device.length).toBeGreaterThan(0);
  for (const limit of [
    'maxStorageBufferBindingSize',
    'maxBufferSize',
    'maxComputeInvocationsPerWorkgroup',
  ] as const) {
    expect(gpu.limits[limit]).toBe(adapter.limits[limit]);
  }
});

it('records launches lazily, submits once, and counts them', async () => {
  const before = device.stats;
  const outputs = [launchScale(device), launchScale(device), launchScale(device)];
  expect(device.stats.submits).toBe(before.submits);
  const [first] = await device.read(
    outputs.map((output) => ({ storage: output.binding.storage, byteOffset: 0, bytes: output.byteLength })),
  );
  expect(new Float32Array(first!)).toEqual(new Float32Array([2.5, 5, 7.5]));
  expect(device.stats.submits).toBe(before.submits + 1);
  expect(device.stats.launches).toBe(before.launches + 3);
  for (const output of outputs) output.dispose();
});

it('profiles each kernel by name', async () => {
  if (!device.gpu.features.has('timestamp-query')) return;
  const { result, kernels } = await device.profile(async () => {
    using a = launchScale(device);
    using b = launchScale(device);
    await b.read();
    return [...(await a.read())];
  });
  expect(result).toEqual([2.5, 5, 7.5]);
  expect(kernels).toHaveLength(1);
  expect(kernels[0]).toMatchObject({ kernel: 'test-scale', launches: 2 });
  expect(kernels[0]!.milliseconds).toBeGreaterThan(0);
  expect(kernels[0]!.gigaflopsPerSecond).toBeGreaterThan(0);
});

it('traces every launch', async () => {
  const events: TraceEvent[] = [];
  const traced = await openDevice({ trace: (event) => events.push(event) });
  launchScale(traced).dispose();
  expect(events).toMatchObject([{ kernel: 'test-scale', grid: [1, 1, 1], params: [3, 2.5] }]);
  traced.destroy();
});

it('runs without immediates, on uniform buffers', async () => {
  const own = await openDevice();
  const { Device: DeviceClass } = await import('./device');
  const plain = new DeviceClass(own.gpu, own.adapter, false);
  using y = launchScale(plain);
  expect(await y.read()).toEqual(new Float32Array([2.5, 5, 7.5]));
  using again = launchScale(plain);
  expect(await again.read()).toEqual(new Float32Array([2.5, 5, 7.5]));
  own.destroy();
});

describe('failures', () => {
  it('a kernel that does not compile is named with its line', async () => {
    const broken = {
      ...scale,
      name: 'test-broken',
      source: scale.source.replace('params.factor * x[id.x]', 'max(x[id.x], 1u)'),
    };
    await expect(device.validate(broken)).rejects.toMatchObject({
      code: 'KERNEL',
      message: expect.stringMatching(/^test-broken\.wgsl:\d+:\d+ /),
    });
    const own = await openDevice();
    const y = launchScale(own, broken);
    await expect(y.read()).rejects.toMatchObject({
      name: 'DeviceError',
      message: expect.stringContaining('kernel test-broken'),
    });
    own.destroy();
  });

  it('a launch that breaks the rules names its kernel', async () => {
    const own = await openDevice();
    using x = tensor(own, [1, 2, 3]);
    own.launch({ kernel: scale, bindings: [x.binding, x.binding], params: [3, 1], groups: 1 });
    await expect(own.synchronize()).rejects.toMatchObject({ code: 'VALIDATION' });
    own.destroy();
  });

  it('running out of memory names the tensor and leaves the device usable', async () => {
    const own = await openDevice();
    own.allocate(own.gpu.limits.maxBufferSize + 4096, 'attention scores f32 [65536, 65536]');
    await expect(own.synchronize()).rejects.toMatchObject({
      name: 'DeviceError',
      message: expect.stringContaining('attention scores f32 [65536, 65536]'),
    });
    using y = launchScale(own);
    expect(await y.read()).toEqual(new Float32Array([2.5, 5, 7.5]));
    own.destroy();
  });

  it('a lost device says so on the next call', async () => {
    const own = await openDevice();
    const y = launchScale(own);
    await y.read();
    own.destroy();
    await own.gpu.lost;
    await expect(y.read()).rejects.toMatchObject({ name: 'DeviceError', code: 'LOST' });
    expect(() => tensor(own, [1])).toThrow('Open a new device');
  });

  it('without WebGPU or an adapter the remedy is named', async () => {
    const none = { requestAdapter: () => Promise.resolve(null) } as unknown as GPU;
    await expect(openOn({ gpu: none })).rejects.toMatchObject({
      code: 'NO_ADAPTER',
      message: expect.stringContaining('mesa-vulkan-drivers'),
    });
    if (!globalThis.navigator?.gpu) await expect(openOn()).rejects.toMatchObject({ code: 'NO_WEBGPU' });
  });
});
