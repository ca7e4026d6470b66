import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { describeAdapter } from '../device';
import { defaultThreads, isMissing, loadDawn } from './load-dawn';
import { waitFor } from './wait-for';
import { WebGpuLoadError, WebGpuMissingError } from './webgpu-errors';

describe('loadDawn', () => {
  it('finds an adapter that computes', async () => {
    const gpu = await loadDawn();
    const adapter = await gpu.requestAdapter();
    expect(adapter, 'run `npm test`, its set-up installs a software Vulkan driver').not.toBeNull();
    expect(Number(process.env.LP_NUM_THREADS)).toBeGreaterThan(0);

    const device = await adapter!.requestDevice();
    const module = device.createShaderModule({
      code: '@group(0) @binding(0) var<storage, read_write> a: array<u32>; @compute @workgroup_size(2) fn main(@builtin(global_invocation_id) id: vec3u) { a[id.x] = 41u + id.x; }',
    });
    const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
    const staging = device.createBuffer({
      size: 8,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
    });
    const readable = device.createBuffer({
      size: 8,
      usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.STORAGE,
    });
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    const layout = pipeline.getBindGroupLayout(0);
    pass.setBindGroup(0, device.createBindGroup({ layout, entries: [{ binding: 0, resource: readable }] }));
    pass.dispatchWorkgroups(1);
    pass.end();
    encoder.copyBufferToBuffer(readable, 0, staging, 0, 8);
    device.queue.submit([encoder.finish()]);
    await waitFor(staging.mapAsync(GPUMapMode.READ));
    expect([...new Uint32Array(staging.getMappedRange())]).toEqual([41, 42]);
    device.destroy();
  });

  it('keeps the instance for as long as its devices live', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const device = await (async () => (await (await loadDawn()).requestAdapter())!.requestDevice())();
    for (let round = 0; round < 60; round++) {
      const staging = device.createBuffer({
        size: 16,
        usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
      });
      device.queue.writeBuffer(staging, 0, Uint32Array.of(round));
      await waitFor(staging.mapAsync(GPUMapMode.READ));
      expect(new Uint32Array(staging.getMappedRange())[0]).toBe(round);
      staging.destroy();
      if (round % 10 === 0) collectGarbage();
    }
    device.destroy();
  });

  // Other systems have one backend, which the driver choice leaves as it is, as it does drivers that the user named.
  const choosesDrivers =
    process.platform === 'linux' && !process.env.VK_DRIVER_FILES && !process.env.VK_ICD_FILENAMES;
  it.runIf(choosesDrivers)('can be asked again for other drivers and threads', async () => {
    await loadDawn({ driver: 'hardware', threads: 3 });
    expect(process.env).toMatchObject({
      LP_NUM_THREADS: '3',
      VK_LOADER_DRIVERS_DISABLE: '*lvp*,*swiftshader*',
    });
    const adapter = await (await loadDawn({ driver: 'software', threads: 2 })).requestAdapter();
    expect(process.env.LP_NUM_THREADS).toBe('2');
    expect(adapter === null || describeAdapter(adapter).kind === 'software').toBe(true);
  });

  it.each([0, 33, 1.5, Number.NaN])('refuses %s threads', async (threads) => {
    await expect(loadDawn({ threads })).rejects.toMatchObject({
      code: 'ARGUMENT',
      message: expect.stringContaining(`got ${threads}.`),
    });
  });

  it('runs two threads per core, 32 at most', () => {
    expect([1, 2, 8, 128].map(defaultThreads)).toEqual([2, 4, 16, 32]);
  });
});

describe('errors of loading', () => {
  const notFound = (message: string): Error =>
    Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });

  it('tells a missing package from a broken one', () => {
    expect(isMissing(notFound("Cannot find package 'webgpu' imported from /a/b.js"))).toBe(true);
    expect(isMissing(notFound("Cannot find package 'debug' imported from /a/b.js"))).toBe(false);
    expect(isMissing(new Error('dawn.node: GLIBC_2.38 not found'))).toBe(false);
  });

  it('names the remedy and keeps the cause', () => {
    const cause = new Error('GLIBC_2.38 not found');
    expect(new WebGpuMissingError(cause)).toMatchObject({ code: 'WEBGPU_NOT_INSTALLED', cause });
    expect(new WebGpuMissingError(cause).message).toContain('npm install webgpu@');
    expect(new WebGpuLoadError(cause)).toMatchObject({ code: 'WEBGPU_NOT_LOADABLE', cause });
    expect(new WebGpuLoadError(cause).message).toContain('GLIBC_2.38');
  });
});
