import { expect, it } from 'vitest';
import { testDevice } from '../testing';
import { bestSeconds } from './best-seconds';
import { measureBandwidth } from './measure-bandwidth';
import { measureLayouts } from './measure-layouts';
import { measureProduct } from './measure-product';
import { measureRoofs } from './measure-roofs';
import { measureSubgroupMatrix } from './measure-subgroup-matrix';

const device = await testDevice();
const short = { runs: 2, seconds: 0.1 };

it('a small product stays under the roof of multiply-adds in registers, and nothing stays behind', async () => {
  const before = device.stats;
  const roofs = await measureRoofs(device, short);
  const product = await measureProduct(device, 64, short);
  expect(product.side).toBe(64);
  expect(product.gigaflopsPerSecond).toBeGreaterThan(0);
  expect(product.gigaflopsPerSecond).toBeLessThan(roofs.gigaflopsPerSecond);
  const { vec4, mat4x4, transfer } = roofs.copyGigabytesPerSecond;
  for (const speed of [vec4, mat4x4, transfer]) expect(speed).toBeGreaterThan(0.1);
  expect(roofs.gigabytesPerSecond).toBe(Math.max(vec4, mat4x4));
  expect(device.stats.liveBuffers).toBe(before.liveBuffers);
});

it('times every layout of a square product by the kernels it launches', async () => {
  const before = device.stats.liveBuffers;
  const speeds = await measureLayouts(device, [64], 2);
  expect(speeds.map(({ layout }) => layout)).toEqual(['NN', 'NT', 'TN', 'TT']);
  for (const { milliseconds, teraflopsPerSecond, kernels } of speeds) {
    expect(milliseconds).toBeGreaterThan(0);
    expect(teraflopsPerSecond * milliseconds).toBeCloseTo((2 * 64 ** 3) / 1e9, 12);
    expect(kernels.some((name) => name.startsWith('matmul'))).toBe(true);
  }
  expect(device.stats.liveBuffers).toBe(before);
});

it('times what is bound by memory, by the kernels of each op', async () => {
  const before = device.stats.liveBuffers;
  const speeds = await measureBandwidth(device, 4 * 12 * 512, 1);
  expect(speeds.map(({ op }) => op)).toEqual(
    expect.arrayContaining(['add', 'segmentSum', 'copyBufferToBuffer']),
  );
  for (const { bytes, milliseconds, gigabytesPerSecond, kernels, op } of speeds) {
    expect(milliseconds).toBeGreaterThan(0);
    expect(gigabytesPerSecond).toBeCloseTo(bytes / milliseconds / 1e6, 9);
    expect(kernels.length > 0).toBe(op !== 'copyBufferToBuffer');
  }
  expect(device.stats.liveBuffers).toBe(before);
});

it('has no time for subgroup matrices where the device has none', async () => {
  const has = device.gpu.features.has('chromium-experimental-subgroup-matrix' as GPUFeatureName);
  const speed = await measureSubgroupMatrix(device, 128, 1);
  if (!has) expect(speed).toBeNull();
  else expect(speed === null || speed.teraflopsPerSecond > 0).toBe(true);
});

it('times as often as it is asked, and stops when its time is over', async () => {
  let runs = 0;
  await bestSeconds(device, { runs: 3, seconds: 10 }, () => {
    runs++;
  });
  expect(runs).toBe(4);
  runs = 0;
  await bestSeconds(device, { runs: 1000, seconds: 0.02 }, () => {
    runs++;
    const end = performance.now() + 10;
    while (performance.now() < end);
  });
  expect(runs).toBeLessThanOrEqual(4);
});
